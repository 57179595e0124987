/** Tools that no entry governs and nothing hides: each gets the rule that is recommended for its risk. */
import { applyChanges, explainTool, isCallableName, isPattern, type Entry } from '../../policy/index.ts';
import { hideTool, setTool } from '../../policy/edits.ts';
import { recommendedRule } from '../../risk/index.ts';
import { riskOf } from '../tools/known-tools.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

export function coverRefactorings({ text, policy, tools }: RefactoringContext): readonly Refactoring[] {
  const byName = new Map(tools.catalog?.tools.map((tool) => [tool.name, tool]));
  const uncovered = [...byName.values()].filter(({ name }) => {
    if (!isCallableName(name) || isPattern(name)) return false;
    const { standing, rulesets } = explainTool(policy, name);
    return standing !== 'hidden' && rulesets.every(({ key }) => key === undefined || key === '*');
  });
  if (uncovered.length === 0) return [];
  const covered = uncovered.reduce((before, tool) => {
    const rule = recommendedRule(tool, riskOf(tool));
    const changes =
      rule.kind === 'hide' ? hideTool(before, tool.name) : setTool(before, tool.name, rule.entry as Entry);
    return applyChanges(before, changes);
  }, text);
  const count = uncovered.length === 1 ? 'the one uncovered tool' : `all ${uncovered.length} uncovered tools`;
  const warning =
    'Tools that only read are allowed, others limited, held for approval or hidden. Read the rules before you save.';
  return [{ title: `Add the recommended rules for ${count}`, text: covered, warning }];
}
