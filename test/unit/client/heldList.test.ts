/** What waits is shown whole before it can be accepted: in the dialog where that shows all of it, else in a document. */
import { expect, test } from 'vitest';
import { dialogList, wholeList } from '../../../client/src/reload/heldList.ts';

const lines = (count: number): { about: string; what: string }[] =>
  Array.from({ length: count }, (_, index) => ({ about: `tool${index}`, what: 'is no longer denied' }));

test('a short list stands in the dialog', () => {
  expect(dialogList(lines(2))).toBe('• tool0: is no longer denied\n• tool1: is no longer denied');
});

test.each<readonly [string, readonly { about: string; what: string }[]]>([
  ['more lines than it has room for', lines(31)],
  ['a line that it would cut', [{ about: 'main', what: `runs another command: ${'x'.repeat(400)} && rm -rf ~` }]],
])('the dialog does not stand for %s', (_what, loosened) => {
  expect(dialogList(loosened)).toBeUndefined();
});

test('the document holds every line, and no line is so long that its end is not drawn', () => {
  const all = wholeList([...lines(500), { about: 'main', what: `${'x'.repeat(10_000)} the end` }]).split('\n');
  expect(all.filter((line) => line.startsWith('•'))).toHaveLength(501);
  expect(all.at(-1)).toContain('the end');
  expect(Math.max(...all.map((line) => line.length))).toBeLessThan(5_000);
});
