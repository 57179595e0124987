/** Which edits of a policy are called looser, and what people are told of them. */
import { describe, expect, test } from 'vitest';
import { loosenedPolicy } from '../../../server/src/comparison/index.ts';
import { policy } from '../../support/policy.ts';

type Tools = Record<string, object>;

function told(before: object | undefined, after: object): readonly string[] {
  const found = loosenedPolicy(before && policy(before), policy(after));
  return found.map(({ about, what }) => `${about}: ${what}`);
}

function underTool(section: string, before: readonly object[], after: readonly object[]): readonly string[] {
  const document = (conditions: readonly object[]): object => ({
    default: 'deny',
    tools: { t: { [section]: conditions } },
  });
  return told(document(before), document(after));
}

const when = (op: string, value: unknown, path = 'args.a'): object => ({ path, op, value });

describe('a condition of deny_if that still denies as much', () => {
  test.each<readonly [string, object, object]>([
    ['a lower bound', when('gt', 10), when('gt', 5)],
    ['the bound itself too', when('gt', 10), when('gte', 10)],
    ['a higher bound', when('lt', 5), when('lte', 7)],
    ['more values', when('in', ['x', 'y']), when('in', ['x', 'y', 'z'])],
    ['one value more', when('eq', 'x'), when('in', ['x', 'y'])],
    ['fewer exceptions', when('not_in', ['x', 'y']), when('neq', 'x')],
    ['any value', when('regex', '^x'), when('exists', true)],
    ['the path written otherwise', when('eq', 1), when('eq', 1, 'args["a"]')],
    ['fewer demands together', { conditions: [when('eq', 1), when('gt', 5, 'args.b')] }, when('eq', 1)],
  ])('%s', (_what, before, after) => {
    expect(underTool('deny_if', [before], [after])).toEqual([]);
  });
});

describe('a condition of deny_if that denies less, or may', () => {
  test.each<readonly [string, object, object]>([
    ['a higher bound', when('gt', 5), when('gt', 10)],
    ['without the bound itself', when('gte', 5), when('gt', 5)],
    ['the other direction', when('gt', 5), when('lt', 5)],
    ['a value of another type, so that more can be compared', when('in', ['x']), when('in', ['x', 1])],
    ['null among the values, so that anything can be compared', when('eq', 'x'), when('in', ['x', null])],
    ['fewer values', when('in', ['x', 'y']), when('in', ['x'])],
    ['another expression', when('regex', '^x'), when('regex', '^xy')],
    ['another path', when('eq', 1), when('eq', 1, 'args.b')],
    ['one demand more', when('eq', 1), { conditions: [when('eq', 1), when('gt', 5, 'args.b')] }],
  ])('%s', (_what, before, after) => {
    expect(underTool('deny_if', [before], [after])).toHaveLength(1);
  });
});

describe('require', () => {
  test.each<readonly [string, readonly object[], readonly object[]]>([
    ['a lower maximum', [when('lte', 10)], [when('lt', 10)]],
    ['fewer values', [when('in', ['x', 'y'])], [when('eq', 'x')]],
    ['presence follows from a value', [when('exists', true)], [when('regex', '^x')]],
    ['one group in two conditions', [{ conditions: [when('gt', 1), when('lt', 9)] }], [when('lt', 9), when('gt', 1)]],
  ])('asks as much: %s', (_what, before, after) => {
    expect(underTool('require', before, after)).toEqual([]);
  });

  test.each<readonly [string, readonly object[], readonly object[]]>([
    ['a higher maximum', [when('lte', 10)], [when('lte', 11)]],
    ['more values', [when('eq', 'x')], [when('in', ['x', 'y'])]],
    ['exceptions of another type', [when('neq', 'x')], [when('not_in', ['x', 1])]],
    ['half of a group', [{ conditions: [when('gt', 1), when('lt', 9)] }], [when('gt', 1)]],
    ['nothing', [when('exists', true)], []],
  ])('asks less, or may: %s', (_what, before, after) => {
    expect(underTool('require', before, after)).toHaveLength(1);
  });
});

