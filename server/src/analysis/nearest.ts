/** "Did you mean": the candidate that a misspelt name most likely stands for. Deterministic, and bounded in work. */
import { skeleton } from '../catalog/confusable.ts';

interface Folded {
  readonly name: string;
  /** As it looks, in lower case, separators made equal. */
  readonly form: string;
  /** Which letters occur, one bit each. */
  readonly letters: number;
}

/** Answers kept for one list: an editor asks for the same misspelt names on every keystroke. */
const MAX_ANSWERS = 2_000;

interface Prepared {
  readonly folded: readonly Folded[];
  readonly answers: Map<string, string | undefined>;
}

const prepared = new WeakMap<readonly string[], Prepared>();

/**
 * The nearest of `candidates`, `undefined` when none is near: equal but for case, look-alike letters or separators; else at most a third of the letters
 * apart (insertions, omissions, replacements and neighbours swapped); else the only one that begins with the name. Of equally near ones the first in code unit order.
 * Never the name itself. What was worked out is remembered by the identity of `candidates`, which must not change.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const { folded, answers } = prepare(candidates);
  if (answers.has(name)) return answers.get(name);
  const answer = search(name, folded);
  if (answers.size < MAX_ANSWERS) answers.set(name, answer);
  return answer;
}

function search(name: string, folded: readonly Folded[]): string | undefined {
  const sought = fold(name);
  const limit = Math.min(4, Math.floor(sought.form.length / 3) || (sought.form.length > 1 ? 1 : 0));
  let best: Folded | undefined;
  let least = limit + 1;
  for (const candidate of folded) {
    if (candidate.name === name || candidate.form === '') continue;
    const distance = candidate.form === sought.form ? 0 : within(sought, candidate, Math.min(least, limit));
    if (distance > limit || distance > least || (distance === least && best && best.name <= candidate.name)) continue;
    [best, least] = [candidate, distance];
  }
  return best?.name ?? completion(sought, folded);
}

function prepare(candidates: readonly string[]): Prepared {
  let known = prepared.get(candidates);
  if (known === undefined) {
    known = { folded: candidates.map(fold), answers: new Map() };
    prepared.set(candidates, known);
  }
  return known;
}

function fold(name: string): Folded {
  const form = skeleton(name.slice(0, 256))
    .toLowerCase()
    .replace(/[-\s./]/g, '_');
  let letters = 0;
  for (let at = 0; at < form.length; at++) letters |= 1 << (form.charCodeAt(at) % 31);
  return { name, form, letters };
}

/** The distance, or anything above `limit` as soon as it must be that. */
function within(a: Folded, b: Folded, limit: number): number {
  if (Math.abs(a.form.length - b.form.length) > limit) return limit + 1;
  // Each edit changes at most two of the letters that occur.
  if (bitCount(a.letters ^ b.letters) > 2 * limit) return limit + 1;
  return distance(a.form, b.form, limit);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

/** Damerau-Levenshtein (neighbours swapped count one) within `limit`; what two names share at both ends costs nothing. */
function distance(a: string, b: string, limit: number): number {
  let start = 0;
  while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let end = 0;
  const shorter = Math.min(a.length, b.length) - start;
  while (end < shorter && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  return middleDistance(a.slice(start, a.length - end), b.slice(start, b.length - end), limit);
}

/** Row by row, within `limit` of the diagonal. */
function middleDistance(a: string, b: string, limit: number): number {
  if (a === '' || b === '') return a.length + b.length;
  let rows: Rows = { twoAbove: [], above: Array.from({ length: b.length + 1 }, (_, index) => index) };
  for (let row = 1; row <= a.length; row++) {
    const current = new Array<number>(b.length + 1).fill(limit + 1);
    current[0] = row;
    let least = row;
    for (let column = Math.max(1, row - limit); column <= Math.min(b.length, row + limit); column++) {
      const swapped = isSwap(a, b, row, column) ? (rows.twoAbove[column - 2] ?? Infinity) : Infinity;
      const replaced = (rows.above[column - 1] ?? Infinity) - (a[row - 1] === b[column - 1] ? 1 : 0);
      const cost = 1 + Math.min(replaced, rows.above[column] ?? Infinity, current[column - 1] ?? Infinity, swapped);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    rows = { twoAbove: rows.above, above: current };
  }
  return rows.above[b.length] ?? limit + 1;
}

interface Rows {
  readonly twoAbove: readonly number[];
  readonly above: readonly number[];
}

/** Whether the letters that end here are the same two in the other order. */
function isSwap(a: string, b: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
}

function completion(sought: Folded, folded: readonly Folded[]): string | undefined {
  if (sought.form.length < 3) return undefined;
  const longer = folded.filter((candidate) => candidate.form.startsWith(sought.form) && candidate.name !== sought.name);
  return longer.length === 1 ? longer[0]?.name : undefined;
}
