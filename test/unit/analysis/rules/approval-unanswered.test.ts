import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../../../../server/src/policy/index.ts';
import { finding, findings, fixed, policy, underlined } from '../support.ts';

const code = 'approval-unanswered';
const pay = { action: 'require_approval', approval: { timeout: 60 }, reason: 'Money.' };
const text = policy({ tools: { pay, read: {}, send: { action: 'deny' } } });

describe(code, () => {
  it('points at the action of an entry that asks where nobody is', () => {
    const found = finding(code, text, { unattended: true });
    expect(underlined(text, found)).toBe('"require_approval"');
    expect(found.message).toContain('every call of "pay" is denied');
  });

  it('offers to deny in words, without what belongs to an approval', () => {
    const after = fixed(text, finding(code, text, { unattended: true }), 'Deny');
    expect(compilePolicy(after).ok).toBe(true);
    expect(JSON.parse(after)).toMatchObject({ tools: { pay: { action: 'deny', reason: 'Money.' } } });
    expect(findings(code, after, { unattended: true })).toEqual([]);
  });

  it('is silent where a person can be asked', () => {
    expect(findings(code, text)).toEqual([]);
  });
});
