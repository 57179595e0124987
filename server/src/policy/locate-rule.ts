/** Where the rule of a log record stands in the policy, for a click on a denial. */
import type { CompiledEntry, CompiledPolicy, CompiledRuleset } from './compiled.ts';
import { spanOf } from './json/access.ts';
import type { Span } from './json/node.ts';
import { RULES } from './judge.ts';
import { governingEntries, governingRulesets, hidingPattern } from './tool-name.ts';

/** Undefined for rules that stand nowhere in the text, and for those that the text no longer has. */
export function locateRule(policy: CompiledPolicy, rule: string, toolName: string): Span | undefined {
  const found = spanFor(policy, rule, toolName);
  return found && spanOf(found);
}

function spanFor(policy: CompiledPolicy, rule: string, toolName: string): Span | undefined {
  if (rule === RULES.defaultDeny) return policy.root.members.get('default')?.value;
  if (rule === RULES.hidden) return hidingPattern(policy, toolName);
  const rulesets: readonly (CompiledRuleset & Partial<CompiledEntry>)[] = governingRulesets(
    policy,
    governingEntries(policy, toolName),
  );
  for (const ruleset of rulesets) {
    const found = spanIn(ruleset, rule);
    if (found) return found;
  }
  return undefined;
}

function spanIn(ruleset: CompiledRuleset & Partial<CompiledEntry>, rule: string): Span | undefined {
  const { prefix, denyIf, require, rateLimit, limits, action, approval } = ruleset;
  if (rule === `${prefix}/action`) return action;
  if (rule === `${prefix}/approval`) return approval ?? action;
  const restrictions = [...denyIf, ...require, ...(rateLimit ? [rateLimit] : []), ...limits];
  return restrictions.find((each) => each.rule === rule);
}
