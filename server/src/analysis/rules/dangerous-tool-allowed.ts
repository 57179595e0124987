import { explainTool, isPattern, isRestricted, type CompiledEntry, type CompiledPolicy } from '../../policy/index.ts';
import { classifyTool } from '../../risk/index.ts';
import { addItems, addMembers, removeMember, replaceBy } from '../../policy/changes.ts';
import { dangerousTools, riskInWords } from '../danger.ts';
import type { Fix, TextChange } from '../finding.ts';
import { quote, quoteSome } from '../quote.ts';
import type { Draft, KnownTools, Rule, Subject } from '../rule.ts';

/** Entries that let a critical tool through with no condition, no limit and no approval. One finding for each entry. */
export const dangerousToolAllowed: Rule = {
  code: 'dangerous-tool-allowed',
  severity: 'warning',
  title: 'A dangerous tool is allowed with no rule',
  *check(subject) {
    if (subject.tools === undefined) return;
    for (const [entry, names] of allowedBy(subject.policy, subject.tools))
      yield draft(subject, entry, names, subject.tools);
  },
};

/** The dangerous tools that nothing restricts, by the entry that lists them: the exact one, else the first pattern. */
function allowedBy(policy: CompiledPolicy, tools: KnownTools): ReadonlyMap<CompiledEntry, readonly string[]> {
  const found = new Map<CompiledEntry, string[]>();
  for (const { name } of dangerousTools(tools)) {
    if (isRestricted(policy, name)) continue;
    const { standing, rulesets } = explainTool(policy, name);
    const key = standing === 'allowed' ? rulesets.find((ruleset) => ruleset.key !== undefined)?.key : undefined;
    const entry =
      key === undefined
        ? undefined
        : (policy.tools.exact.get(key) ?? policy.tools.patterns.find((pattern) => pattern.key === key));
    if (!entry) continue;
    const names = found.get(entry);
    if (names) names.push(name);
    else found.set(entry, [name]);
  }
  return found;
}

function draft({ text, policy }: Subject, entry: CompiledEntry, names: readonly string[], tools: KnownTools): Draft {
  return {
    message: `${what(names, tools)} allowed with no condition, limit or approval. Ask a person before each call, add a rule, or hide what agents do not need.`,
    span: entry.keySpan,
    fixes: [approvalFix(text, policy, entry), ...hideFix(text, policy, entry)],
  };
}

function what(names: readonly string[], { byName }: KnownTools): string {
  const [first, ...others] = names;
  const tool = first === undefined ? undefined : byName.get(first);
  if (!tool || others.length > 0) return `${quoteSome(names)} are dangerous and`;
  const risk = classifyTool(tool);
  return `${quote(tool.name)} is dangerous (${riskInWords(risk)}: ${risk.why[0] ?? ''}) and`;
}

function approvalFix(text: string, policy: CompiledPolicy, entry: CompiledEntry): Fix {
  const title = 'Ask a person before each call';
  if (entry.action) return { title, edits: [replaceBy(entry.action, 'require_approval')], preferred: true };
  const tools = policy.root.members.get('tools')?.value;
  const node = tools?.kind === 'object' ? tools.members.get(entry.key)?.value : undefined;
  const edits = node?.kind === 'object' ? [addMembers(text, node, [['action', 'require_approval']])] : [];
  return { title, edits, preferred: true };
}

function hideFix(text: string, policy: CompiledPolicy, entry: CompiledEntry): readonly Fix[] {
  const tools = policy.root.members.get('tools')?.value;
  if (isPattern(entry.key) || tools?.kind !== 'object') return [];
  return [
    {
      title: `Hide ${quote(entry.key)}`,
      edits: [...removeMember(tools, entry.key), hideChange(text, policy, [entry.key])],
    },
  ];
}

/** The change that adds names to `hide`. */
export function hideChange(text: string, policy: CompiledPolicy, names: readonly string[]): TextChange {
  const hide = policy.root.members.get('hide')?.value;
  return hide?.kind === 'array' ? addItems(text, hide, names) : addMembers(text, policy.root, [['hide', names]]);
}
