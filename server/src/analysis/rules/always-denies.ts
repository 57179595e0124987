import { conditionsOf } from '../conditions.ts';
import { removeCondition } from '../removal.ts';
import { quote } from '../quote.ts';
import type { Rule } from '../rule.ts';
import { schemaVerdict } from '../values/verdict.ts';

/** Conditions that no call can pass which fits the tool's schema. */
export const alwaysDenies: Rule = {
  code: 'always-denies',
  severity: 'warning',
  title: 'By the schema, this condition denies every call',
  local: true,
  *check(subject) {
    if (subject.tools === undefined) return;
    for (const placed of conditionsOf(subject.policy)) {
      const found = schemaVerdict(subject, placed);
      if (found?.verdict !== 'denies') continue;
      const always = placed.list === 'deny_if' ? 'always holds' : 'never holds';
      yield {
        message: `In calls that fit the schema of ${quote(found.tool.name)} this condition ${always}, so every call is denied. Correct the value, or deny the tool in words.`,
        span: { start: placed.conditionNode.start, end: placed.conditionNode.end },
        fixes: [{ title: 'Remove this condition', edits: removeCondition(placed) }],
      };
    }
  },
};
