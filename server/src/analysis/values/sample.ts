/**
 * Values that stand for all others: of everything that a path can find, as many samples as the predicates on it can tell apart.
 * What a predicate says of a sample is the engine's own answer; so what holds for all samples holds for all values.
 */
import type { CompiledPredicate, JsonNode, Operator, Truth } from '../../policy/index.ts';

export interface Sample {
  /** What the path finds: `undefined` where it is absent, `unreachable` where a step leads into a value of another kind. */
  readonly value: JsonNode | undefined | 'unreachable';
  /** Stands for itself alone; else for all values of its kind, or between two others, that no constant names. */
  readonly exact: boolean;
}

/** `any`: it depends on which of the values it is that the sample stands for. */
export type Outcome = Truth | 'any';

/** Operators that look into a value, and so tell values apart that no sample does. */
const LOOKS_INTO: Partial<Record<Operator, readonly JsonNode['kind'][]>> = {
  regex: ['string'],
  contains: ['string', 'array'],
};

export function outcomeOf({ op, test }: CompiledPredicate, { value, exact }: Sample): Outcome {
  if (value === 'unreachable') return 'unknown';
  if (!exact && value && LOOKS_INTO[op]?.includes(value.kind)) return 'any';
  return test(value);
}

/** What predicates on one path say together of one sample (policy language §4, "A group"). */
export function jointOutcome(predicates: readonly CompiledPredicate[], sample: Sample): Outcome {
  let joint: Outcome = 'holds';
  for (const predicate of predicates) {
    const outcome = outcomeOf(predicate, sample);
    if (outcome === 'fails') return outcome;
    if (outcome === 'any' || joint === 'any') joint = 'any';
    else if (outcome === 'unknown') joint = outcome;
  }
  return joint;
}

/** The values that a predicate compares with: the items of a list, else the one value. */
export function constantsOf({ op, value }: CompiledPredicate): readonly JsonNode[] {
  if (op === 'exists' || op === 'regex' || op === 'contains') return [];
  return (op === 'in' || op === 'not_in') && value.kind === 'array' ? value.items : [value];
}
