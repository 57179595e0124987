import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy } from '../support.ts';

const code = 'zero-limit';
const zero = { counter: 'c', window: 'day', max: 0 };

describe(code, () => {
  it('offers to deny in words', () => {
    const text = policy({ tools: { t: { limits: [zero], reason: 'No.' } } });
    const found = finding(code, text);
    expect(JSON.parse(fixed(text, found, 'Deny'))).toMatchObject({ tools: { t: { action: 'deny', reason: 'No.' } } });
    expect(fixed(text, found, 'Remove')).not.toContain('limits');
  });

  it('says what an amount of 0 does', () => {
    const text = policy({ tools: { t: { limits: [{ ...zero, increment_from: 'args.n' }] } } });
    expect(finding(code, text).message).toContain('only calls whose args.n is 0 pass');
    expect(finding(code, text).fixes.map(({ title }) => title)).toEqual(['Remove the limit']);
  });

  it('knows rate limits and all_tools', () => {
    expect(findings(code, policy({ tools: { t: { rate_limit: { max: 0, window: 60 } } } }))).toHaveLength(1);
    expect(findings(code, policy({ all_tools: { limits: [zero] } }))).toHaveLength(1);
  });

  it('is silent where something passes, or the entry denies', () => {
    expect(findings(code, policy({ tools: { t: { limits: [{ ...zero, max: 1 }] } } }))).toEqual([]);
    expect(findings(code, policy({ tools: { t: { action: 'deny', limits: [zero] } } }))).toEqual([]);
  });
});
