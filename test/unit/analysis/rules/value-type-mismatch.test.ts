import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, tool, underlined } from '../support.ts';

const code = 'value-type-mismatch';
const known = serverWith(
  tool('t', {
    n: { type: 'number' },
    i: { type: ['integer', 'null'] },
    s: { type: 'string' },
    side: { enum: ['buy', 'sell'] },
    tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
    any: {},
  }),
);

function denyIf(path: string, op: string, value: unknown): string {
  return policy({ tools: { t: { deny_if: [{ path, op, value }] } } });
}

describe(code, () => {
  it('points at the value and offers it in the right type', () => {
    const text = denyIf('args.n', 'eq', '100.5');
    const found = finding(code, text, known);
    expect(underlined(text, found)).toBe('"100.5"');
    expect(found.message).toBe('args.n of tool "t" is number, and this value is a string.');
    expect(fixed(text, found, 'Change')).toContain('"value": 100.5');
  });

  it('points at each wrong value of a list', () => {
    const text = denyIf('args.i', 'in', [1, '2', null, 2.5]);
    expect(findings(code, text, known).map((found) => underlined(text, found))).toEqual(['"2"', '2.5']);
  });

  it('knows listed values', () => {
    const text = denyIf('args.side', 'neq', 'Buy');
    const found = finding(code, text, known);
    expect(found.message).toBe('args.side of tool "t" takes only "buy" and "sell".');
    expect(fixed(text, found, 'Change')).toContain('"value": "buy"');
  });

  it('looks at the elements of an array', () => {
    expect(
      underlined(denyIf('args.tags', 'contains', 'c'), finding(code, denyIf('args.tags', 'contains', 'c'), known)),
    ).toBe('"c"');
    const text = denyIf('args.tags', 'eq', 'a');
    expect(fixed(text, finding(code, text, known), 'Change to "contains"')).toContain('"op": "contains"');
  });

  it('keeps the digits of a number that becomes a text', () => {
    const text = denyIf('args.s', 'eq', 0).replace('"value": 0', '"value": 1.50');
    expect(fixed(text, finding(code, text, known), 'Change')).toContain('"value": "1.50"');
  });

  it.each([
    ['args.n', 'eq', 1],
    ['args.i', 'in', [1, null]],
    ['args.side', 'eq', 'sell'],
    ['args.s', 'contains', 'part'],
    ['args.tags', 'contains', 'a'],
    ['args.tags', 'eq', ['a']],
    ['args.any', 'eq', {}],
    ['args.gone', 'eq', 1],
  ])('is silent about %s %s %j', (path, op, value) => {
    expect(findings(code, denyIf(path, op, value), known)).toEqual([]);
  });
});
