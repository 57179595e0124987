/**
 * Every fix that any rule offers, applied: the document must be valid JSON and no longer have that finding. One document for each way a rule can be broken,
 * each in three layouts, for fixes must keep the user's own.
 */
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../server/src/catalog/index.ts';
import { analyze, ruleTable } from '../../../server/src/analysis/index.ts';
import { applyFix, policy, serverWith, tool, type Known } from './support.ts';

interface Sample {
  readonly code: string;
  readonly text: string;
  readonly known?: Known;
}

function withRequired(name: string, given: Tool): Tool {
  return { ...given, inputSchema: { ...(given.inputSchema as object), required: [name] } };
}

const pay = withRequired(
  'percent',
  tool('pay', {
    percent: { type: 'integer', minimum: 0, maximum: 100 },
    amount: { type: 'number' },
    count: { type: 'integer' },
    currency: { type: 'string', enum: ['eur', 'usd'] },
    tags: { type: 'array', items: { type: 'string' } },
    to: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
    live: { type: 'boolean' },
  }),
);
const known = serverWith(pay, 'list_things', 'delete_thing', 'read_thing');

/** The server as it is, and the tools that it had. */
function before(...tools: readonly (string | Tool)[]): Known {
  const reviewed = serverWith(...tools).catalog;
  return { ...known, ...(reviewed && { reviewed }) };
}

const cursor = {
  client: 'Cursor',
  name: 'demo',
  file: '/app/.cursor/mcp.json',
  shownFile: '.cursor/mcp.json',
  start: { line: 2, column: 3 },
  end: { line: 2, column: 9 },
};

function denyIf(...conditions: readonly object[]): string {
  return policy({ tools: { pay: { deny_if: conditions } } });
}

function limit(more: object): object {
  return { counter: 'spending', window: 'day', ...more };
}

function limits(...more: readonly object[]): string {
  return policy({
    tools: { pay: { limits: more.map((each, index) => ({ ...limit(each), counter: `spending_${index}` })) } },
  });
}

