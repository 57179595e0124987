import { regexFor } from '../../policy/compile-conditions.ts';
import { predicatesOf } from '../conditions.ts';
import type { Rule } from '../rule.ts';

/** Instructions of the compiled program; `[a-z]{1,64}` has about 130. */
const MAX_INSTRUCTIONS = 1_000;

/** Expressions with huge repetitions. Matching stays linear in the text, whatever is written; but each character costs as much as the program is long. */
export const costlyRegex: Rule = {
  code: 'costly-regex',
  severity: 'information',
  title: 'This expression is large',
  local: true,
  *check({ policy }) {
    for (const { predicate, value } of predicatesOf(policy)) {
      if (predicate.op !== 'regex' || value?.kind !== 'string') continue;
      const size = regexFor(value.value).programSize();
      if (size <= MAX_INSTRUCTIONS) continue;
      yield {
        message: `This expression unfolds into ${size} steps, each of which may be tried at every character. Repetitions of repetitions, such as "(a{1,90}){10}", do that; say less exactly how often, or ask for the length elsewhere.`,
        span: { start: value.start, end: value.end },
        fixes: [],
      };
    }
  },
};
