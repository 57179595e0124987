/** Tools that no entry governs and nothing hides: each gets the rule that is recommended for its risk. */
import type { Tool } from '../../catalog/index.ts';
import {
  editPolicy,
  explainTool,
  isCallableName,
  isPattern,
  type CompiledPolicy,
  type Entry,
} from '../../policy/index.ts';
import { recommendedRule } from '../../risk/index.ts';
import { riskOf } from '../tools/known-tools.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

export function coverRefactorings({ text, policy, tools }: RefactoringContext): readonly Refactoring[] {
  const uncovered = uncoveredTools(policy, tools.catalog?.tools ?? []);
  if (uncovered.length === 0) return [];
  const hide: string[] = [];
  const entries = new Map<string, Entry>();
  for (const tool of uncovered) {
    const rule = recommendedRule(tool, riskOf(tool));
    if (rule.kind === 'hide') hide.push(tool.name);
    else entries.set(tool.name, rule.entry as Entry);
  }
  const count = uncovered.length === 1 ? 'the one uncovered tool' : `all ${uncovered.length} uncovered tools`;
  const warning =
    'Tools that only read are allowed, others limited, held for approval or hidden. Read the rules before you save.';
  const changes = editPolicy(text, policy.root, { hide: { add: hide }, ...(entries.size > 0 && { entries }) });
  return [{ title: `Add the recommended rules for ${count}`, changes, warning }];
}

function uncoveredTools(policy: CompiledPolicy, listed: readonly Tool[]): readonly Tool[] {
  return [...new Map(listed.map((tool) => [tool.name, tool])).values()].filter(({ name }) => {
    if (!isCallableName(name) || isPattern(name) || policy.tools.exact.has(name)) return false;
    const { standing, rulesets } = explainTool(policy, name);
    return standing !== 'hidden' && rulesets.every(({ key }) => key === undefined || key === '*');
  });
}
