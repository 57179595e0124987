import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, tool, underlined } from '../support.ts';

const code = 'operator-type-mismatch';
const known = serverWith(
  tool('t', {
    n: { type: 'integer' },
    s: { type: ['string', 'null'] },
    list: { type: 'array', items: { type: 'number' } },
    any: {},
    o: { type: 'object' },
  }),
);

function denyIf(path: string, op: string, value: unknown): string {
  return policy({ tools: { t: { deny_if: [{ path, op, value }] } } });
}

describe(code, () => {
  it('points at the operator', () => {
    const text = denyIf('args.s', 'gt', 1);
    const found = finding(code, text, known);
    expect(underlined(text, found)).toBe('"gt"');
    expect(found.message).toContain('"gt" judges only a number, and args.s of tool "t" is string or null');
  });

  it('offers to ask every element of an array', () => {
    const text = denyIf('args.list', 'lte', 5);
    expect(fixed(text, finding(code, text, known), 'Ask')).toContain('"args.list[*]"');
  });

  it('offers equality for what is compared whole', () => {
    const text = denyIf('args.n', 'contains', 5);
    expect(fixed(text, finding(code, text, known), 'Change')).toContain('"eq"');
  });

  it.each([
    ['args.n', 'gt', 1],
    ['args.s', 'regex', 'x'],
    ['args.s', 'contains', 'x'],
    ['args.list', 'contains', 1],
    ['args.list[*]', 'gt', 1],
    ['args.any', 'gt', 1],
    ['args.o', 'exists', true],
    ['args.o.x', 'regex', 'x'],
    ['args.gone', 'gt', 1],
  ])('is silent about %s %s', (path, op, value) => {
    expect(findings(code, denyIf(path, op, value), known)).toEqual([]);
  });
});
