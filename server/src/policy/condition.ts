/** Whether a condition holds for a call (policy language §4 "A group" and "[*]"). */
import type { CompiledCondition, CompiledPredicate, Truth } from './compiled.ts';
import type { Call } from './decision.ts';
import { visitValues } from './resolve.ts';

/** How a predicate over several elements is read: in `deny_if` any of them, in `require` every one. */
export type Quantifier = 'any' | 'every';

export interface ConditionResult {
  readonly truth: Truth;
  /** The predicate that could not be evaluated, when `truth` is `unknown`. */
  readonly unknown?: CompiledPredicate;
}

/** An empty group holds. A predicate that plainly fails settles a group even beside one that cannot be evaluated. */
export function evaluateCondition(condition: CompiledCondition, call: Call, quantifier: Quantifier): ConditionResult {
  let unknown: CompiledPredicate | undefined;
  for (const predicate of condition.predicates) {
    const truth = evaluatePredicate(predicate, call, quantifier);
    if (truth === 'fails') return { truth };
    if (truth === 'unknown') unknown ??= predicate;
  }
  return unknown ? { truth: 'unknown', unknown } : { truth: 'holds' };
}

function evaluatePredicate(predicate: CompiledPredicate, call: Call, quantifier: Quantifier): Truth {
  const seen = { holds: false, fails: false, unknown: false };
  visitValues(predicate.path, call, (value) => {
    seen[value === 'unreachable' ? 'unknown' : predicate.test(value)] = true;
  });
  if (seen.unknown) return 'unknown';
  const holds = quantifier === 'any' ? seen.holds : !seen.fails;
  return holds ? 'holds' : 'fails';
}