const samples: readonly Sample[] = [
  { code: 'denies-everything', text: policy({}), known },
  { code: 'denies-everything', text: policy({}) },
  { code: 'denies-everything', text: policy({ hide: ['pay'], tools: {} }), known },
  { code: 'denies-everything', text: policy({ default: 'allow', hide: ['pay', '*', 'list_things'] }), known },
  { code: 'denies-everything', text: policy({ default: 'allow', hide: ['*'] }) },
  { code: 'not-through-gateway', text: policy({ tools: { pay: {} } }), known: { ways: [cursor] } },
  { code: 'lone-star-lists-nothing', text: policy({ tools: { '*': { deny_if: [] } } }), known },
  { code: 'unknown-tool', text: policy({ tools: { list_thing: {} } }), known },
  { code: 'unknown-tool', text: policy({ tools: { pay: {}, List_Things: {}, list_things: {} } }), known },
  { code: 'unknown-tool', text: policy({ hide: ['delete_thng', 'pay'], tools: { pay: {} } }), known },
  { code: 'unknown-tool', text: policy({ tools: { zzzzzzzz: {} } }), known },
  {
    code: 'tool-vanished',
    text: policy({ hide: ['old'], tools: { older: {}, pay: {} } }),
    known: before('old', 'older'),
  },
  {
    code: 'tool-changed',
    text: policy({ tools: { read_thing: {} } }),
    known: before({ name: 'read_thing', description: 'x' }),
  },
  { code: 'pattern-matches-nothing', text: policy({ hide: ['x_*'], tools: { 'y_*': {}, pay: {} } }), known },
  { code: 'entry-under-hidden-tool', text: policy({ hide: ['pay'], tools: { pay: {}, read_thing: {} } }), known },
  { code: 'entry-under-hidden-tool', text: policy({ hide: ['p*', 'x'], tools: { read_thing: {}, pay: {} } }) },
  {
    code: 'entry-under-hidden-tool',
    text: policy({ hide: ['*_thing'], tools: { 'read_*': {}, list_things: {} } }),
    known,
  },
  { code: 'unknown-argument', text: denyIf({ path: 'args.amont', op: 'gt', value: 1 }), known },
  { code: 'unknown-argument', text: denyIf({ path: 'args.to.nam', op: 'eq', value: 'x' }), known },
  { code: 'unknown-argument', text: denyIf({ path: 'args.amount[0]', op: 'eq', value: 1 }), known },
  {
    code: 'unknown-argument',
    text: policy({
      tools: { pay: { limits: [{ counter: 'c', window: 'day', max: 1, increment_from: 'args.amounts' }] } },
    }),
    known,
  },
  { code: 'operator-type-mismatch', text: denyIf({ path: 'args.tags', op: 'regex', value: 'x' }), known },
  { code: 'operator-type-mismatch', text: denyIf({ path: 'args.amount', op: 'contains', value: 1 }), known },
  { code: 'value-type-mismatch', text: denyIf({ path: 'args.amount', op: 'eq', value: '10' }), known },
  { code: 'value-type-mismatch', text: denyIf({ path: 'args.count', op: 'in', value: [1, '2', 2.5] }), known },
  { code: 'value-type-mismatch', text: denyIf({ path: 'args.currency', op: 'neq', value: 'EUR' }), known },
  { code: 'value-type-mismatch', text: denyIf({ path: 'args.live', op: 'eq', value: 'true' }), known },
  { code: 'value-type-mismatch', text: denyIf({ path: 'args.tags', op: 'eq', value: 'a' }), known },
  { code: 'value-type-mismatch', text: denyIf({ path: 'args.to.name', op: 'eq', value: 12 }), known },
  {
    code: 'uncorrelated-elements',
    text: denyIf({ conditions: ['args.a[*].x', 'args.a[*].y'].map((path) => ({ path, op: 'exists', value: true })) }),
  },
  { code: 'client-name-reliance', text: denyIf({ path: 'client.name', op: 'eq', value: 'x' }) },
  { code: 'session-rate-limit', text: policy({ tools: { pay: { rate_limit: { max: 1, window: 60 } } } }) },
  { code: 'dangerous-tool-allowed', text: policy({ tools: { delete_thing: {} } }), known },
  {
    code: 'dangerous-tool-allowed',
    text: policy({ hide: ['x'], tools: { pay: {}, delete_thing: { action: 'allow' } } }),
    known,
  },
  { code: 'dangerous-tool-allowed', text: policy({ tools: { '*_thing': { reason: 'why' } } }), known },
  { code: 'default-allow-uncovered', text: policy({ default: 'allow' }), known },
  {
    code: 'default-allow-uncovered',
    text: policy({ default: 'allow', hide: ['x'], tools: { read_thing: {} } }),
    known,
  },
  { code: 'look-alike-name', text: policy({ tools: { pay: {} } }), known: serverWith('pay', 'рay') },
  { code: 'value-out-of-range', text: denyIf({ path: 'args.percent', op: 'eq', value: 101 }), known },
  { code: 'value-out-of-range', text: denyIf({ path: 'tool.risk', op: 'in', value: ['High'] }) },
  {
    code: 'approval-unanswered',
    text: policy({ tools: { pay: { action: 'require_approval', approval: { timeout: 9 } } } }),
    known: { unattended: true },
  },
  { code: 'always-denies', text: denyIf({ path: 'args.percent', op: 'exists' }), known },
  { code: 'never-denies', text: denyIf({ path: 'args.percent', op: 'gt', value: 100 }), known },
  {
    code: 'contradictory-conditions',
    text: denyIf({ conditions: [1, 2].map((value) => ({ path: 'args.x', op: 'eq', value })) }),
  },
  { code: 'redundant-condition', text: denyIf(...[1, 2].map((value) => ({ path: 'args.x', op: 'gt', value }))) },
  { code: 'unreachable-limit', text: limits({ window: 'minute', max: 9 }, { window: 'day', max: 8 }) },
  { code: 'zero-limit', text: limits({ window: 'day', max: 0 }) },
  { code: 'zero-limit', text: limits({ window: 'minute', max: 1 }, { window: 'day', max: 0 }) },
  {
    code: 'zero-limit',
    text: policy({
      tools: { pay: { action: 'allow', rate_limit: { max: 0, window: 9, scope: 'grant' }, reason: 'x' } },
    }),
  },
  {
    code: 'separate-counters',
    text: policy({ tools: Object.fromEntries(['a', 'b'].map((name) => [name, { limits: [limit({ max: 1 })] }])) }),
  },
  {
    code: 'lifted-action',
    text: policy({ tools: { 'p*': { action: 'deny' }, pay: { action: 'require_approval', approval: {} } } }),
  },
  { code: 'secret-in-policy', text: policy({ description: `npm${'_'}${'aB3'.repeat(12)}` }) },
  { code: 'constant-regex', text: denyIf({ path: 'args.note', op: 'regex', value: '.*' }) },
  { code: 'costly-regex', text: denyIf({ path: 'args.note', op: 'regex', value: '(a{1,90}){10}b{1,900}' }) },
  { code: 'not-core', text: policy({ description: 'x' }), known: { core: true } },
  { code: 'unknown-key', text: policy({ tols: {}, hide: ['x'] }) },
  { code: 'unknown-key', text: policy({ tools: { pay: { denyIf: [], zzz: 1 } } }) },
  { code: 'duplicate-key', text: '{\n  "version": "1",\n  "default": "deny",\n  "default": "allow"\n}' },
  { code: 'duplicate-key', text: policy({ tools: 0 }).replace('0', '{ "a": {}, "b": {}, "a": {} }') },
  {
    code: 'duplicate-key',
    text: '{\n  "version": "1",\n  "hide": ["a"],\n  "tools": {},\n  "hide": [\n    "b"\n  ],\n  "tools": { "x": {} },\n  "default": "deny"\n}',
  },
  { code: 'missing-key', text: '{}' },
  { code: 'missing-key', text: '{\n  "version": "1"\n}' },
  { code: 'invalid-value', text: policy({ default: 'Deny', tools: { a: { action: 'alow' } } }) },
  { code: 'misplaced-approval', text: policy({ tools: { pay: { approval: {}, action: 'deny' } } }) },
  { code: 'misplaced-approval', text: policy({ tools: { pay: { approval: {} } } }) },
  { code: 'json-syntax', text: '{ "version": "1", "default": "deny", "hide": ["a", ] }' },
];

