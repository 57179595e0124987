import { describe, expect, test } from 'vitest';
import { explainTool } from '../../../server/src/policy/index.ts';
import { call, policy, ruleOf } from '../../support/policy.ts';

/** Keys of the entries that govern a tool, in order. */
function governing(tools: object, tool: string): readonly (string | undefined)[] {
  return explainTool(policy({ tools, all_tools: {} }), tool).rulesets.map(({ key }) => key);
}

const BLOCKED = { deny_if: [{ conditions: [] }] };

describe('which entries govern a tool', () => {
  test('the exact one first, then patterns in document order, all_tools last', () => {
    const tools = { '*_file': {}, 'read_*': {}, write_file: {}, read_file: {}, '*': {} };
    expect(governing(tools, 'read_file')).toEqual(['read_file', '*_file', 'read_*', '*', undefined]);
  });

  test('a key with a star is a pattern, never a name', () => {
    expect(ruleOf({ default: 'deny', tools: { 'a*b': {} } }, call('a*b'))).toBe('(unsafe name)');
    expect(ruleOf({ default: 'deny', tools: { 'a*b': {} } }, call('axb'))).toBe('allow');
  });

  test('names are compared by code point: nothing is folded, trimmed or normalised', () => {
    const tools = { Read: {}, 'caf\u00e9': {} };
    for (const name of ['read', 'READ', 'cafe', 'cafe\u0301', 'Read.']) {
      expect(ruleOf({ default: 'deny', tools }, call(name)), name).not.toBe('allow');
    }
    expect(ruleOf({ default: 'deny', tools }, call('caf\u00e9'))).toBe('allow');
  });

  test('restrictions of all of them apply', () => {
    for (const key of ['pay', 'p*', '*', '*y'])
      expect(ruleOf({ tools: { pay: {}, [key]: BLOCKED } }, call('pay'))).toBe(`/tools/${key}/deny_if/always`);
    expect(ruleOf({ all_tools: BLOCKED, tools: { pay: { action: 'allow' } } }, call('pay'))).toBe(
      '/all_tools/deny_if/always',
    );
  });
});

describe('the action', () => {
  const decided = (tools: object): string => ruleOf({ tools }, call('delete_all'));

  test('is allow where nothing states one', () => {
    expect(decided({ delete_all: {}, 'delete_*': {} })).toBe('allow');
  });

  test('of the exact entry wins, if it states one', () => {
    expect(decided({ delete_all: { action: 'allow' }, 'delete_*': { action: 'deny' } })).toBe('allow');
    expect(decided({ delete_all: { action: 'deny' }, 'delete_*': { action: 'allow' } })).toBe(
      '/tools/delete_all/action',
    );
    expect(decided({ delete_all: { action: 'require_approval' }, 'delete_*': { action: 'deny' } })).toBe(
      'needs_approval',
    );
  });

  test('of a pattern is not lifted by an exact entry that merely adds a limit', () => {
    const limit = { limits: [{ counter: 'c', window: 'day', max: 5 }] };
    expect(decided({ delete_all: limit, 'delete_*': { action: 'deny' } })).toBe('/tools/delete_*/action');
  });

  test('among patterns is deny, then require_approval, then allow, whatever their order', () => {
    const [allow, deny, ask] = (['allow', 'deny', 'require_approval'] as const).map((action) => ({ action }));
    expect(decided({ 'd*': allow, 'de*': ask, 'del*': deny })).toBe('/tools/del*/action');
    expect(decided({ 'd*': allow, 'de*': ask })).toBe('needs_approval');
    expect(decided({ 'd*': allow, '*': deny })).toBe('/tools/*/action');
  });
});

describe('whether a tool is listed', () => {
  const underDeny = (tools: object): string => ruleOf({ default: 'deny', tools }, call('read_file'));

  test('an exact entry lists it', () => {
    expect(underDeny({ read_file: {} })).toBe('allow');
  });

  test('a pattern lists it', () => {
    expect(underDeny({ 'read_*': {} })).toBe('allow');
    expect(underDeny({ '**': {} })).toBe('allow');
  });

  test('"*" alone adds rules and lists none', () => {
    expect(underDeny({ '*': {} })).toBe('(default deny)');
    expect(underDeny({ '*': { action: 'allow' } })).toBe('(default deny)');
    expect(underDeny({ '*': BLOCKED, read_file: {} })).toBe('/tools/*/deny_if/always');
  });

  test('all_tools lists none', () => {
    expect(ruleOf({ default: 'deny', all_tools: {} }, call('read_file'))).toBe('(default deny)');
  });
});
