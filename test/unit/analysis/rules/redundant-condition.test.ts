import { describe, expect, it } from 'vitest';
import { finding, findings, policy, underlined } from '../support.ts';

const code = 'redundant-condition';
const on = (op: string, value: unknown, more: object = {}) => ({ path: 'args.a', op, value, ...more });
const entry = (rules: object): string => policy({ tools: { t: rules } });

describe(code, () => {
  it('points at the condition, and at the one that denies the same', () => {
    const text = entry({ deny_if: [on('gt', 1000), on('gt', 100)] });
    const found = finding(code, text);
    expect(underlined(text, found)).toContain('1000');
    expect(found.related?.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      expect.stringMatching(/"value": 100\s/),
    ]);
  });

  it.each([
    [{ require: [on('gt', 3), on('gte', 2)] }],
    [{ deny_if: [on('eq', 7), on('gt', 5)] }],
    [{ deny_if: [on('in', ['a', 'b']), on('regex', '^[ab]')] }],
    [{ deny_if: [on('regex', 'x'), { on_deny: 'again', ...on('regex', 'x') }] }],
    [{ require: [on('gt', 3), on('gt', 2, { on_deny: 'late' })] }],
    [{ require: [{ conditions: [on('gt', 3), { path: 'args.b', op: 'exists', value: true }] }, on('gt', 2)] }],
  ])('%j', (rules) => {
    expect(findings(code, entry(rules))).toHaveLength(1);
  });

  it.each([
    [{ deny_if: [on('gt', 1000, { on_deny: 'Far too much.' }), on('gt', 100)] }],
    [{ deny_if: [on('gt', 100)], require: [on('lt', 1000)] }],
    [{ deny_if: [on('eq', 50), on('gt', 100)] }],
    [{ deny_if: [on('in', ['a', 'c']), on('regex', '^[ab]')] }],
    [{ deny_if: [{ conditions: [on('gt', 3), { path: 'args.b', op: 'eq', value: 1 }] }, on('gt', 5)] }],
  ])('is silent about %j', (rules) => {
    expect(findings(code, entry(rules))).toEqual([]);
  });
});
