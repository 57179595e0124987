/** One tool: hide, deny, allow, limit it, or have a person asked. What else the policy says of it stays. */
import { applyChanges, explainTool, isPattern, type Entry } from '../../policy/index.ts';
import { setTool, unhideTool } from '../../policy/edits.ts';
import { entryOf, ruleChanges, wholeEntry } from '../features/rule-edit.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

const CALLS_A_MINUTE = 30;

export function toolRefactorings({ text, policy, name }: RefactoringContext): readonly Refactoring[] {
  if (name === undefined || isPattern(name)) return [];
  const change = (title: string, kind: Parameters<typeof ruleChanges>[2]): Refactoring => ({
    title,
    text: applyChanges(text, ruleChanges(text, name, kind) ?? []),
  });
  const entry = entryOf(policy, name);
  const { standing } = explainTool(policy, name);
  return [
    change('Hide this tool', 'hide'),
    change('Deny this tool', 'deny'),
    ...(standing === 'allowed' || standing === 'conditional' ? [] : [change('Allow this tool', 'allow')]),
    written(text, name, 'Ask a person before each call of this tool', { ...entry, action: 'require_approval' }),
    ...(hasLimits(entry) ? [] : [limited(text, name, wholeEntry(policy, name) ?? {})]),
  ];
}

function limited(text: string, name: string, entry: Entry): Refactoring {
  const limit = { counter: `${name.toLowerCase()}_rate`, window: 'minute', max: CALLS_A_MINUTE } as const;
  return written(text, name, `Limit this tool to ${CALLS_A_MINUTE} calls a minute`, { ...entry, limits: [limit] });
}

/** A tool that is to be called under a rule must not be hidden by name. */
function written(text: string, name: string, title: string, entry: Entry): Refactoring {
  const shown = applyChanges(text, unhideTool(text, name));
  return { title, text: applyChanges(shown, setTool(shown, name, entry)) };
}

function hasLimits({ limits, rate_limit: rateLimit }: Entry): boolean {
  return (limits?.length ?? 0) > 0 || rateLimit !== undefined;
}
