/** Examines one policy text: what makes it invalid or, when it is valid, what its rules do that their author cannot want. */
import { toolsByName, type Catalog } from '../catalog/index.ts';
import { compilePolicy, type CompiledPolicy } from '../policy/index.ts';
import type { Finding } from './finding.ts';
import { problemFindings } from './problems.ts';
import type { KnownTools, Subject } from './rule.ts';
import { SEMANTIC_RULES } from './table.ts';

export interface AnalysisInput {
  readonly text: string;
  /** The tools of the server that the policy governs; without them, rules that need them stay silent. */
  readonly catalog?: Catalog;
  /** Report what the hosted gateway's documented language does not have. Default false. */
  readonly core?: boolean;
  /** What `compilePolicy` made of the very same text, to save compiling it again. */
  readonly policy?: CompiledPolicy;
}

/** Findings in document order. Never throws; whether the text is meant to be a policy at all is the caller's question. */
export function analyze(input: AnalysisInput): readonly Finding[] {
  const compiled = input.policy ? { ok: true as const, policy: input.policy } : compilePolicy(input.text);
  if (!compiled.ok) return problemFindings(input.text, compiled.problems);
  const subject: Subject = {
    text: input.text,
    policy: compiled.policy,
    ...(input.catalog ? { tools: knownTools(input.catalog) } : {}),
    core: input.core ?? false,
  };
  return SEMANTIC_RULES.flatMap((rule) => run(rule, subject)).sort(byPlace);
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
