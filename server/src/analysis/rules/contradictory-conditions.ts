import { conditionsOf, type PlacedCondition } from '../conditions.ts';
import { removeCondition } from '../removal.ts';
import type { Draft, Rule, Subject } from '../rule.ts';
import { byPath, denies, pathClausesOf, type Clause, type PathClauses } from '../values/clauses.ts';
import { constantsOf, jointOutcome } from '../values/sample.ts';
import { allSamples } from '../values/samples.ts';

/** Conditions on one argument that no value satisfies together, whatever the schema. */
export const contradictoryConditions: Rule = {
  code: 'contradictory-conditions',
  severity: 'warning',
  title: 'These conditions contradict each other',
  local: true,
  *check(subject) {
    for (const group of pathClausesOf(subject.policy)) yield* everyValueDenied(group);
    yield* neverApplying(subject);
  },
};

/** The first condition that leaves no value, with those before it. */
function* everyValueDenied({ path, clauses, samples }: PathClauses): Generator<Draft> {
  let left = samples;
  const before: Clause[] = [];
  for (const clause of clauses) {
    left = left.filter((sample) => !denies(clause, sample));
    if (left.length === 0) {
      const alone = before.length === 0;
      yield draft(
        clause.placed,
        `No value of ${path} passes ${alone ? 'this condition' : 'this condition and the others of this entry'}, so every call is denied. Correct one of the values.`,
        before,
      );
      return;
    }
    before.push(clause);
  }
}

/** Groups of `deny_if` whose predicates never hold together. */
function* neverApplying({ policy }: Subject): Generator<Draft> {
  for (const placed of conditionsOf(policy)) {
    if (placed.list !== 'deny_if' || placed.condition.predicates.length < 2) continue;
    for (const predicates of byPath(placed.condition.predicates).values()) {
      const constants = predicates.flatMap(constantsOf);
      if (predicates.length < 2 || constants.length > MAX_CONSTANTS) continue;
      const outcomes = [...allSamples(constants)].map((sample) => jointOutcome(predicates, sample));
      if (outcomes.includes('holds') || outcomes.includes('any')) continue;
      const path = predicates[0]?.pathText ?? '';
      yield draft(
        placed,
        `No value of ${path} fits all predicates of this group, so it never holds: it denies only what cannot be compared. Correct one of them, or state them apart.`,
        [],
      );
      break;
    }
  }
}

const MAX_CONSTANTS = 500;

function draft(placed: PlacedCondition, message: string, before: readonly Clause[]): Draft {
  const { start, end } = placed.conditionNode;
  return {
    message,
    span: { start, end },
    related: before.map((clause) => ({
      span: { start: clause.placed.conditionNode.start, end: clause.placed.conditionNode.end },
      message: 'Contradicts',
    })),
    fixes: [{ title: 'Remove this condition', edits: removeCondition(placed) }],
  };
}
