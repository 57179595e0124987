/** One tool: hide, deny, allow, limit it, or have a person asked. What else the policy says of it stays. */
import { editPolicy, explainTool, isPattern, type EntryEdit } from '../../policy/index.ts';
import { limitEdit, toolChanges, wholeEntry } from '../features/rule-edit.ts';
import { fewCalls, hasLimits } from './limit.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

export function toolRefactorings(context: RefactoringContext): readonly Refactoring[] {
  const { policy, name } = context;
  if (name === undefined || isPattern(name)) return [];
  const { standing } = explainTool(policy, name);
  const isOpen = standing === 'allowed' || standing === 'conditional';
  return [
    { title: 'Hide this tool', changes: toolChanges(policy, [name], 'hide') },
    { title: 'Deny this tool', changes: toolChanges(policy, [name], 'deny') },
    ...(isOpen ? [] : [{ title: 'Allow this tool', changes: toolChanges(policy, [name], 'allow') }]),
    shown(context, name, 'Ask a person before each call of this tool', { action: 'require_approval' }),
    ...limited(context, name),
  ];
}

function limited(context: RefactoringContext, name: string): readonly Refactoring[] {
  const entry = wholeEntry(context.policy, name) ?? {};
  if (hasLimits(entry)) return [];
  return [shown(context, name, `Limit this tool to ${fewCalls(name).title}`, limitEdit(entry, name))];
}

/** A tool that is to be called under a rule must not be hidden by name. */
function shown({ text, policy }: RefactoringContext, name: string, title: string, edit: EntryEdit): Refactoring {
  const entries = new Map([[name, edit]]);
  const { standing } = explainTool(policy, name);
  const opens = standing === 'denied' || standing === 'hidden';
  const warning = 'No call of this tool passes now. From then on some can.';
  const changes = editPolicy(text, policy.root, { hide: { remove: [name] }, entries });
  return { title, changes, ...(opens && { warning }) };
}
