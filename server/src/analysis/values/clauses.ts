/**
 * What the conditions of one ruleset say about one path: each clause denies some values, and a call passes when none of them denies it.
 * Without a schema: all JSON values count.
 */
import type { CompiledPolicy, CompiledPredicate } from '../../policy/index.ts';
import { conditionsOf, pathKey, type PlacedCondition } from '../conditions.ts';
import { constantsOf, jointOutcome, type Sample } from './sample.ts';
import { allSamples } from './samples.ts';

export interface Clause {
  readonly placed: PlacedCondition;
  readonly predicates: readonly CompiledPredicate[];
  /** Whether the condition asks for nothing else. A part of a `require` group denies by itself; of a `deny_if` group it does not, and is no clause. */
  readonly whole: boolean;
}

export interface PathClauses {
  /** As the policy first writes it. */
  readonly path: string;
  readonly clauses: readonly Clause[];
  readonly samples: readonly Sample[];
}

/** Beyond this many questions a path is not judged. */
const MAX_WORK = 20_000;

const remembered = new WeakMap<CompiledPolicy, readonly PathClauses[]>();

/** The paths on which a ruleset has more than one predicate. Clauses stand in the order in which they are asked. */
export function pathClausesOf(policy: CompiledPolicy): readonly PathClauses[] {
  let found = remembered.get(policy);
  if (found === undefined) {
    found = [...groups(policy)].filter(isWorthwhile).flatMap(withSamples);
    remembered.set(policy, found);
  }
  return found;
}

/** Whether the clause denies every call with such a value, for certain. */
export function denies({ placed, predicates }: Clause, sample: Sample): boolean {
  const outcome = jointOutcome(predicates, sample);
  if (outcome === 'unknown') return true;
  return outcome === (placed.list === 'deny_if' ? 'holds' : 'fails');
}

/** Whether the clause lets every call with such a value pass, for certain. */
export function passes({ placed, predicates }: Clause, sample: Sample): boolean {
  return jointOutcome(predicates, sample) === (placed.list === 'deny_if' ? 'fails' : 'holds');
}

/** The predicates by what they ask about, those with `[*]` left out. */
export function byPath(predicates: readonly CompiledPredicate[]): ReadonlyMap<string, readonly CompiledPredicate[]> {
  const paths = new Map<string, CompiledPredicate[]>();
  for (const predicate of predicates) {
    const key = pathKey(predicate.path);
    if (key === undefined) continue;
    const group = paths.get(key);
    if (group) group.push(predicate);
    else paths.set(key, [predicate]);
  }
  return paths;
}

function* groups(policy: CompiledPolicy): Generator<readonly Clause[]> {
  for (const conditions of conditionsByRuleset(policy)) {
    const found = new Map<string, Clause[]>();
    for (const placed of conditions) {
      const all = placed.condition.predicates;
      for (const [path, predicates] of byPath(all)) {
        const whole = predicates.length === all.length;
        if (!whole && placed.list === 'deny_if') continue;
        const clause = { placed, predicates, whole };
        const group = found.get(path);
        if (group) group.push(clause);
        else found.set(path, [clause]);
      }
    }
    yield* found.values();
  }
}

/** Rulesets that ask for more than one thing. */
function conditionsByRuleset(policy: CompiledPolicy): readonly (readonly PlacedCondition[])[] {
  const groups = new Map<unknown, PlacedCondition[]>();
  for (const placed of conditionsOf(policy)) {
    const group = groups.get(placed.ruleset);
    if (group) group.push(placed);
    else groups.set(placed.ruleset, [placed]);
  }
  return [...groups.values()].filter((group) => group.length > 1 || (group[0]?.condition.predicates.length ?? 0) > 1);
}

function isWorthwhile(clauses: readonly Clause[]): boolean {
  return clauses.length > 1 || clauses.some(({ predicates }) => predicates.length > 1);
}

function withSamples(clauses: readonly Clause[]): readonly PathClauses[] {
  const predicates = clauses.flatMap((clause) => clause.predicates);
  const constants = predicates.flatMap(constantsOf);
  const path = predicates[0]?.pathText;
  if (path === undefined || constants.length * predicates.length > MAX_WORK) return [];
  return [{ path, clauses, samples: [...allSamples(constants)] }];
}
