/**
 * A policy with each condition and limit settled that cannot be known for a call. It is judged twice: once as if each such condition let the call
 * pass, once as if it denied; only where both agree is the answer known.
 */
import {
  governingEntries,
  type CompiledCondition,
  type CompiledPolicy,
  type CompiledRuleset,
} from '../policy/index.ts';
import { knows, type Knowledge } from './knowledge.ts';
import { pathsFor, type NamedPaths } from './named.ts';

export interface Settled {
  readonly kindest: CompiledPolicy;
  /** The same one where everything is known. */
  readonly strictest: CompiledPolicy;
  /** Paths at which it is not known what the call had. */
  readonly missing: readonly string[];
}

interface ForTool {
  /** Of the policy's entries, those that govern the tool. */
  readonly policy: CompiledPolicy;
  readonly paths: NamedPaths;
  /** By which of the paths are known. */
  readonly settled: Map<string, Settled>;
}

/** Names of tools are anyone's: more of them are not remembered. */
const MAX_TOOLS = 4_096;

/** Calls of a tool about which the same is known are judged by the same policies, which are made once. */
export class Settling {
  readonly #policy: CompiledPolicy;
  readonly #tools = new Map<string, ForTool>();

  constructor(policy: CompiledPolicy) {
    this.#policy = policy;
  }

  of(knowledge: Knowledge): Settled {
    const { policy, paths, settled } = this.#tool(knowledge.record.tool);
    const known = [...paths].map(([text, path]) => [text, knows(knowledge, path)] as const);
    const mask = known.map(([, isKnown]) => (isKnown ? '1' : '0')).join('');
    const found = settled.get(mask) ?? settle(policy, new Map(known));
    settled.set(mask, found);
    return found;
  }

  #tool(tool: string): ForTool {
    const known = this.#tools.get(tool);
    if (known) return known;
    if (this.#tools.size >= MAX_TOOLS) this.#tools.clear();
    const made = { policy: narrowed(this.#policy, tool), paths: pathsFor(this.#policy, tool), settled: new Map() };
    this.#tools.set(tool, made);
    return made;
  }
}

function narrowed(policy: CompiledPolicy, tool: string): CompiledPolicy {
  const exact = policy.tools.exact.get(tool);
  const patterns = governingEntries(policy, tool).filter((entry) => entry !== exact);
  return { ...policy, tools: { exact: new Map(exact ? [[tool, exact]] : []), patterns } };
}

type Known = ReadonlyMap<string, boolean>;

function settle(policy: CompiledPolicy, known: Known): Settled {
  const missing = [...known].flatMap(([text, isKnown]) => (isKnown ? [] : [text]));
  if (missing.length === 0) return { kindest: policy, strictest: policy, missing };
  return { kindest: leaning(policy, known, 'passes'), strictest: leaning(policy, known, 'denies'), missing };
}

type Leaning = 'passes' | 'denies';

function leaning(policy: CompiledPolicy, known: Known, to: Leaning): CompiledPolicy {
  const settle = <T extends CompiledRuleset>(ruleset: T): T => settledRuleset(ruleset, known, to);
  const { exact, patterns } = policy.tools;
  const tools = {
    exact: new Map([...exact].map(([key, entry]) => [key, settle(entry)] as const)),
    patterns: patterns.map(settle),
  };
  return { ...policy, tools, ...(policy.allTools ? { allTools: settle(policy.allTools) } : {}) };
}

function settledRuleset<T extends CompiledRuleset>(ruleset: T, known: Known, to: Leaning): T {
  const isKnown = ({ predicates }: CompiledCondition): boolean =>
    predicates.every(({ pathText }) => known.get(pathText));
  const limits = ruleset.limits.filter(({ incrementFrom }) => !incrementFrom || known.get(incrementFrom.text));
  const denyIf = ruleset.denyIf.filter(isKnown);
  const require = ruleset.require.filter(isKnown);
  const left = limits.length + denyIf.length + require.length;
  const isAll = left === ruleset.limits.length + ruleset.denyIf.length + ruleset.require.length;
  const { start, end, prefix } = ruleset;
  // A group without predicates always holds.
  const denial = { start, end, rule: prefix, predicates: [] };
  return { ...ruleset, limits, require, denyIf: isAll || to === 'passes' ? denyIf : [...denyIf, denial] };
}
