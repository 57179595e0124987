/** What differs between two texts, line by line, as `diff -u` prints it. */
import { editsBetween, type Edit } from './edits.ts';

/** Lines around a change. */
const CONTEXT = 3;

type Shown = (hunk: readonly Edit[]) => readonly Edit[];

/** Empty for equal texts. Names must already be escaped. `shown`: the lines of a hunk as they are printed, one for each. */
export function unifiedDiff(before: string, after: string, name: string, shown: Shown = (hunk) => hunk): string {
  const edits = editsBetween(linesOf(before), linesOf(after));
  const hunks = hunksOf(edits, shown);
  return hunks.length === 0 ? '' : `--- ${name}\n+++ ${name}, as proposed\n${hunks.join('')}`;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function hunksOf(edits: readonly Edit[], shown: Shown): readonly string[] {
  const hunks: string[] = [];
  let end = 0;
  for (
    let at = edits.findIndex(isChange);
    at >= 0;
    at = edits.findIndex((edit, index) => index >= end && isChange(edit))
  ) {
    const start = Math.max(end, at - CONTEXT);
    end = endOfHunk(edits, at);
    hunks.push(printHunk(edits, start, end, shown));
  }
  return hunks;
}

function isChange({ sign }: Edit): boolean {
  return sign !== ' ';
}

/** Changes that share their surroundings share a hunk. */
function endOfHunk(edits: readonly Edit[], first: number): number {
  let last = first;
  for (let at = first; at < edits.length && at <= last + 2 * CONTEXT; at += 1) if (edits[at]?.sign !== ' ') last = at;
  return Math.min(edits.length, last + 1 + CONTEXT);
}

function printHunk(edits: readonly Edit[], start: number, end: number, shown: Shown): string {
  const hunk = edits.slice(start, end);
  const count = (some: readonly Edit[], sign: Edit['sign']): number =>
    some.filter((edit) => edit.sign === ' ' || edit.sign === sign).length;
  const range = (sign: Edit['sign']): string => {
    const lines = count(hunk, sign);
    return `${sign}${count(edits.slice(0, start), sign) + (lines === 0 ? 0 : 1)},${lines}`;
  };
  return `@@ ${range('-')} ${range('+')} @@\n${shown(hunk)
    .map(({ sign, line }) => `${sign}${line}\n`)
    .join('')}`;
}
