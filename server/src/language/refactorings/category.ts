/** All tools of the selected one's category: hide or deny them, or have a person asked. */
import { applyChanges, isCallableName, isPattern } from '../../policy/index.ts';
import { hideTool, setTool } from '../../policy/edits.ts';
import { entryOf } from '../features/rule-edit.ts';
import { findTool, riskOf } from '../tools/known-tools.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

export function categoryRefactorings(context: RefactoringContext): readonly Refactoring[] {
  const { tools, name } = context;
  const tool = name === undefined ? undefined : findTool(tools, name);
  if (tool === undefined) return [];
  const { category } = riskOf(tool);
  const names = [
    ...new Set(tools.catalog?.tools.filter((each) => riskOf(each).category === category).map((each) => each.name)),
  ];
  const them = names.filter((each) => isCallableName(each) && !isPattern(each));
  if (them.length < 2) return [];
  const what = `all ${them.length} tools of the category ${category}`;
  const warning = `Changes the rules of ${them.length} tools. Tools that the server adds later are not among them.`;
  return [
    {
      title: `Hide ${what}`,
      text: them.reduce((text, each) => applyChanges(text, hideTool(text, each)), context.text),
      warning,
    },
    { title: `Deny ${what}`, text: withAction(context, them, 'deny'), warning },
    { title: `Ask a person before each call of ${what}`, text: withAction(context, them, 'require_approval'), warning },
  ];
}

function withAction(
  { text, policy }: RefactoringContext,
  names: readonly string[],
  action: 'deny' | 'require_approval',
): string {
  return names.reduce(
    (before, name) => applyChanges(before, setTool(before, name, { ...entryOf(policy, name), action })),
    text,
  );
}
