/** The edit that allows, denies, hides or limits tools, or has a person asked, keeping the policy's formatting and whatever else it says of them. */
import type { TextChange } from '../../analysis/finding.ts';
import {
  compilePolicy,
  editPolicy,
  explainTool,
  toValue,
  type CompiledPolicy,
  type Entry,
  type EntryEdit,
} from '../../policy/index.ts';
import { objectAt } from '../../policy/json/access.ts';
import type { RuleEditParams } from '../../protocol/language.ts';
import { fewCalls, hasLimits } from '../refactorings/limit.ts';

/** `undefined`: the text is not a valid policy, so no edit is known to do what it says. Empty: the policy does it already. */
export function ruleChanges(
  text: string,
  tool: string,
  change: RuleEditParams['change'],
): readonly TextChange[] | undefined {
  const compiled = compilePolicy(text);
  return compiled.ok ? toolChanges(compiled.policy, [tool], change) : undefined;
}

/** The same for tools of a policy that is compiled already. */
export function toolChanges(
  policy: CompiledPolicy,
  tools: readonly string[],
  change: RuleEditParams['change'],
): readonly TextChange[] {
  const { source, root } = policy;
  if (change === 'limit' && tools.every((tool) => hasLimits(wholeEntry(policy, tool) ?? {}))) return [];
  if (change === 'hide') return editPolicy(source, root, { hide: { add: tools } });
  return editPolicy(source, root, {
    ...(change !== 'deny' && { hide: { remove: tools } }),
    entries: new Map(tools.map((tool) => [tool, entryEdit(policy, tool, change)])),
  });
}

function entryEdit(policy: CompiledPolicy, tool: string, change: Exclude<RuleEditParams['change'], 'hide'>): EntryEdit {
  switch (change) {
    case 'allow':
      return allowed(policy, tool);
    case 'deny':
      return withAction('deny');
    case 'limit':
      return limitEdit(wholeEntry(policy, tool) ?? {}, tool);
    case 'approve':
      return { action: 'require_approval' };
  }
}

/** The entry with another action, and without what goes only with an approval. */
export function withAction(action: 'allow' | 'deny' | undefined): EntryEdit {
  return { action, approval: undefined };
}

/** `entry`: what stands there now. One that is denied is let through, up to the limit; one that is held for a person stays so. */
export function limitEdit(entry: Entry, tool: string): EntryEdit {
  return { ...(entry.action === 'deny' && withAction(undefined)), limits: [fewCalls(tool).limit] };
}

/** Lifts what stands in the way by name; conditions and limits stay. The word `allow` is written only where a pattern says otherwise. */
function allowed(policy: CompiledPolicy, tool: string): EntryEdit {
  const { rulesets } = explainTool(policy, tool);
  const needsWord = rulesets.some(
    ({ key, action }) => key !== undefined && key !== tool && action !== undefined && action !== 'allow',
  );
  return withAction(needsWord ? 'allow' : undefined);
}

/** The exact entry as it stands; `undefined` when the tool has none. */
export function wholeEntry(policy: CompiledPolicy, tool: string): Entry | undefined {
  const node = objectAt(policy.root, 'tools')?.members.get(tool)?.value;
  return node && (toValue(node) as Entry);
}
