import { describe, expect, test } from 'vitest';
import { analyze } from '../../../server/src/analysis/index.ts';
import type { Tool } from '../../../server/src/catalog/index.ts';
import type { PolicyDocument } from '../../../server/src/policy/index.ts';
import {
  countOutcomes,
  countsInWords,
  planPolicy,
  PROFILES,
  writePolicy,
  type Profile,
} from '../../../server/src/recommendation/index.ts';
import { catalogOf, manyTools } from '../../support/tool-lists.ts';

const SHOP = ['read_item', 'create_item', 'run_script', 'delete_item', 'pay_invoice', 'frobnicate'];

function textFor(tools: readonly (Tool | string)[], profile: Profile = 'recommended', server?: string): string {
  const written = writePolicy(planPolicy(catalogOf(tools), profile), profile, server);
  if (!written.ok) throw new Error(written.problem);
  return written.text;
}

function policyFor(tools: readonly (Tool | string)[], profile?: Profile): PolicyDocument {
  return JSON.parse(textFor(tools, profile)) as PolicyDocument;
}

const minute = (counter: string, max: number) => ({ limits: [{ counter, window: 'minute', max, scope: 'grant' }] });

describe('the recommended policy', () => {
  test('says of each tool what fits its risk; what is not known is not taken for safe', () => {
    expect(policyFor(SHOP)).toEqual({
      version: '1',
      description: expect.any(String) as string,
      default: 'deny',
      hide: ['delete_item'],
      tools: {
        pay_invoice: { action: 'require_approval' },
        run_script: minute('run_script_rate', 10),
        create_item: minute('create_item_rate', 30),
        frobnicate: minute('frobnicate_rate', 30),
        read_item: {},
      },
    });
  });

  test('is written for review: what asks a person first, then by limit and name, a line for each tool', () => {
    expect(textFor(SHOP, 'recommended', 'shop')).toContain(`  "server": "shop",
  "default": "deny",
  "hide": ["delete_item"],
  "tools": {
    "pay_invoice": { "action": "require_approval" },
    "run_script": { "limits": [{ "counter": "run_script_rate", "window": "minute", "max": 10, "scope": "grant" }] },
    "create_item": { "limits": [{ "counter": "create_item_rate", "window": "minute", "max": 30, "scope": "grant" }] },
    "frobnicate": { "limits": [{ "counter": "frobnicate_rate", "window": "minute", "max": 30, "scope": "grant" }] },
    "read_item": {}
  }
}
`);
  });

  test('keeps the order also of names that look like numbers', () => {
    expect([...textFor(['9', 'create_x', 'get_x']).matchAll(/^ {4}"([^"]+)"/gm)].map((match) => match[1])).toEqual([
      '9',
      'create_x',
      'get_x',
    ]);
  });

  test('says how many it allows, limits, holds and hides', () => {
    expect(countsInWords(countOutcomes(planPolicy(catalogOf(SHOP), 'recommended').tools))).toBe(
      '1 allowed, 3 limited, 1 held for approval, 1 hidden',
    );
  });
});

describe('the other profiles', () => {
  test('read-only lists what surely reads, and hides all else', () => {
    expect(policyFor(SHOP, 'read-only')).toMatchObject({
      hide: ['create_item', 'delete_item', 'frobnicate', 'pay_invoice', 'run_script'],
      tools: { read_item: {} },
    });
  });

  test('read-only does not take a name in disguise for a read', () => {
    const { tools } = policyFor(['get_item', 'gеt_more'], 'read-only');
    expect(tools).toEqual({ get_item: {} });
  });

  test('deny-all denies each tool in words, so that lifting one is one edit', () => {
    const { hide, tools } = policyFor(SHOP, 'deny-all');
    expect(hide).toBeUndefined();
    expect(tools).toEqual(Object.fromEntries(SHOP.map((name) => [name, { action: 'deny' }])));
  });

  test('a policy that would let nothing through says so tool by tool', () => {
    expect(policyFor(['delete_a', 'delete_b'])).toMatchObject({
      tools: { delete_a: { action: 'deny' }, delete_b: { action: 'deny' } },
    });
  });
});

describe('wildcards', () => {
  test('stand for three names or more, in hide alone', () => {
    const { hide, tools } = policyFor(['delete_a', 'delete_b', 'delete_c', 'drop_x', 'drop_y', 'get_a']);
    expect(hide).toEqual(['delete_*', 'drop_x', 'drop_y']);
    expect(tools).toEqual({ get_a: {} });
  });

  test('never hide a tool that is to stay', () => {
    const { hide } = policyFor(['a_delete_x', 'b_delete_x', 'c_delete_x', 'get_delete_x_log']);
    expect(hide).toEqual(['a_delete_x', 'b_delete_x', 'c_delete_x']);
  });

  test('follow the words of a name, also in camel case and behind a prefix', () => {
    expect(policyFor(['ShopDeleteA', 'ShopDeleteB', 'MallDeleteC', 'ShopGetA']).hide).toEqual(['*Delete*']);
    expect(policyFor(['api--delete-a', 'api--delete-b', 'api--delete-c', 'api--get-a']).hide).toEqual([
      'api--delete-*',
    ]);
  });

  test('say why something is hidden, so a noun alone is not enough', () => {
    const { hide } = policyFor(['create_page', 'merge_page', 'move_page', 'get_user'], 'read-only');
    expect(hide).toEqual(['create_page', 'merge_page', 'move_page']);
  });
});

describe('tools that no rule is written for', () => {
  test.each([
    ['a name that would be a pattern', ['get_*'], 'unsafe'],
    ['a name with an invisible character', ['get\u200bx'], 'unsafe'],
    ['a tool that is listed twice', ['get_x', 'get_x'], 'twice'],
  ])('%s', (_, names, reason) => {
    const plan = planPolicy(catalogOf([...names, 'get_y']), 'recommended');
    expect(plan.leftOut).toEqual([{ name: names[0], reason }]);
    expect(plan.tools.map(({ tool }) => tool.name)).toEqual(['get_y']);
  });

  test('a name that passes for another', () => {
    const plan = planPolicy(catalogOf(['get_x', 'gеt_x']), 'recommended');
    expect(plan.leftOut).toEqual([{ name: 'gеt_x', reason: 'look-alike' }]);
  });
});

describe('what is written passes check against the same tools', () => {
  const lists: readonly (readonly [string, readonly (Tool | string)[]])[] = [
    ['a small server', SHOP],
    ['a server of 734 tools', manyTools(734)],
    ['a server that only destroys', ['delete_a', 'delete_b']],
    ['a server with odd names', ['__proto__', 'naïve_lookup', 'get_*', 'constructor', '0']],
  ];
  test.each(lists.flatMap(([what, tools]) => PROFILES.map((profile) => [what, profile, tools] as const)))(
    '%s, %s',
    (_, profile, tools) => {
      expect(analyze({ text: textFor(tools, profile), catalog: catalogOf(tools) })).toEqual([]);
    },
  );

  test('of a server with look-alikes check still says that it has them', () => {
    const tools = ['get_x', 'gеt_x'];
    const findings = analyze({ text: textFor(tools), catalog: catalogOf(tools) });
    expect(findings.map(({ code }) => code)).toEqual(['look-alike-name']);
  });

  test('a list that does not fit into one policy is refused with the reason', () => {
    const plan = planPolicy(catalogOf(manyTools(11_000)), 'deny-all');
    expect(writePolicy(plan, 'deny-all')).toMatchObject({
      ok: false,
      problem: expect.stringContaining('10000') as string,
    });
  });
});
