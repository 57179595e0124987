import { conditionsOf } from '../conditions.ts';
import { removeCondition } from '../removal.ts';
import { quote } from '../quote.ts';
import type { Rule } from '../rule.ts';
import { schemaVerdict } from '../values/verdict.ts';

/** Conditions that every call passes which fits the tool's schema. It may be meant as a second line behind the server's own check, so it is a note. */
export const neverDenies: Rule = {
  code: 'never-denies',
  severity: 'information',
  title: 'By the schema, this condition denies no call',
  local: true,
  *check(subject) {
    if (subject.tools === undefined) return;
    for (const placed of conditionsOf(subject.policy)) {
      const found = schemaVerdict(subject, placed);
      if (found?.verdict !== 'passes') continue;
      yield {
        message: `Every call that fits the schema of ${quote(found.tool.name)} passes this condition. It stops only calls that the server should refuse itself. Correct the value if it was meant to stop more.`,
        span: { start: placed.conditionNode.start, end: placed.conditionNode.end },
        fixes: [{ title: 'Remove this condition', edits: removeCondition(placed) }],
      };
    }
  },
};
