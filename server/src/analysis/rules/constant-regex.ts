import { replaceBy } from '../../policy/changes.ts';
import { regexFor } from '../../policy/compile-conditions.ts';
import { predicatesOf, type PlacedPredicate } from '../conditions.ts';
import type { Fix } from '../finding.ts';
import { extentOf, type Extent } from '../regexLanguage.ts';
import type { Rule } from '../rule.ts';

/** Regular expressions that every text matches, or none. */
export const constantRegex: Rule = {
  code: 'constant-regex',
  severity: 'warning',
  title: 'Every text matches this expression, or none does',
  local: true,
  *check({ policy }) {
    for (const placed of predicatesOf(policy)) {
      const { predicate, value } = placed;
      if (predicate.op !== 'regex' || value?.kind !== 'string') continue;
      const extent = known(value.value);
      if (extent === undefined) continue;
      yield {
        message: `${extent === 'everything' ? 'Every text' : 'No text'} matches this expression, so ${effect(placed, extent)}. ${advice(extent)}`,
        span: { start: value.start, end: value.end },
        fixes: extent === 'everything' ? [existsFix(placed)] : [],
      };
    }
  },
};

/** An editor asks for the same expressions on every keystroke. */
const MAX_REMEMBERED = 2_000;
const remembered = new Map<string, Extent>();

function known(pattern: string): Extent {
  if (!remembered.has(pattern)) {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(pattern, extentOf(regexFor(pattern)));
  }
  return remembered.get(pattern);
}

function effect({ list }: PlacedPredicate, extent: Extent): string {
  if (extent === 'everything') return 'it asks only whether the value is a text';
  return list === 'deny_if' ? 'this never applies' : 'this denies every call';
}

function advice(extent: Extent): string {
  return extent === 'everything'
    ? 'Expressions are not anchored: write "^" and "$" around what the whole text must be.'
    : 'Look for "^" behind a character, or "$" before one.';
}

/** What is left of the question. `exists` lets values of other types pass, which the title says. */
function existsFix({ predicate, op, value }: PlacedPredicate): Fix {
  const edits = [replaceBy(op, 'exists'), ...(value ? [replaceBy(value, true)] : [])];
  return { title: `Ask only whether ${predicate.pathText} is there, of whatever type`, edits };
}
