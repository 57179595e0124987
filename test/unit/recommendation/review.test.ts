import { describe, expect, test } from 'vitest';
import type { Tool } from '../../../server/src/catalog/index.ts';
import {
  hasNews,
  planPolicy,
  reviewPolicy,
  writePolicy,
  type Review,
} from '../../../server/src/recommendation/index.ts';
import { catalogOf } from '../../support/tool-lists.ts';

const OLD = ['get_item', 'create_item', 'delete_item'];

function written(tools: readonly (Tool | string)[]): string {
  const writing = writePolicy(planPolicy(catalogOf(tools), 'recommended'), 'recommended');
  if (!writing.ok) throw new Error(writing.problem);
  return writing.text;
}

function review(text: string, tools: readonly (Tool | string)[], before?: readonly (Tool | string)[]): Review {
  const reviewing = reviewPolicy({ text, catalog: catalogOf(tools), ...(before && { before: catalogOf(before) }) });
  if (!reviewing.ok) throw new Error(JSON.stringify(reviewing.problems));
  return reviewing.review;
}

describe('a review', () => {
  test('of the same tools proposes nothing', () => {
    const text = written(OLD);
    const found = review(text, OLD, OLD);
    expect(hasNews(found)).toBe(false);
    expect(found).toMatchObject({ open: [], text });
  });

  test('puts new tools where a plan would, and keeps every other byte', () => {
    const text = written(OLD).replace('"get_item": {}', '"get_item":   { "reason" : "Mine." }');
    const { added, text: revised } = review(text, [...OLD, 'get_more', 'create_more', 'delete_more', 'pay_bill']);
    expect(added.map(({ tool }) => tool.name)).toEqual(['delete_more', 'pay_bill', 'create_more', 'get_more']);
    expect(revised).toContain(`  "hide": ["delete_item", "delete_more"],
  "tools": {
    "create_item": { "limits": [{ "counter": "create_item_rate", "window": "minute", "max": 30, "scope": "grant" }] },
    "create_more": { "limits": [{ "counter": "create_more_rate", "window": "minute", "max": 30, "scope": "grant" }] },
    "get_item":   { "reason" : "Mine." },
    "get_more": {},
    "pay_bill": { "action": "require_approval" }
  }
}
`);
  });

  test('adds sections that are missing', () => {
    const text = '{\n  "version": "1",\n  "default": "deny"\n}\n';
    expect(JSON.parse(review(text, ['get_item', 'delete_item']).text)).toEqual({
      version: '1',
      default: 'deny',
      hide: ['delete_item'],
      tools: { get_item: {} },
    });
  });

  test('removes what init wrote for tools that are gone', () => {
    const { vanished, text } = review(written([...OLD, 'get_more']), ['get_item']);
    expect(vanished).toEqual([
      { name: 'create_item', removed: true },
      { name: 'delete_item', removed: true },
      { name: 'get_more', removed: true },
    ]);
    expect(JSON.parse(text)).toMatchObject({ hide: [], tools: { get_item: {} } });
  });

  test.each([
    ['an entry that a person wrote', '"tools": { "gone": { "reason": "Mine." }, "get_item": {} }'],
    ['what keeps a tool out that a pattern would let in', '"hide": ["gone"], "tools": { "go*": {}, "get_item": {} }'],
  ])('keeps %s, though its tool is gone', (_, sections) => {
    const text = `{ "version": "1", "default": "deny", ${sections} }`;
    expect(review(text, ['get_item'])).toMatchObject({ vanished: [{ name: 'gone', removed: false }], text });
  });

  test('keeps what keeps a tool out that the default would let in', () => {
    const text = '{ "version": "1", "default": "allow", "hide": ["gone"] }';
    expect(review(text, ['get_item']).vanished).toEqual([{ name: 'gone', removed: false }]);
  });

  test('takes a server without tools for one that has a problem', () => {
    expect(review(written(OLD), []).vanished).toEqual([]);
  });
});

describe('a tool that changed', () => {
  const operation = { type: 'object', properties: { action: { enum: ['get', 'delete'] } } };
  const before: readonly Tool[] = [{ name: 'item' }, { name: 'get_item' }];
  const after: readonly Tool[] = [{ name: 'item', inputSchema: operation }, { name: 'get_item' }];

  test('is shown with its risk before and after, and gets the stricter rule', () => {
    const { changed, text } = review(written(before), after, before);
    expect(changed).toMatchObject([
      {
        name: 'item',
        fields: ['inputSchema'],
        riskBefore: { category: 'Write' },
        riskAfter: { category: 'Destructive' },
        rule: { kind: 'hide' },
      },
    ]);
    expect(JSON.parse(text)).toMatchObject({ hide: ['item'], tools: { get_item: {} } });
  });

  test('keeps a rule that a person wrote, and says that it is more open', () => {
    const policy = written(before).replace(/"item": .*/, '"item": { "reason": "Mine." },');
    const { changed, open, text } = review(policy, after, before);
    expect(changed).toMatchObject([{ name: 'item' }]);
    expect(changed[0]).not.toHaveProperty('rule');
    expect(open).toEqual([{ name: 'item', standing: 'allowed', recommended: 'hidden' }]);
    expect(text).toBe(policy);
  });

  test('is never loosened', () => {
    const { changed, text } = review(written(after), before, after);
    expect(changed).toMatchObject([{ riskBefore: { category: 'Destructive' }, riskAfter: { category: 'Write' } }]);
    expect(text).toBe(written(after));
  });
});

describe('without a profile', () => {
  const added = (text: string) => review(text, ['get_item', 'create_item', 'create_more']).added;

  test('a policy that lets only reads through stays so', () => {
    const text = '{ "version": "1", "default": "deny", "hide": ["create_item"], "tools": { "get_item": {} } }';
    expect(added(text)).toMatchObject([{ tool: { name: 'create_more' }, rule: { kind: 'hide' } }]);
  });

  test('a policy that lets nothing through stays so', () => {
    const text = '{ "version": "1", "default": "deny", "hide": ["create_item", "get_item"] }';
    expect(added(text)).toMatchObject([{ tool: { name: 'create_more' }, rule: { entry: { action: 'deny' } } }]);
  });

  test('a policy that speaks of no tool yet gets what is recommended', () => {
    expect(added('{ "version": "1", "default": "deny", "tools": {} }')).toHaveLength(3);
    expect(review('{ "version": "1", "default": "deny" }', OLD).profile).toBe('recommended');
  });
});
