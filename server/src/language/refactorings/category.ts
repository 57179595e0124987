/** All tools of the selected one's category: hide, deny, allow or limit them, or have a person asked. */
import { editPolicy, explainTool, isCallableName, isPattern, type EntryEdit } from '../../policy/index.ts';
import { toolChanges, wholeEntry } from '../features/rule-edit.ts';
import { findTool, riskOf } from '../tools/known-tools.ts';
import { fewCalls, hasLimits } from './limit.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

export function categoryRefactorings(context: RefactoringContext): readonly Refactoring[] {
  const { policy, tools, name } = context;
  const tool = name === undefined ? undefined : findTool(tools, name);
  if (tool === undefined) return [];
  const { category } = riskOf(tool);
  const them = namesOf(context, category);
  if (them.length < 2) return [];
  const what = `all ${them.length} tools of the category ${category}`;
  const warning = `Changes the rules of ${them.length} tools. Tools that the server adds later are not among them.`;
  return [
    { title: `Hide ${what}`, changes: toolChanges(policy, them, 'hide'), warning },
    { title: `Deny ${what}`, changes: toolChanges(policy, them, 'deny'), warning },
    allowed(context, them, what, warning),
    {
      title: `Ask a person before each call of ${what}`,
      changes: withEach(context, them, () => ({ action: 'require_approval' })),
      warning,
    },
    ...limited(context, them, category),
  ];
}

function namesOf({ tools }: RefactoringContext, category: string): readonly string[] {
  const listed = tools.catalog?.tools ?? [];
  const names = new Set(listed.filter((each) => riskOf(each).category === category).map((each) => each.name));
  return [...names].filter((each) => isCallableName(each) && !isPattern(each));
}

function allowed({ policy }: RefactoringContext, names: readonly string[], what: string, warning: string): Refactoring {
  return {
    title: `Allow ${what}`,
    changes: toolChanges(policy, names, 'allow'),
    warning: `${warning} Their conditions and limits stay; what a pattern of "hide" matches stays hidden.`,
  };
}

/** Those that some call can reach, and that have no limit of their own: limiting a tool must not let it through. */
function limited(context: RefactoringContext, names: readonly string[], category: string): readonly Refactoring[] {
  const { policy } = context;
  const open = names.filter((name) => {
    const { standing } = explainTool(policy, name);
    const isReachable = standing === 'allowed' || standing === 'conditional' || standing === 'approval';
    return isReachable && !hasLimits(wholeEntry(policy, name) ?? {});
  });
  if (open.length < 2) return [];
  const { title } = fewCalls('');
  return [
    {
      title: `Limit ${open.length} tools of the category ${category} to ${title} each`,
      changes: withEach(context, open, (name) => ({ limits: [fewCalls(name).limit] })),
      warning: `Changes the rules of ${open.length} tools: those that calls can reach and that have no limit of their own. Each is counted apart.`,
    },
  ];
}

function withEach(
  { text, policy }: RefactoringContext,
  names: readonly string[],
  edit: (name: string) => EntryEdit,
): Refactoring['changes'] {
  return editPolicy(text, policy.root, { entries: new Map(names.map((name) => [name, edit(name)])) });
}
