/** The edit that allows, denies or hides one tool, keeping the policy's formatting and whatever else it says of that tool. */
import type { TextChange } from '../../analysis/finding.ts';
import {
  applyChanges,
  changesBetween,
  compilePolicy,
  explainTool,
  toValue,
  type CompiledPolicy,
  type Entry,
} from '../../policy/index.ts';
import { objectAt } from '../../policy/json/access.ts';
import { hideTool, setTool, unhideTool } from '../../policy/edits.ts';
import type { RuleEditParams } from '../../protocol/language.ts';

/** `undefined`: the text is not a valid policy, so no edit is known to do what it says. Empty: the policy does it already. */
export function ruleChanges(
  text: string,
  tool: string,
  change: RuleEditParams['change'],
): readonly TextChange[] | undefined {
  const compiled = compilePolicy(text);
  if (!compiled.ok) return undefined;
  switch (change) {
    case 'hide':
      return hideTool(text, tool);
    case 'deny':
      return setTool(text, tool, { ...entryOf(compiled.policy, tool), action: 'deny' });
    case 'allow':
      return allow(text, compiled.policy, tool);
  }
}

/** The exact entry as it stands; `undefined` when the tool has none. */
export function wholeEntry(policy: CompiledPolicy, tool: string): Entry | undefined {
  const node = objectAt(policy.root, 'tools')?.members.get(tool)?.value;
  return node && (toValue(node) as Entry);
}

/** The exact entry, without what only goes with an approval. */
export function entryOf(policy: CompiledPolicy, tool: string): Entry {
  const { approval: _approval, action: _action, ...entry } = wholeEntry(policy, tool) ?? {};
  return entry;
}

/** Lifts what stands in the way by name; conditions and limits stay. The word `allow` is written only where a pattern says otherwise. */
function allow(text: string, policy: CompiledPolicy, tool: string): readonly TextChange[] {
  const shown = applyChanges(text, unhideTool(text, tool));
  const entry = entryOf(policy, tool);
  const plain = applyChanges(shown, setTool(shown, tool, entry));
  const standing = standingIn(plain, tool);
  const needsWord = standing === 'denied' || standing === 'approval';
  return changesBetween(
    text,
    needsWord ? applyChanges(shown, setTool(shown, tool, { ...entry, action: 'allow' })) : plain,
  );
}

function standingIn(text: string, tool: string): string | undefined {
  const compiled = compilePolicy(text);
  return compiled.ok ? explainTool(compiled.policy, tool).standing : undefined;
}
