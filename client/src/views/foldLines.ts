/**
 * Lines for a person who decides by them, so that all of each is in sight or plainly goes on: VS Code ends a very long line early, and what
 * stands behind a long run of blanks is beyond the editor's edge, with nothing that says so.
 */

const LONGEST = 4_000;
/** Blanks in one run, at the beginning of a line: an indentation of 64 levels, the most that JSON has here, is shorter. */
const BLANKS = /^[ \t]{160,}|(?<=[^ \t])[ \t]{40,}/g;

/** Ends a line that goes on below. */
export const FOLD = '⏎';

export function foldLines(lines: readonly string[]): readonly string[] {
  return lines.flatMap(foldLine);
}

function foldLine(line: string): readonly string[] {
  const pieces = aroundBlanks(line).flatMap((part) => cut(part));
  return pieces.map((piece, index) => (index < pieces.length - 1 ? piece + FOLD : piece));
}

/** What stands before, in and behind long runs of blanks: each part begins at the editor's edge. */
function aroundBlanks(line: string): readonly string[] {
  const bounds = [...line.matchAll(BLANKS)].flatMap(({ index, 0: run }) => [index, index + run.length]);
  const parts = [0, ...bounds].map((start, place) => line.slice(start, bounds[place]));
  return parts.some((part) => part !== '') ? parts.filter((part) => part !== '') : [line];
}

/** Never within a surrogate pair. */
const cut = (part: string): readonly string[] => (part.length > LONGEST ? (part.match(/.{1,4000}/gsu) ?? []) : [part]);
