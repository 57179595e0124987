/**
 * When one condition leaves no call through that another one stops (policy language §4). Only what follows from the two texts alone: paths must be
 * the same, and of operators those are compared whose values say it plainly. `false` means "not shown".
 */
import type { CompiledCondition, CompiledPredicate } from '../policy/compiled.ts';
import { deepEqual } from '../policy/json/compare.ts';
import type { JsonNode } from '../policy/json/node.ts';

/** Whether `after`, under `deny_if`, denies every call that `before` does. A group denies unless one of its predicates plainly fails. */
export function deniesAtLeast(after: CompiledCondition, before: CompiledCondition): boolean {
  return after.predicates.every((later) => before.predicates.some((earlier) => failsOnlyWith(later, earlier)));
}

/** Whether `later`, under `require`, holds only where `earlier` holds. */
export function holdsOnlyWith(later: CompiledPredicate, earlier: CompiledPredicate): boolean {
  if (!isSamePath(later, earlier)) return false;
  if (wantsPresence(earlier) && later.op !== 'exists') return true;
  return (
    isSameTest(later, earlier) ||
    isWithin(later, earlier) ||
    (isListed(later) && isListed(earlier) && isSubset(valuesOf(later), valuesOf(earlier))) ||
    (isUnlisted(later) &&
      isUnlisted(earlier) &&
      isAlike(later, earlier) &&
      isSubset(valuesOf(earlier), valuesOf(later)))
  );
}

/** Whether `later` plainly fails only where `earlier` does: what cannot be evaluated denies, so the types that can be compared must stay the same. */
function failsOnlyWith(later: CompiledPredicate, earlier: CompiledPredicate): boolean {
  if (!isSamePath(later, earlier)) return false;
  if (wantsPresence(later) && earlier.op !== 'exists') return true;
  return (
    isSameTest(later, earlier) ||
    isWithin(earlier, later) ||
    (isAlike(later, earlier) &&
      ((isListed(later) && isListed(earlier) && isSubset(valuesOf(earlier), valuesOf(later))) ||
        (isUnlisted(later) && isUnlisted(earlier) && isSubset(valuesOf(later), valuesOf(earlier)))))
  );
}

function isSamePath(a: CompiledPredicate, b: CompiledPredicate): boolean {
  return a.path === b.path || JSON.stringify(a.path) === JSON.stringify(b.path);
}

function isSameTest(a: CompiledPredicate, b: CompiledPredicate): boolean {
  return a.op === b.op && deepEqual(a.value, b.value);
}

function wantsPresence({ op, value }: CompiledPredicate): boolean {
  return op === 'exists' && (value.kind !== 'boolean' || value.value);
}

/** Whether both are orderings in one direction, and every number that `narrow` admits is admitted by `wide`. */
function isWithin(narrow: CompiledPredicate, wide: CompiledPredicate): boolean {
  if (narrow.value.kind !== 'number' || wide.value.kind !== 'number') return false;
  const [a, b] = [narrow.value.value, wide.value.value];
  const isInclusive = (op: string): boolean => op.endsWith('te');
  const isNarrower = (distance: number): boolean =>
    distance > 0 || (distance === 0 && (isInclusive(wide.op) || !isInclusive(narrow.op)));
  const [direction, other] = [directionOf(narrow), directionOf(wide)];
  return direction !== 0 && direction === other && isNarrower(direction * (a - b));
}

function directionOf({ op }: CompiledPredicate): -1 | 0 | 1 {
  if (op === 'gt' || op === 'gte') return 1;
  return op === 'lt' || op === 'lte' ? -1 : 0;
}

function isListed({ op }: CompiledPredicate): boolean {
  return op === 'eq' || op === 'in';
}

function isUnlisted({ op }: CompiledPredicate): boolean {
  return op === 'neq' || op === 'not_in';
}

function valuesOf({ op, value }: CompiledPredicate): readonly JsonNode[] {
  if (op === 'eq' || op === 'neq') return [value];
  return value.kind === 'array' ? value.items : [];
}

/** Bounds what one pair of long lists may cost; longer ones must be equal to be taken for so. */
const MAX_PAIRS = 250_000;

function isSubset(some: readonly JsonNode[], all: readonly JsonNode[]): boolean {
  if (some.length * all.length > MAX_PAIRS) return false;
  return some.every((value) => all.some((other) => deepEqual(value, other)));
}

/** Whether both can compare the same types of values (policy language §4, "Type mismatch"). */
function isAlike(a: CompiledPredicate, b: CompiledPredicate): boolean {
  return comparableTypes(a) === comparableTypes(b);
}

function comparableTypes(predicate: CompiledPredicate): string {
  const kinds = new Set(valuesOf(predicate).map(({ kind }) => kind));
  const isOpen = kinds.has('null') || kinds.has('array') || kinds.has('object');
  return isOpen ? 'any' : [...kinds].sort().join();
}
