import { canonicalJson } from '../../catalog/index.ts';
import { toValue } from '../../policy/index.ts';
import { conditionsOf, type PlacedCondition } from '../conditions.ts';
import { removeCondition } from '../removal.ts';
import type { Draft, Rule } from '../rule.ts';
import { denies, passes, pathClausesOf, type Clause, type PathClauses } from '../values/clauses.ts';

/** Conditions that deny nothing which another one of the entry does not deny. */
export const redundantCondition: Rule = {
  code: 'redundant-condition',
  severity: 'information',
  title: 'Another condition denies all that this one does',
  local: true,
  *check({ policy }) {
    const reported = new Set<PlacedCondition['condition']>();
    for (const [placed, first] of repeated(conditionsOf(policy))) {
      reported.add(placed.condition);
      yield draft(placed, [first], 'The same condition stands in this entry already.');
    }
    for (const group of pathClausesOf(policy)) yield* covered(group, reported);
  },
};

function* repeated(conditions: readonly PlacedCondition[]): Generator<readonly [PlacedCondition, PlacedCondition]> {
  const seen = new Map<string, PlacedCondition>();
  for (const placed of conditions) {
    const { ruleset, list, condition } = placed;
    if (condition.predicates.length === 0 || placed.array.items.length < 2) continue;
    const key = [ruleset.prefix, list, ...condition.predicates.map(textOf).sort()].join('\n');
    const first = seen.get(key);
    if (first) yield [placed, first];
    else seen.set(key, placed);
  }
}

function textOf({ path, op, value }: PlacedCondition['condition']['predicates'][number]): string {
  return canonicalJson([path.root, path.steps, op, toValue(value, 'source')]);
}

/** From the last clause to the first, so that of two that deny the same the later one goes; and never both of them. */
function* covered(
  { clauses, samples }: PathClauses,
  reported: ReadonlySet<PlacedCondition['condition']>,
): Generator<Draft> {
  let left = clauses.filter(({ placed }) => !reported.has(placed.condition));
  if (samples.every((sample) => left.some((clause) => denies(clause, sample)))) return;
  for (const clause of left.toReversed()) {
    if (!clause.whole) continue;
    const others = left.filter((other) => other !== clause && speaksFor(other, clause, left));
    const denied = samples.filter((sample) => !passes(clause, sample));
    if (denied.length === 0 || !denied.every((sample) => others.some((other) => denies(other, sample)))) continue;
    left = left.filter((other) => other !== clause);
    const covering = others.filter((other) => denied.some((sample) => denies(other, sample)));
    yield draft(
      clause.placed,
      covering.map(({ placed }) => placed),
      'Whatever this condition denies, another one of this entry denies too.',
    );
  }
}

/** Whether a denial by `other` loses no text that `clause` has for it: the first one that denies speaks. */
function speaksFor(other: Clause, clause: Clause, order: readonly Clause[]): boolean {
  const { onDeny } = clause.placed.condition;
  if (onDeny === undefined || other.placed.condition.onDeny === onDeny) return true;
  return order.indexOf(other) < order.indexOf(clause);
}

function draft(placed: PlacedCondition, covering: readonly PlacedCondition[], message: string): Draft {
  const { start, end } = placed.conditionNode;
  return {
    message: `${message} Remove it, or correct its value.`,
    span: { start, end },
    related: covering.map(({ conditionNode }) => ({
      span: { start: conditionNode.start, end: conditionNode.end },
      message: 'Denies the same',
    })),
    fixes: [{ title: 'Remove this condition', edits: removeCondition(placed) }],
  };
}
