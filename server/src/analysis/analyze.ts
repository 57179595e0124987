/** Examines one policy text: what makes it invalid or, when it is valid, what its rules do that their author cannot want. */
import { toolsByName, type Catalog } from '../catalog/index.ts';
import { compilePolicy, type Compilation, type CompiledPolicy, type PolicyProblem } from '../policy/index.ts';
import { draftOf } from './draft.ts';
import type { Finding } from './finding.ts';
import { problemFindings } from './problems.ts';
import type { KnownTools, Rule, Subject, WayAround } from './rule.ts';
import { settle, type FindingSettings, type Settled } from './settings.ts';
import { CONFIGURABLE, SEMANTIC_RULES } from './table.ts';
import type { AnalysisMemory } from './unchanged.ts';

export interface AnalysisInput {
  readonly text: string;
  /** The tools of the server that the policy governs; without them, rules that need them stay silent. */
  readonly catalog?: Catalog;
  /** The tools for which the policy was last written or reviewed. */
  readonly reviewed?: Catalog;
  /** Report what the hosted gateway's documented language does not have. Default false. */
  readonly core?: boolean;
  /** The policy is for a gateway that runs where nobody can be asked for an approval. Default false. */
  readonly unattended?: boolean;
  /** By which MCP clients reach the server around the gateway, where somebody has looked. */
  readonly ways?: readonly WayAround[];
  /** How severe rules are, and what is excused. */
  readonly settings?: FindingSettings;
  /** What `compilePolicy` made of the very same text, to save compiling it again. */
  readonly compilation?: Compilation;
  /** What an earlier version of the same document left, to examine only what changed. The findings are the same with and without. */
  readonly memory?: AnalysisMemory;
}

/** Findings in document order, those that are excused left out. Never throws; whether the text is meant to be a policy at all is the caller's question. */
export function analyze(input: AnalysisInput): readonly Finding[] {
  return examine(input).findings;
}

/** The same, with what is excused. */
export function examine(input: AnalysisInput): Settled {
  const compiled = input.compilation ?? compilePolicy(input.text);
  return compiled.ok ? examinePolicy(compiled.policy, input) : examineDraft(compiled.problems, input);
}

function examinePolicy(policy: CompiledPolicy, input: AnalysisInput): Settled {
  const subject = subjectOf(policy, input);
  const found = findingsOf(SEMANTIC_RULES, subject, input);
  const hasRun = (code: string): boolean => {
    const rule = SEMANTIC_RULES.find((each) => each.code === code);
    return input.catalog !== undefined && rule?.asked?.(subject) !== false;
  };
  return settle(found, policy, input.settings ?? {}, { codes: CONFIGURABLE, hasRun });
}

/** What is wrong, and what is found in the parts where nothing is wrong. Excuses of findings that may come back are not called stale meanwhile. */
function examineDraft(problems: readonly PolicyProblem[], input: AnalysisInput): Settled {
  const wrong = problemFindings(input.text, problems);
  const draft = draftOf(problems);
  if (draft === undefined) return { findings: wrong, excused: [] };
  const local = SEMANTIC_RULES.filter((rule) => rule.local);
  const found = findingsOf(local, subjectOf(draft.policy, input), input).filter(draft.isSound);
  const { findings, excused } = settle(found, draft.policy, input.settings ?? {}, {
    codes: CONFIGURABLE,
    hasRun: () => false,
  });
  return { findings: [...wrong, ...findings].sort(byPlace), excused };
}

function findingsOf(rules: readonly Rule[], subject: Subject, { settings, memory }: AnalysisInput): readonly Finding[] {
  const asked = rules.filter((rule) => settings?.rules?.[rule.code] !== 'off' && rule.asked?.(subject) !== false);
  const local = asked.filter((rule) => rule.local);
  const rest = asked.filter((rule) => !rule.local);
  const check = (part: Subject): readonly Finding[] => local.flatMap((rule) => run(rule, part));
  const circumstances = [...local.map(({ code }) => code), subject.core].join();
  const found = memory?.examine(subject, circumstances, check) ?? check(subject);
  return [...found, ...rest.flatMap((rule) => run(rule, subject))].sort(byPlace);
}

function subjectOf(
  policy: CompiledPolicy,
  { text, catalog, reviewed, core = false, unattended = false, ways }: AnalysisInput,
): Subject {
  return {
    text,
    policy,
    ...(catalog ? { tools: knownTools(catalog) } : {}),
    ...(reviewed ? { reviewed: knownTools(reviewed) } : {}),
    core,
    unattended,
    ...(ways ? { ways } : {}),
  };
}

function run({ code, severity, check }: Rule, subject: Subject): readonly Finding[] {
  return [...check(subject)].map((draft) => ({ code, severity, ...draft }));
}

const known = new WeakMap<Catalog, KnownTools>();

/** Remembered for as long as the catalog lives: an editor asks on every keystroke. */
function knownTools(catalog: Catalog): KnownTools {
  let tools = known.get(catalog);
  if (tools === undefined) {
    const byName = toolsByName(catalog);
    tools = { catalog, byName, names: [...byName.keys()] };
    known.set(catalog, tools);
  }
  return tools;
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
