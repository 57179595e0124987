/** From a rule of a policy to the cases of policy tests that expect it. Rules that have a name of their own in the text are found by that. */
import type { Location } from 'vscode-languageserver';
import { restrictionAt, rulesOf, type CompiledPolicy } from '../../policy/index.ts';
import { isAbout } from '../document/neighbours.ts';
import type { TextView } from '../document/text-view.ts';

/**
 * @param policy - What `view` is compiled to.
 * @param all - Documents to look through.
 */
export function casesExpecting(
  view: TextView,
  policy: CompiledPolicy,
  offset: number,
  all: readonly TextView[],
): Location[] {
  const rule = ruleAt(policy, offset);
  if (rule === undefined) return [];
  return all
    .filter((each) => isAbout(each, view))
    .flatMap((each) =>
      each.names
        .filter((place) => place.kind === 'rule' && place.rule === rule)
        .map((place) => ({ uri: each.uri, range: each.range(place) })),
    );
}

/** As the log names it: of the condition, limit, action or default around the offset. */
function ruleAt(policy: CompiledPolicy, offset: number): string | undefined {
  const around = rulesOf(policy).findLast(({ start, end }) => start <= offset && offset <= end);
  const rule = restrictionAt(policy, offset)?.rule ?? around?.rule;
  return rule === '/default' ? '(default deny)' : rule;
}
