import type { CompiledCondition, PathStep } from '../../policy/index.ts';
import { rulesetsOf } from '../conditions.ts';
import { quote } from '../quote.ts';
import type { Rule } from '../rule.ts';

/**
 * Groups of `deny_if` that ask two things of the elements of one array: each predicate looks for an element of its own (policy language §4).
 * In `require` each must hold for every element, so there both do for each.
 */
export const uncorrelatedElements: Rule = {
  code: 'uncorrelated-elements',
  severity: 'warning',
  title: 'These predicates may speak of different elements',
  local: true,
  *check({ policy }) {
    for (const { ruleset } of rulesetsOf(policy)) {
      for (const condition of ruleset.denyIf) {
        const array = sharedArray(condition);
        if (array === undefined) continue;
        yield {
          message:
            `Each predicate of a group looks at the elements of ${quote(array)} on its own, so one element may satisfy the first and another the second. ` +
            'A group cannot ask for one element that satisfies both; state the conditions apart if that is enough.',
          span: { start: condition.start, end: condition.end },
          fixes: [],
        };
      }
    }
  },
};

/** The array that two predicates of the group range over. */
function sharedArray({ predicates }: CompiledCondition): string | undefined {
  const seen = new Map<string, string>();
  for (const { path, pathText } of predicates) {
    const last = path.steps.findLastIndex((step) => step.kind === 'every');
    if (last < 0) continue;
    const key = JSON.stringify(path.steps.slice(0, last + 1).map(plainStep));
    if (seen.has(key)) return pathText.slice(0, pathText.lastIndexOf('[*]'));
    seen.set(key, pathText);
  }
  return undefined;
}

function plainStep(step: PathStep): string | number | null {
  if (step.kind === 'key') return step.name;
  return step.kind === 'index' ? step.index : null;
}
