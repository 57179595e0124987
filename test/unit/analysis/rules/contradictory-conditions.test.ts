import { describe, expect, it } from 'vitest';
import { finding, findings, policy, underlined } from '../support.ts';

const code = 'contradictory-conditions';
const on = (op: string, value: unknown, path = 'args.a') => ({ path, op, value });
const entry = (rules: object): string => policy({ tools: { t: rules } });

describe(code, () => {
  it('points at the condition that leaves no value, and at the others', () => {
    const text = entry({ require: [on('gt', 5), on('lt', 3)] });
    const found = finding(code, text);
    expect(underlined(text, found)).toContain('"lt"');
    expect(found.related?.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      expect.stringContaining('"gt"'),
    ]);
    expect(found.fixes.map(({ title }) => title)).toEqual(['Remove this condition']);
  });

  it.each([
    [{ require: [on('eq', 1)], deny_if: [on('eq', 1)] }],
    [{ require: [on('eq', 1), on('eq', 2)] }],
    [{ require: [on('in', ['a', 'b']), on('regex', '^c')] }],
    [{ require: [on('exists', true)], deny_if: [on('exists', true)] }],
    [{ require: [on('eq', 'x'), { path: 'args["a"]', op: 'gt', value: 1 }] }],
    [{ require: [{ conditions: [on('gt', 5), on('eq', 1, 'args.b')] }, on('lt', 5)] }],
    [{ deny_if: [{ conditions: [on('gt', 5), on('lt', 3)] }] }],
    [{ deny_if: [{ conditions: [on('eq', 1), on('eq', 2), on('eq', 3, 'args.b')] }] }],
  ])('%j', (rules) => {
    expect(findings(code, entry(rules))).toHaveLength(1);
  });

  it.each([
    [{ require: [on('gt', 3), on('lt', 5)] }],
    [{ require: [on('gt', 3, 'args.b'), on('lt', 1)] }],
    [{ require: [on('regex', '^a'), on('regex', '^b')] }],
    [{ require: [on('gt', 5, 'args.a[*]'), on('lt', 3, 'args.a[*]')] }],
    [{ deny_if: [on('gt', 5), on('lt', 3)] }],
    [{ deny_if: [{ conditions: [] }] }],
    [{ deny_if: [{ conditions: [on('gt', 3), on('lt', 5)] }], require: [on('gte', 3)] }],
  ])('is silent about %j', (rules) => {
    expect(findings(code, entry(rules))).toEqual([]);
  });
});
