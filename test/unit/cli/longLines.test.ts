/** Differences of long lines: what changes is there in whole, and the rest can be told from it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../server/src/cli/output/diff.ts';
import { withoutLongStretches } from '../../../server/src/cli/output/longLines.ts';

const STAYS = /…\[(\d+) characters that stay\]…/g;
const filler = fc
  .array(fc.constantFrom('"a":1,', '{"b":[', ']},', 'x', '😀'), { maxLength: 200 })
  .map((all) => all.join(''));
const inserted = fc.string({ unit: fc.constantFrom('n', 'e', 'w', ',', '{'), minLength: 1, maxLength: 400 });

test('what comes into a long line is shown in whole, and as many characters are counted as are left out', () => {
  fc.assert(
    fc.property(filler, inserted, filler, inserted, filler, (one, first, two, second, three) => {
      const [before, after] = [one + two + three, `${one}<${first}>${two}<${second}>${three}`];
      const diff = unifiedDiff(before, after, 'p', withoutLongStretches);
      const comes = diff.split('\n').find((line) => line.startsWith('+') && !line.startsWith('+++')) ?? '';
      expect(comes).toContain(`<${first}>`);
      expect(comes).toContain(`<${second}>`);
      const counted = [...comes.matchAll(STAYS)].reduce((sum, match) => sum + Number(match[1]), 0);
      expect(comes.replaceAll(STAYS, '').length - 1 + counted).toBe(after.length);
    }),
    { numRuns: 300 },
  );
});

test('a long line that stays is begun only, and short ones are as they were', () => {
  const long = 'y'.repeat(5_000);
  expect(unifiedDiff(`${long}\na\n`, `${long}\nb\n`, 'p', withoutLongStretches)).toBe(
    `--- p\n+++ p, as proposed\n@@ -1,2 +1,2 @@\n ${'y'.repeat(60)}…[4940 characters that stay]…\n-a\n+b\n`,
  );
});

test('a line that only goes, or only comes, is shown in whole', () => {
  const long = 'y,'.repeat(500);
  expect(unifiedDiff('', `${long}\n`, 'p', withoutLongStretches)).toContain(`+${long}\n`);
  expect(unifiedDiff(`${long}\n`, '', 'p', withoutLongStretches)).toContain(`-${long}\n`);
});
