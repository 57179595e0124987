/** What is remembered from one version of a document to the next changes nothing: each version read and compiled with and without. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CompileMemory, compilePolicy, readJson } from '../../../server/src/policy/index.ts';
import { draftWith } from '../../../server/src/policy/compile.ts';
import { differenceOf } from '../../../server/src/policy/json/difference.ts';
import { readJsonAgain, type ReadText } from '../../../server/src/policy/json/reread.ts';
import { plain, versions } from '../../support/typing.ts';

test('reading again what changed gives the tree, or the problems, of reading everything', () => {
  fc.assert(
    fc.property(versions, (texts) => {
      let before: ReadText | undefined;
      for (const text of texts) {
        const reading = readJsonAgain(text, before);
        expect(plain(reading, ['origin'])).toEqual(plain(readJson(text)));
        if (reading.ok) before = { text, root: reading.root };
      }
    }),
    { numRuns: 600 },
  );
});

test('compiling again what changed gives the policy, or the problems, of compiling everything', () => {
  fc.assert(
    fc.property(versions, (texts) => {
      const memory = new CompileMemory();
      for (const text of texts) {
        const [again, anew] = [compilePolicy(text, memory), compilePolicy(text)];
        expect(compared(again)).toEqual(compared(anew));
        if (!again.ok && !anew.ok)
          expect(compared(draftWith(again.problems))).toEqual(compared(draftWith(anew.problems)));
      }
    }),
    { numRuns: 400 },
  );
});

/** An optional part that is absent, and one that is there and undefined, are the same to every reader. */
const compared = (compiled: unknown): unknown => plain(compiled, ['origin']);

test('two texts differ between the first and the last unequal character', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
  const long = fc.tuple(part, fc.constantFrom(0, 4_095, 4_096, 9_000)).map(([text, more]) => text + 'a'.repeat(more));
  fc.assert(
    fc.property(long, part, part, long, (head, gone, come, tail) => {
      const [before, after] = [head + gone + tail, head + come + tail];
      const { start, oldEnd, newEnd } = differenceOf(before, after);
      expect(before.slice(0, start) + after.slice(start, newEnd) + before.slice(oldEnd)).toBe(after);
      expect(oldEnd === start || newEnd === start || before[start] !== after[start]).toBe(true);
      expect(oldEnd === start || newEnd === start || before[oldEnd - 1] !== after[newEnd - 1]).toBe(true);
      expect(oldEnd - start).toBeLessThanOrEqual(gone.length);
    }),
    { numRuns: 500 },
  );
});

test('one entry more than a policy may have is found, although all others are known', () => {
  const text = (count: number): string =>
    JSON.stringify({
      version: '1',
      default: 'deny',
      tools: Object.fromEntries(Array.from({ length: count }, (_, index) => [`tool_${index}`, {}])),
    });
  const memory = new CompileMemory();
  expect(compilePolicy(text(10_000), memory).ok).toBe(true);
  expect(compared(compilePolicy(text(10_001), memory))).toEqual(compared(compilePolicy(text(10_001))));
  expect(compilePolicy(text(10_001), memory).ok).toBe(false);
});
