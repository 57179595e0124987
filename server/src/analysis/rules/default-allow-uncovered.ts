import { explainTool, isRestricted } from '../../policy/index.ts';
import { dangerousTools } from '../danger.ts';
import type { Fix } from '../finding.ts';
import { addEntries } from '../listing.ts';
import { quoteSome } from '../quote.ts';
import type { Rule, Subject } from '../rule.ts';
import { hideChange } from './dangerous-tool-allowed.ts';

/** `default: allow` while critical tools have no entry of their own: one finding, with the list. */
export const defaultAllowUncovered: Rule = {
  code: 'default-allow-uncovered',
  severity: 'warning',
  title: 'Dangerous tools are allowed by default',
  *check(subject) {
    const { policy, tools } = subject;
    const value = policy.root.members.get('default')?.value;
    if (tools === undefined || policy.default !== 'allow' || !value) return;
    const names = dangerousTools(tools)
      .map((tool) => tool.name)
      .filter((name) => uncovered(subject, name));
    if (names.length === 0) return;
    const what =
      names.length === 1
        ? 'a dangerous tool that no entry governs'
        : `${names.length} dangerous tools that no entry governs`;
    yield {
      message: `"default": "allow" lets agents call ${what}: ${quoteSome(names, 10)}. Hide them, ask a person before each call, or deny by default.`,
      span: { start: value.start, end: value.end },
      fixes: fixesFor(subject, names),
    };
  },
};

function uncovered({ policy }: Subject, name: string): boolean {
  if (isRestricted(policy, name)) return false;
  const { standing, rulesets } = explainTool(policy, name);
  return standing === 'allowed' && rulesets.every((ruleset) => ruleset.key === undefined);
}

function fixesFor({ text, policy }: Subject, names: readonly string[]): readonly Fix[] {
  const them = names.length === 1 ? 'it' : `all ${names.length}`;
  const approval = names.map((name) => [name, { action: 'require_approval' }] as const);
  return [
    { title: `Ask a person before each call of ${them}`, edits: [addEntries(text, policy, approval)] },
    { title: `Hide ${them}`, edits: [hideChange(text, policy, names)] },
  ];
}
