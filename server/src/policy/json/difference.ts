/** Where two versions of a text differ. Pure; fast enough to ask on every keystroke, because long equal stretches are compared as a whole. */

export interface Difference {
  /** Where both begin to differ. */
  readonly start: number;
  /** Where what differs ends in the earlier text; from here to its end both are equal again. */
  readonly oldEnd: number;
  /** The same place in the later text. */
  readonly newEnd: number;
}

/** The smallest single stretch outside of which both are equal; empty at the end for equal texts. */
export function differenceOf(before: string, after: string): Difference {
  const shorter = Math.min(before.length, after.length);
  const start = equalFrom(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const tail = equalFrom(shorter - start, (from, to) => endPart(before, from, to) === endPart(after, from, to));
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

const STRETCH = 4_096;

/** How far `isEqual` holds from 0 on, at most `length`: stretches of equal length first, then halves of the one that differs. */
function equalFrom(length: number, isEqual: (from: number, to: number) => boolean): number {
  let at = 0;
  while (at + STRETCH <= length && isEqual(at, at + STRETCH)) at += STRETCH;
  for (let step = STRETCH / 2; step >= 1; step /= 2) {
    if (at + step <= length && isEqual(at, at + step)) at += step;
  }
  return at;
}

/** The part between two distances from the end. */
function endPart(text: string, from: number, to: number): string {
  return text.slice(text.length - to, text.length - from);
}
