import { describe, expect, test } from 'vitest';
import { alignedRows, table } from '../../../server/src/cli/output/table.ts';
import { clip, columnsOf, wrap } from '../../../server/src/cli/output/width.ts';

describe('columns', () => {
  test('are aligned also where letters are wide or have marks', () => {
    expect(
      table(
        ['NAME', 'WHAT'],
        [
          ['読む', 'a'],
          ['e\u0301t', 'b'],
        ],
      ),
    ).toBe('NAME  WHAT\n読む  a\ne\u0301t    b\n');
  });

  test('wrap the last one in the width, under itself', () => {
    expect(alignedRows([['tool', 'one two three four five six seven']], 48)).toEqual([
      'tool  one two three four five six seven\n',
    ]);
    expect(alignedRows([['tool', 'one two three four five six seven eight nine']], 48)).toEqual([
      'tool  one two three four five six seven eight\n      nine\n',
    ]);
  });

  test('stand below one another where that leaves too little', () => {
    expect(alignedRows([['a_long_tool', 'critical', 'why it is so']], 30)).toEqual([
      'a_long_tool  critical\n      why it is so\n',
    ]);
  });

  test.each([20, 40, 80, 120])('never exceed %i columns', (width) => {
    const rows = [
      ['x'.repeat(200), 'critical', 'y'.repeat(300)],
      ['読'.repeat(90), 'low', 'z '.repeat(90)],
    ];
    for (const line of alignedRows(rows, width).join('').split('\n'))
      expect(columnsOf(line)).toBeLessThanOrEqual(width);
  });
});

test('clip never splits a wide letter', () => {
  expect(clip('読む読む', 5)).toBe('読む…');
  expect(clip('abc', 3)).toBe('abc');
});

test('wrap keeps every word', () => {
  expect(wrap('a bb ccc', 4)).toEqual(['a bb', 'ccc']);
});