describe('tools', () => {
  test.each<readonly [string, object, object]>([
    ['hidden by a wider pattern', { hide: ['delete_repo', 'drop_*'] }, { hide: ['delete_*', 'drop*'] }],
    ['denied where they were hidden', { hide: ['drop_*'] }, { tools: { 'drop_*': { action: 'deny' } } }],
    ['unlisted', { default: 'deny', tools: { a: {}, b: {} } }, { default: 'deny', tools: { a: {} } }],
    ['listed, but denied', { default: 'deny' }, { default: 'deny', tools: { a: { action: 'deny' } } }],
    [
      'under the rules of a wider pattern',
      { tools: { 'a_*': { deny_if: [when('eq', 1)] } } },
      { tools: { 'a*': { deny_if: [when('eq', 1)] } } },
    ],
    [
      'under rules for all',
      { tools: { 'a_*': { deny_if: [when('eq', 1)] } } },
      { all_tools: { deny_if: [when('eq', 1)] } },
    ],
    ['asked about, not only allowed', { tools: { a: {} } }, { tools: { a: { action: 'require_approval' } } }],
  ])('no looser: %s', (_what, before, after) => {
    expect(told(before, after)).toEqual([]);
  });

  test.each<readonly [string, object, object, readonly string[]]>([
    ['default', { default: 'deny' }, { default: 'allow' }, ['*: is no longer denied by default']],
    ['hide', { hide: ['drop_*'] }, {}, ['drop_*: is no longer hidden']],
    ['hide, one name', { hide: ['drop'] }, {}, ['drop: is no longer denied; before: (hidden)']],
    [
      'a pattern listed',
      { default: 'deny' },
      { default: 'deny', tools: { 'a*': {} } },
      ['a*: is no longer denied by default'],
    ],
    ['a pattern that was denied', { tools: { 'a*': { action: 'deny' } } }, {}, ['a*: is no longer denied']],
    [
      'lifted for one',
      { tools: { 'a*': { action: 'deny' } } },
      { tools: { 'a*': { action: 'deny' }, ab: { action: 'allow' } } },
      ['ab: is no longer denied; before: /tools/a*/action'],
    ],
    ['an odd name written out', {}, { tools: { é: {} } }, ['é: is no longer denied; before: (unsafe name)']],
    [
      'approval',
      { tools: { a: { action: 'require_approval' } } },
      { tools: { a: {} } },
      ['a: its calls need no approval any more'],
    ],
    [
      'approval remembered',
      { tools: { 'a*': { action: 'require_approval' } } },
      { tools: { 'a*': { action: 'require_approval', approval: { remember: 'session' } } } },
      ['a*: an approval is remembered for the session'],
    ],
    [
      'a condition',
      { tools: { write: { deny_if: [when('regex', '^/etc', 'args.path')] } } },
      { tools: { write: {} } },
      ['write: the condition in deny_if, "args.path matches "^/etc"", was removed or weakened'],
    ],
  ])('looser: %s', (_what, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });
});

describe('limits', () => {
  const daily = { counter: 'c', window: 'day', max: 5 };
  const tools = (limits: readonly object[], rate?: object): Tools => ({
    t: { limits, ...(rate ? { rate_limit: rate } : {}) },
  });

  test('lower is no looser', () => {
    expect(
      told(
        { tools: tools([daily], { max: 3, window: 60 }) },
        { tools: tools([{ ...daily, max: 4 }], { max: 2, window: 60 }) },
      ),
    ).toEqual([]);
  });

  test.each<readonly [string, Tools]>([
    ['higher', tools([{ ...daily, max: 6 }])],
    ['gone', tools([])],
    ['another name, which begins at nothing', tools([{ ...daily, counter: 'd' }])],
    ['another scope', tools([{ ...daily, scope: 'session' }])],
    ['counts something else', tools([{ ...daily, increment_from: 'args.a' }])],
  ])('%s is looser', (_what, after) => {
    expect(told({ tools: tools([daily]) }, { tools: after })).toHaveLength(1);
  });

  test('a longer window counts anew, so it is looser', () => {
    expect(
      told({ tools: tools([], { max: 3, window: 60 }) }, { tools: tools([], { max: 3, window: 90 }) }),
    ).toHaveLength(1);
  });
});

test('where no policy was in force, whatever lets calls through is looser', () => {
  expect(told(undefined, {})).not.toEqual([]);
  expect(told(undefined, { default: 'deny', tools: { a: {} } })).not.toEqual([]);
  expect(told(undefined, { default: 'deny', tools: { a: { action: 'deny' } } })).toEqual([]);
});
