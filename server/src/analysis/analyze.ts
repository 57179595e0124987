/** Examines one policy text: what makes it invalid or, when it is valid, what its rules do that their author cannot want. */
import { toolsByName, type Catalog } from '../catalog/index.ts';
import { compilePolicy, type CompiledPolicy } from '../policy/index.ts';
import type { Finding } from './finding.ts';
import { problemFindings } from './problems.ts';
import type { KnownTools, RuleInfo, Subject } from './rule.ts';
import { settle, type FindingSettings, type Settled } from './settings.ts';
import { CONFIGURABLE, SEMANTIC_RULES } from './table.ts';

export interface AnalysisInput {
  readonly text: string;
  /** The tools of the server that the policy governs; without them, rules that need them stay silent. */
  readonly catalog?: Catalog;
  /** Report what the hosted gateway's documented language does not have. Default false. */
  readonly core?: boolean;
  /** How severe rules are, and what is excused. */
  readonly settings?: FindingSettings;
  /** What `compilePolicy` made of the very same text, to save compiling it again. */
  readonly policy?: CompiledPolicy;
}

/** Findings in document order, those that are excused left out. Never throws; whether the text is meant to be a policy at all is the caller's question. */
export function analyze(input: AnalysisInput): readonly Finding[] {
  return examine(input).findings;
}

/** The same, with what is excused. */
export function examine(input: AnalysisInput): Settled {
  const compiled = input.policy ? { ok: true as const, policy: input.policy } : compilePolicy(input.text);
  if (!compiled.ok) return { findings: problemFindings(input.text, compiled.problems), excused: [] };
  const subject: Subject = {
    text: input.text,
    policy: compiled.policy,
    ...(input.catalog ? { tools: knownTools(input.catalog) } : {}),
    core: input.core ?? false,
  };
  const { settings = {} } = input;
  const isOn = ({ code }: RuleInfo): boolean => settings.rules?.[code] !== 'off';
  const found = SEMANTIC_RULES.filter(isOn)
    .flatMap((rule) => run(rule, subject))
    .sort(byPlace);
  const hasRun = (code: string): boolean => subject.tools !== undefined && (subject.core || code !== 'not-core');
  return settle(found, subject.policy, settings, { codes: CONFIGURABLE, hasRun });
}

function run({ code, severity, check }: (typeof SEMANTIC_RULES)[number], subject: Subject): readonly Finding[] {
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
