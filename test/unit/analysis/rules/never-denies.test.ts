import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, underlined } from '../support.ts';

const code = 'never-denies';
const known = serverWith({
  name: 't',
  inputSchema: {
    type: 'object',
    required: ['n', 'side'],
    properties: {
      n: { type: 'integer', minimum: 1, maximum: 10 },
      side: { enum: ['buy', 'sell'] },
      live: { type: 'boolean' },
      list: { type: 'array', items: { type: 'integer', minimum: 0 } },
    },
  },
});
const asking = (list: string, condition: object): string => policy({ tools: { t: { [list]: [condition] } } });

describe(code, () => {
  it('points at the condition, and offers to remove it', () => {
    const text = asking('deny_if', { path: 'args.n', op: 'gt', value: 10 });
    const found = finding(code, text, known);
    expect(underlined(text, found)).toContain('"gt"');
    expect(fixed(text, found, 'Remove')).not.toContain('deny_if');
  });

  it.each([
    ['require', { path: 'args.n', op: 'exists' }],
    ['require', { path: 'args.side', op: 'in', value: ['buy', 'sell'] }],
    ['deny_if', { path: 'args.list[*]', op: 'lt', value: 0 }],
    [
      'deny_if',
      {
        conditions: [
          { path: 'args.n', op: 'lt', value: 1 },
          { path: 'args.live', op: 'eq', value: true },
        ],
      },
    ],
    [
      'deny_if',
      {
        conditions: [
          { path: 'args.n', op: 'gt', value: 3 },
          { path: 'args.n', op: 'lt', value: 4 },
        ],
      },
    ],
  ])('%s %j', (list, condition) => {
    expect(findings(code, asking(list, condition), known)).toHaveLength(1);
  });

  it.each([
    ['require', { path: 'args.live', op: 'exists' }],
    ['require', { path: 'args.list[*]', op: 'gt', value: 0 }],
    ['deny_if', { path: 'args.n', op: 'gt', value: 9 }],
    ['deny_if', { path: 'args.side', op: 'eq', value: 'sell' }],
    ['deny_if', { path: 'args.side', op: 'regex', value: '^s' }],
  ])('is silent about %s %j', (list, condition) => {
    expect(findings(code, asking(list, condition), known)).toEqual([]);
  });
});