const layouts: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ['indented', (text) => text],
  [
    'with Windows line ends and tabs',
    (text) => text.replace(/\n( +)/g, (_, spaces: string) => `\r\n${'\t'.repeat(spaces.length / 2)}`),
  ],
  ['on one line', (text) => text.replace(/\n */g, ' ')],
];

describe.each(layouts)('every fix of a document %s', (_, change) => {
  it.each(samples)('$code', ({ code, text: indented, known: facts }) => {
    const text = change(indented);
    const found = analyze({ text, ...facts }).filter((finding) => finding.code === code);
    expect(found).not.toEqual([]);
    for (const finding of found) {
      expect(finding.fixes.filter((fix) => fix.preferred).length).toBeLessThanOrEqual(1);
      for (const fix of finding.fixes) {
        const mended = applyFix(text, fix);
        if (code !== 'json-syntax')
          expect(() => JSON.parse(mended) as unknown, `${fix.title}: ${mended}`).not.toThrow();
        const left = analyze({ text: mended, ...facts }).filter((other) => other.code === code);
        expect(left.length, `${fix.title} left ${JSON.stringify(left)} in ${mended}`).toBeLessThan(found.length);
      }
    }
  });
});

describe('the samples', () => {
  it('break every rule at least once, but for those that have no fix and a test of their own', () => {
    const broken = new Set(samples.map((sample) => sample.code));
    const missing = ruleTable.map((rule) => rule.code).filter((code) => !broken.has(code));
    expect(missing).toEqual([
      'json-surrogate',
      'json-encoding',
      'json-number-overflow',
      'json-too-deep',
      'json-too-large',
      'wrong-type',
      'invalid-path',
      'invalid-regex',
      'inexact-number',
      'duplicate-id',
      'duplicate-counter',
      'too-many-items',
      'unknown-rule',
      'stale-excuse',
    ]);
  });
});
