import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../../server/src/cli/output/diff.ts';

const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('unifiedDiff', () => {
  test('shows changes with the lines around them', () => {
    const before = text('1', '2', '3', '4', '5', '6', '7', '8');
    expect(unifiedDiff(before, before.replace('5\n', 'five\nmore\n'), 'p')).toBe(
      text(
        '--- p',
        '+++ p, as proposed',
        '@@ -2,7 +2,8 @@',
        ' 2',
        ' 3',
        ' 4',
        '-5',
        '+five',
        '+more',
        ' 6',
        ' 7',
        ' 8',
      ),
    );
  });

  test('keeps changes apart that share no surroundings', () => {
    const lines = Array.from({ length: 20 }, (_, index) => String(index));
    const diff = unifiedDiff(text(...lines), text('new', ...lines, 'last'), 'p');
    expect(diff.match(/^@@.*@@$/gm)).toEqual(['@@ -1,3 +1,4 @@', '@@ -18,3 +19,4 @@']);
  });

  test('is empty for equal texts, also without a last line end', () => {
    expect(unifiedDiff('a\nb', 'a\nb\n', 'p')).toBe('');
  });

  test('of texts with nothing in common shows both', () => {
    expect(unifiedDiff('', 'a\n', 'p')).toContain('@@ -0,0 +1,1 @@\n+a\n');
    expect(unifiedDiff('a\n', '', 'p')).toContain('@@ -1,1 +0,0 @@\n-a\n');
  });

  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ' {', ' }'), { maxLength: 40 });

  test('applied to the first text gives the second, and is as short as can be', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = unifiedDiff(text(...before), text(...after), 'p');
        expect(patched(before, diff)).toEqual(after);
        expect(diff.match(/^[-+](?!-- p|\+\+ p)/gm)?.length ?? 0).toBe(shortest(before, after));
      }),
      { numRuns: 500 },
    );
  });
});

/** Applies a diff as `patch` does. */
function patched(before: readonly string[], diff: string): readonly string[] {
  const result: string[] = [];
  let at = 0;
  for (const line of diff.split('\n').slice(2, -1)) {
    const start = /^@@ -(\d+),(\d+)/.exec(line);
    if (start) {
      const first = Number(start[1]) - (start[2] === '0' ? 0 : 1);
      result.push(...before.slice(at, first));
      at = first;
    } else if (line.startsWith('+')) result.push(line.slice(1));
    else {
      expect(before[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) result.push(line.slice(1));
      at += 1;
    }
  }
  return [...result, ...before.slice(at)];
}

/** Length of the shortest list of edits, by the longest common subsequence. */
function shortest(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const line of a) {
    const next = [0];
    for (const [index, other] of b.entries())
      next.push(line === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    row = next;
  }
  return a.length + b.length - 2 * (row.at(-1) ?? 0);
}
