import { expect, test } from 'vitest';
import { isNews, unreviewedCount, unreviewedKind } from '../../../client/src/drift/unreviewed.ts';
import type { UnreviewedStatus } from '../../../server/src/protocol/control.ts';

const waiting: UnreviewedStatus = { new: ['a'], changed: ['b'], renamed: [{ from: 'old', to: 'c' }] };
const none: UnreviewedStatus = { new: [], changed: [], renamed: [] };

test('says why a tool waits, and how many do', () => {
  expect(['a', 'b', 'c', 'old', 'd'].map((tool) => unreviewedKind(waiting, tool))).toEqual([
    ...['new', 'changed', 'renamed', undefined, undefined],
  ]);
  expect(unreviewedKind(undefined, 'a')).toBeUndefined();
  expect([waiting, none, undefined].map(unreviewedCount)).toEqual([3, 0, 0]);
});

test('finds each of many tools without going through all of them', () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `tool_${index}`);
  let reads = 0;
  const counted = new Proxy(names, { get: (all, key): unknown => ((reads += 1), Reflect.get(all, key)) });
  const many: UnreviewedStatus = { new: counted, changed: [], renamed: [] };
  expect(new Set(names.map((name) => unreviewedKind(many, name)))).toEqual(new Set(['new']));
  expect(reads).toBeLessThan(10 * names.length);
});

test.each<readonly [string, UnreviewedStatus | undefined, UnreviewedStatus, boolean]>([
  ['the first that is told', undefined, waiting, true],
  ['the same once more', waiting, waiting, false],
  ['one fewer, since it was accepted', waiting, { ...waiting, new: [] }, false],
  ['another tool', waiting, { ...waiting, new: ['a', 'z'] }, true],
  ['a new tool that changes', waiting, { ...waiting, new: [], changed: ['a', 'b'] }, true],
  ['a server that is started in another way', none, { ...none, isMoved: true }, true],
])('is news or not: %s', (_what, told, now, expected) => {
  expect(isNews(told, now)).toBe(expected);
});
