/** The fewest lines that have to go and to come to make one list of lines another. */

/** Differing lines that are compared one by one; of texts that differ in more, the whole middle is shown as replaced. */
const MOST_EDITS = 1_000;

/** ' ': stands in both; '-': goes; '+': comes. */
export interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** In order; a line stands for whatever is compared as one. */
export function editsBetween(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const middle = shortestEdits(before.slice(start, before.length - same), after.slice(start, after.length - same));
  return [...mark(' ', before.slice(0, start)), ...middle, ...mark(' ', before.slice(before.length - same))];
}

function mark(sign: Edit['sign'], lines: readonly string[]): readonly Edit[] {
  return lines.map((line) => ({ sign, line }));
}

/** Myers' greedy algorithm: the furthest that each diagonal gets with one edit more, until one gets to the end. */
function shortestEdits(a: readonly string[], b: readonly string[]): readonly Edit[] {
  const trace: ReadonlyMap<number, number>[] = [];
  let reach = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(a.length + b.length, MOST_EDITS); edits += 1) {
    trace.push(reach);
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = firstColumn(reach, diagonal, edits);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return walkBack(trace, a, b);
    }
    reach = next;
  }
  return [...mark('-', a), ...mark('+', b)];
}

/** Where a diagonal begins: a line of `b` was added to come from above it, or one of `a` removed to come from below. */
function firstColumn(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  return isAddition(reach, diagonal, edits) ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
}

function isAddition(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && (reach.get(diagonal - 1) ?? 0) < (reach.get(diagonal + 1) ?? 0);
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  a: readonly string[],
  b: readonly string[],
): readonly Edit[] {
  const found: Edit[] = [];
  let [x, y] = [a.length, b.length];
  for (const [edits, reach] of [...trace.entries()].reverse()) {
    const diagonal = x - y;
    const addition = isAddition(reach, diagonal, edits);
    const from = reach.get(addition ? diagonal + 1 : diagonal - 1) ?? 0;
    const begin = edits === 0 ? 0 : addition ? from : from + 1;
    while (x > begin) {
      x -= 1;
      found.push({ sign: ' ', line: a[x] ?? '' });
    }
    if (edits === 0) break;
    found.push(addition ? { sign: '+', line: b[x - diagonal - 1] ?? '' } : { sign: '-', line: a[x - 1] ?? '' });
    [x, y] = addition ? [from, from - diagonal - 1] : [from, from - diagonal + 1];
  }
  return found.reverse();
}
