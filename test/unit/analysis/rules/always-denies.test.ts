import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, underlined } from '../support.ts';

const code = 'always-denies';
const properties = { n: { type: 'number', minimum: 0 }, side: { enum: ['buy', 'sell'] }, free: { type: 'number' } };
const known = serverWith(
  { name: 't', inputSchema: { type: 'object', properties, required: ['n', 'side'] } },
  { name: 'u', inputSchema: { type: 'object', properties } },
);
const asking = (list: string, condition: object, key = 't'): string =>
  policy({ tools: { [key]: { [list]: [condition] } } });

describe(code, () => {
  it('points at the condition and offers to remove it', () => {
    const text = asking('deny_if', { path: 'args.n', op: 'gte', value: 0 });
    const found = finding(code, text, known);
    expect(underlined(text, found)).toContain('"gte"');
    expect(found.message).toContain('this condition always holds');
    expect(fixed(text, found, 'Remove')).not.toContain('deny_if');
  });

  it.each([
    ['deny_if', { path: 'args.side', op: 'in', value: ['buy', 'sell'] }],
    ['deny_if', { path: 'args.n', op: 'exists' }],
    ['require', { path: 'args.n', op: 'lt', value: 0 }],
    ['require', { path: 'args.n', op: 'exists', value: false }],
    [
      'deny_if',
      {
        conditions: [
          { path: 'args.n', op: 'exists' },
          { path: 'args.side', op: 'regex', value: 'buy|sell' },
        ],
      },
    ],
  ])('%s %j', (list, condition) => {
    expect(findings(code, asking(list, condition), known)).toHaveLength(1);
  });

  it.each([
    ['deny_if', { path: 'args.free', op: 'gte', value: 0 }, 't'],
    ['deny_if', { path: 'args.n', op: 'gte', value: 0 }, 'u'],
    ['deny_if', { path: 'args.n', op: 'exists' }, '*'],
    ['deny_if', { conditions: [] }, 't'],
    ['deny_if', { path: 'args.side', op: 'neq', value: 'hold, which value-type-mismatch reports' }, 't'],
    ['require', { path: 'args.gone', op: 'eq', value: 1 }, 't'],
    ['require', { path: 'args.n', op: 'regex', value: 'x' }, 't'],
  ])('is silent about %s %j of %s', (list, condition, key) => {
    expect(findings(code, asking(list, condition, key), known)).toEqual([]);
  });
});
