import { describe, expect, it } from 'vitest';
import { finding, findings, policy, underlined } from '../support.ts';

const code = 'unreachable-limit';
const limit = (counter: string, window: string, max: number, more: object = {}) => ({ counter, window, max, ...more });
const withLimits = (...limits: readonly object[]): string => policy({ tools: { t: { limits } } });

describe(code, () => {
  it('points at the limit, and at the one that is reached first', () => {
    const text = withLimits(limit('a', 'minute', 100), limit('b', 'hour', 60));
    const found = finding(code, text);
    expect(underlined(text, found)).toContain('"counter": "a"');
    expect(found.related?.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      expect.stringContaining('"counter": "b"'),
    ]);
  });

  it('knows that "*" and all_tools count every call', () => {
    const entry = { limits: [limit('a', 'day', 10)] };
    expect(
      findings(code, policy({ tools: { t: entry }, all_tools: { limits: [limit('b', 'day', 10)] } })),
    ).toHaveLength(1);
    expect(findings(code, policy({ tools: { t: entry, '*': { limits: [limit('b', 'week', 5)] } } }))).toHaveLength(1);
    expect(findings(code, policy({ tools: { t: entry, 't*': { limits: [limit('b', 'day', 5)] } } }))).toEqual([]);
  });

  it('of two that are alike points at the second only', () => {
    const text = withLimits(limit('a', 'day', 5), limit('b', 'day', 5));
    expect(underlined(text, finding(code, text))).toContain('"counter": "b"');
  });

  it.each([
    ['a tighter limit in the shorter window', limit('a', 'minute', 5), limit('b', 'hour', 60)],
    ['a week, which no month holds', limit('a', 'week', 50), limit('b', 'month', 50)],
    ['a wider scope', limit('a', 'day', 50, { scope: 'server' }), limit('b', 'day', 5)],
    ['calls and amounts', limit('a', 'day', 50), limit('b', 'day', 5, { increment_from: 'args.n' })],
    [
      'other amounts',
      limit('a', 'day', 50, { increment_from: 'args.m' }),
      limit('b', 'day', 5, { increment_from: 'args.n' }),
    ],
  ])('is silent about %s', (_, a, b) => {
    expect(findings(code, withLimits(a, b))).toEqual([]);
  });

  it('knows that a session belongs to a grant', () => {
    expect(findings(code, withLimits(limit('a', 'day', 50, { scope: 'session' }), limit('b', 'day', 5)))).toHaveLength(
      1,
    );
  });
});
