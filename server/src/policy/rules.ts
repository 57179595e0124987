/** Every rule of a policy that can decide a call, and which of them a decision was made by: for the coverage of policy tests. */
import type { CompiledEntry, CompiledPolicy, CompiledRuleset } from './compiled.ts';
import { restrictionsOf } from './explain.ts';
import { arrayAt, spanOf } from './json/access.ts';
import type { Span } from './json/node.ts';
import { RULES } from './judge.ts';
import { governingEntries, hidingPattern, isListed } from './tool-name.ts';

export interface PolicyRule extends Span {
  /**
   * As the log names it; where the log's name is no place in the policy, the JSON Pointer: `/default`, `/hide/0`, and `/tools/<key>` for what
   * an entry lets through. Two limits of one counter, in different windows, have one name and so are one rule.
   */
  readonly rule: string;
}

/** In document order. */
export function rulesOf(policy: CompiledPolicy): readonly PolicyRule[] {
  const stated = policy.root.members.get('default')?.value;
  const entries = [...policy.tools.exact.values(), ...policy.tools.patterns];
  const rules = [
    ...(stated ? [{ rule: '/default', ...spanOf(stated) }] : []),
    ...hideItems(policy).map((item, index) => ({ rule: `/hide/${index}`, ...spanOf(item) })),
    ...(policy.allTools ? restrictions(policy.allTools) : []),
    ...entries.flatMap((entry) => [...passing(entry), ...restrictions(entry)]),
  ];
  const byName = new Map(rules.map((rule) => [rule.rule, rule] as const).reverse());
  return [...byName.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * The rules that a decision about `toolName` was made by: the one that denied, or all entries that let the call through.
 * `rule`: the log's. Empty for denials that no policy can change, such as of an unsafe name.
 */
export function rulesReached(
  policy: CompiledPolicy,
  toolName: string,
  { decision, rule }: { readonly decision: 'allow' | 'deny' | 'needs_approval'; readonly rule: string },
): readonly string[] {
  if (decision === 'deny') return denying(policy, toolName, rule);
  const entries = governingEntries(policy, toolName);
  return [
    ...entries.map(({ prefix }) => prefix),
    ...(rule === '' ? [] : [rule]),
    ...(isListed(entries) ? [] : ['/default']),
  ];
}

function denying(policy: CompiledPolicy, toolName: string, rule: string): readonly string[] {
  if (rule === RULES.defaultDeny) return ['/default'];
  if (rule !== RULES.hidden) return rule.startsWith('/') ? [rule] : [];
  const hiding = hidingPattern(policy, toolName);
  return [`/hide/${hideItems(policy).findIndex(({ start }) => start === hiding?.start)}`];
}

function hideItems(policy: CompiledPolicy): readonly Span[] {
  return arrayAt(policy.root, 'hide')?.items ?? [];
}

/** What an entry does with a call that none of its restrictions denies. */
function passing(entry: CompiledEntry): readonly PolicyRule[] {
  const { action, approval, prefix, keySpan } = entry;
  if (action?.value === 'deny') return [{ rule: `${prefix}/action`, ...spanOf(action) }];
  if (restrictionsOf(entry).some(({ deniesAlways }) => deniesAlways)) return [];
  if (action?.value === 'require_approval') return [{ rule: `${prefix}/approval`, ...spanOf(approval ?? action) }];
  return [{ rule: prefix, ...spanOf(keySpan) }];
}

function restrictions(ruleset: CompiledRuleset): readonly PolicyRule[] {
  return restrictionsOf(ruleset).map(({ rule, start, end }) => ({ rule, start, end }));
}
