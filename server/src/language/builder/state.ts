/** What a person would say that a policy does with a tool, and the edits that make it so. Whatever else the policy says of the tool stays. */
import {
  editPolicy,
  explainTool,
  type CompiledPolicy,
  type EntryEdit,
  type PolicyEdit,
  type TextChange,
  type ToolStanding,
} from '../../policy/index.ts';
import type { ToolState } from '../../protocol/policyTools.ts';
import { toolChanges, wholeEntry, withAction } from '../features/rule-edit.ts';

export function stateOf(policy: CompiledPolicy, tool: string): ToolState {
  return stateIn(explainTool(policy, tool));
}

/** Rules for every tool, in `all_tools` and under `*`, make no tool a special one. */
export function stateIn({ standing, rulesets }: ToolStanding): ToolState {
  switch (standing) {
    case 'hidden':
      return 'hide';
    case 'unsafe':
    case 'denied':
      return 'deny';
    case 'approval':
      return 'approve';
    case 'allowed':
      return 'allow';
    case 'conditional': {
      const own = rulesets.filter(({ key }) => key !== undefined && key !== '*');
      return own.some(({ restrictions }) => restrictions.length > 0) ? 'custom' : 'allow';
    }
  }
}

/** A pattern or `all_tools` may keep a tool as it is nevertheless: the caller asks the engine about the edited text. */
export function stateChanges(
  policy: CompiledPolicy,
  tools: readonly string[],
  state: ToolState,
): readonly TextChange[] {
  if (state === 'allow' || state === 'approve') return toolChanges(policy, tools, state);
  return editPolicy(policy.source, policy.root, editFor(policy, tools, state));
}

function editFor(
  policy: CompiledPolicy,
  tools: readonly string[],
  state: Exclude<ToolState, 'allow' | 'approve'>,
): PolicyEdit {
  const all = (edit: EntryEdit): NonNullable<PolicyEdit['entries']> => new Map(tools.map((tool) => [tool, edit]));
  switch (state) {
    case 'hide':
      return { hide: { add: tools }, entries: new Map(plain(policy, tools).map((tool) => [tool, 'remove'])) };
    case 'deny':
      return { hide: { remove: tools }, entries: all(withAction('deny')) };
    case 'custom':
      return { entries: new Map(withoutEntry(policy, tools).map((tool) => [tool, idleEntry(policy, tool)])) };
  }
}

/** Tools whose entry says no more than an action, which decides nothing once the tool is hidden. */
function plain(policy: CompiledPolicy, tools: readonly string[]): readonly string[] {
  return tools.filter((tool) => {
    const entry = wholeEntry(policy, tool);
    return entry !== undefined && Object.keys(entry).every((key) => key === 'action');
  });
}

/** An entry under a hidden tool decides nothing. */
function withoutEntry(policy: CompiledPolicy, tools: readonly string[]): readonly string[] {
  return tools.filter((tool) => !policy.tools.exact.has(tool) && stateOf(policy, tool) !== 'hide');
}

/** An entry that lists a tool would allow what is denied only because nothing lists it. */
export function idleEntry(policy: CompiledPolicy, tool: string): EntryEdit {
  const { standing, rule } = explainTool(policy, tool);
  return standing === 'unsafe' || rule === '(default deny)' ? { action: 'deny' } : {};
}
