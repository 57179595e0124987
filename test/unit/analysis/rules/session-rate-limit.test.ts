import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, underlined } from '../support.ts';

const code = 'session-rate-limit';

function limited(rateLimit: object): string {
  return policy({ tools: { t: { rate_limit: rateLimit } } });
}

describe(code, () => {
  it('points at the rate limit and adds a scope', () => {
    const text = limited({ max: 1, window: 60 });
    expect(underlined(text, finding(code, text))).toBe('"rate_limit"');
    expect(fixed(text, finding(code, text), 'Add "scope": "grant"')).toBe(
      limited({ max: 1, window: 60, scope: 'grant' }),
    );
  });

  it('is silent where a scope is stated', () => {
    for (const scope of ['session', 'grant'])
      expect(findings(code, limited({ max: 1, window: 60, scope }))).toEqual([]);
  });
});
