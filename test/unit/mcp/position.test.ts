/** Places in a file, for people: lines and columns from one. */
import { expect, test } from 'vitest';
import { positionIn } from '../../../server/src/mcp/position.ts';

test.each<readonly [string, readonly string[]]>([
  ['', ['1:1']],
  ['ab', ['1:1', '1:2', '1:3']],
  ['\n', ['1:1', '2:1']],
  ['a\n\nb', ['1:1', '1:2', '2:1', '3:1', '3:2']],
  ['a\r\nb', ['1:1', '1:2', '1:3', '2:1', '2:2']],
])('%j', (text, places) => {
  const found = places.map((_, offset) => positionIn(text, offset));
  expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual(places);
});

test('of two texts in turn', () => {
  for (let turn = 0; turn < 2; turn++) {
    expect(positionIn('one\ntwo', 5)).toEqual({ line: 2, column: 2 });
    expect(positionIn('one two', 5)).toEqual({ line: 1, column: 6 });
  }
});
