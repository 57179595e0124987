/** Bounds that a slow machine keeps with room to spare: they fail when the engine does work in proportion to the wrong thing. */
import { describe, expect, test } from 'vitest';
import { compilePolicy, judge, readJson } from '../../../server/src/policy/index.ts';
import { readJsonAgain } from '../../../server/src/policy/json/reread.ts';
import { call, OWNER, policy } from '../../support/policy.ts';

function microseconds(times: number, work: () => void): number {
  for (let i = 0; i < times / 10; i++) work();
  const started = performance.now();
  for (let i = 0; i < times; i++) work();
  return ((performance.now() - started) * 1_000) / times;
}

describe('a policy of 10,000 entries', () => {
  const entries = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i) => [`tool_${i}`, { deny_if: [{ path: 'args.amount', op: 'gt', value: i }] }]),
  );
  const text = JSON.stringify({ version: '1', default: 'deny', tools: entries });

  test('judges a call of an exact name in microseconds', () => {
    const compiled = policy(text);
    const asked = call('tool_9999', { amount: 5 });
    expect(judge(compiled, asked, OWNER).outcome).toBe('pass');
    expect(microseconds(10_000, () => judge(compiled, asked, OWNER))).toBeLessThan(100);
  });

  test('is compiled in a moment', () => {
    const started = performance.now();
    expect(compilePolicy(text).ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test('a name that equals one far below it is told in a moment while it is typed', () => {
  const text = (first: string): string => {
    const members = [first, ...Array.from({ length: 20_000 }, (_, i) => `tool_${i}`)].map((name) => `"${name}":{}`);
    return `{${members.join(',')}}`;
  };
  const before = text('new_name');
  const reading = readJson(before);
  if (!reading.ok) throw new Error('The earlier text is no JSON.');
  const started = performance.now();
  const again = readJsonAgain(text('tool_19999'), { text: before, root: reading.root });
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(again).toEqual(readJson(text('tool_19999')));
  expect(again.ok).toBe(false);
});

describe('a regular expression', () => {
  const input = 'a'.repeat(65_536);

  test.each(['(a+)+b', '(a*)*$b', '(a|aa)+b', '(.*a){20}b', '^(([a-z])+.)+[A-Z]([a-z])+$', '(?:a?){100}b'])(
    '%s does not blow up on 64 KiB',
    (pattern) => {
      const compiled = policy({ tools: { x: { deny_if: [{ path: 'args.v', op: 'regex', value: pattern }] } } });
      const started = performance.now();
      expect(judge(compiled, call('x', { v: input }), OWNER).outcome).toBe('pass');
      expect(performance.now() - started).toBeLessThan(5_000);
    },
  );
});
