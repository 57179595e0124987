import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, tool, underlined } from '../support.ts';

const code = 'value-out-of-range';
const known = serverWith(
  tool('t', {
    n: { type: 'number', minimum: 0, maximum: 100 },
    x: { type: 'integer', exclusiveMinimum: 0 },
    s: { type: 'string', minLength: 2, maxLength: 4 },
    p: { type: 'string', pattern: '^[a-z]+$' },
    odd: { type: 'string', pattern: '^(?=a)' },
    list: { type: 'array', items: { type: 'integer', maximum: 9 } },
  }),
);
const asking = (path: string, op: string, value: unknown): string =>
  policy({ tools: { t: { deny_if: [{ path, op, value }] } } });

describe(code, () => {
  it('points at the value, says the bound and offers it', () => {
    const text = asking('args.n', 'eq', 250);
    const found = finding(code, text, known);
    expect(underlined(text, found)).toBe('250');
    expect(found.message).toBe('args.n of tool "t" is at most 100. This value cannot come.');
    expect(fixed(text, found, 'Change')).toContain('"value": 100');
  });

  it.each([
    ['args.n', 'in', [-1, 5, 101], ['-1', '101']],
    ['args.x', 'neq', 0, ['0']],
    ['args.s', 'not_in', ['a', 'ab', 'abcde'], ['"a"', '"abcde"']],
    ['args.p', 'eq', 'A', ['"A"']],
    ['args.list', 'contains', 10, ['10']],
    ['tool.risk', 'in', ['high', 'extreme'], ['"extreme"']],
  ])('%s %s %j', (path, op, value, expected) => {
    const text = asking(path, op, value);
    expect(findings(code, text, known).map((found) => underlined(text, found))).toEqual(expected);
  });

  it('offers the category that was meant, without any tool list', () => {
    const text = asking('tool.category', 'eq', 'financial');
    expect(fixed(text, finding(code, text), 'Change')).toContain('"Financial"');
  });

  it.each([
    ['args.n', 'eq', 100],
    ['args.s', 'eq', 'äöüß'],
    ['args.s', 'contains', 'a'],
    ['args.odd', 'eq', 'b'],
    ['args.n', 'gt', 250],
    ['tool.category', 'contains', 'Fin'],
    ['tool.name', 'eq', 'anything'],
  ])('is silent about %s %s %j', (path, op, value) => {
    expect(findings(code, asking(path, op, value), known)).toEqual([]);
  });
});
