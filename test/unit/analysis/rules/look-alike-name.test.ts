import { describe, expect, it } from 'vitest';
import { finding, findings, policy, serverWith } from '../support.ts';

const code = 'look-alike-name';

describe(code, () => {
  it('names the tool that passes for the one in the policy', () => {
    const found = finding(code, policy({ tools: { pay: {} } }), serverWith('pay', 'p\u0430y'));
    expect(found.message).toContain('which looks like "pay" and is another tool');
  });

  it('is silent where names differ in look', () => {
    expect(findings(code, policy({ tools: { pay: {} } }), serverWith('pay', 'pay2', 'Pay'))).toEqual([]);
  });
});
