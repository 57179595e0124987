/** What an edit that waits would let through, as lists: whole, or in a dialog, where that shows all of it. Plain text, no editor. */
import type { HeldEdit } from '../gateway/held.ts';
import { foldLines } from '../views/foldLines.ts';

/** What a dialog shows without cutting: lines, and characters of one. */
const MOST_LINES = 30;
const LONGEST_LINE = 300;

type Loosened = HeldEdit['loosened'];

/** All of it, line by line. */
export function wholeList(loosened: Loosened): string {
  return foldLines(linesOf(loosened)).join('\n');
}

/** `undefined`: a dialog would not show all of it, and what is not shown would be accepted unseen. */
export function dialogList(loosened: Loosened): string | undefined {
  const lines = linesOf(loosened);
  const isShown = lines.length <= MOST_LINES && lines.every((line) => line.length <= LONGEST_LINE);
  return isShown ? lines.join('\n') : undefined;
}

function linesOf(loosened: Loosened): readonly string[] {
  return loosened.map(({ about, what }) => `• ${about}: ${what}`);
}
