import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, underlined } from '../support.ts';

const code = 'client-name-reliance';

describe(code, () => {
  it('points at the path and offers the grant', () => {
    const text = policy({ all_tools: { require: [{ path: 'client.name', op: 'eq', value: 'x' }] } });
    expect(underlined(text, finding(code, text))).toBe('"client.name"');
    expect(fixed(text, finding(code, text), 'Change')).toContain('"path": "grant.label"');
  });

  it('is silent about grants', () => {
    expect(findings(code, policy({ all_tools: { require: [{ path: 'grant.label', op: 'eq', value: 'x' }] } }))).toEqual(
      [],
    );
  });
});
