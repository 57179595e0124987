/** What two tool patterns have in common. Answers hold for every name; where they cannot be sure they say so on the safe side. */
import { isPattern, matchesPattern } from '../policy/pattern.ts';

/** Whether each name that fits `narrow` fits `wide` too. A star of `narrow` can only be taken by one of `wide`, since no literal of it has one. */
export function covers(wide: string, narrow: string): boolean {
  return wide === narrow || (isPattern(wide) && matchesPattern(wide, narrow));
}

/** Whether some name may fit both: `false` is certain, `true` is not. */
export function mayMeet(a: string, b: string): boolean {
  if (!isPattern(a)) return covers(b, a);
  if (!isPattern(b)) return covers(a, b);
  const [startA, startB] = [a.slice(0, a.indexOf('*')), b.slice(0, b.indexOf('*'))];
  const [endA, endB] = [a.slice(a.lastIndexOf('*') + 1), b.slice(b.lastIndexOf('*') + 1)];
  return (startA.startsWith(startB) || startB.startsWith(startA)) && (endA.endsWith(endB) || endB.endsWith(endA));
}
