/** Which tool names a policy can speak of at all, and which of its entries speak of one (policy language §2 and §3, steps 2, 3 and 5). */
import type { CompiledEntry, CompiledPolicy, CompiledRuleset, HiddenPattern } from './compiled.ts';
import { matchesPattern } from './pattern.ts';

const MAX_CODE_POINTS = 128;
/** Control, format and separator characters, halves of surrogate pairs, and the star that makes a pattern. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Z}\p{Surrogate}*]/u;
const ORDINARY = /^[A-Za-z0-9_./-]+$/;

/** Whether a pattern can let a tool of this name through; others must be written out (step 2). */
export function isOrdinaryName(name: string): boolean {
  return ORDINARY.test(name) && isCallableName(name);
}

/** Step 2: names that hide what they are, or that only a policy which writes them out can mean. */
export function isUnsafeName(policy: CompiledPolicy, name: string): boolean {
  return !isCallableName(name) || (!ORDINARY.test(name) && !policy.tools.exact.has(name));
}

/** Whether any policy at all can let a call of this name through: one that writes the name out. */
export function isCallableName(name: string): boolean {
  if (name === '' || (name.length > MAX_CODE_POINTS && [...name].length > MAX_CODE_POINTS)) return false;
  return ORDINARY.test(name) || !FORBIDDEN.test(name);
}

/** The item of `hide` that `name` matches: the exact one, else the first pattern. */
export function hidingPattern(policy: CompiledPolicy, name: string): HiddenPattern | undefined {
  const { exact, patterns } = policy.hide;
  return exact.get(name) ?? patterns.find(({ key }) => matchesPattern(key, name));
}

/** Entries whose key fits `name`: the exact one first, then patterns in document order. */
export function governingEntries(policy: CompiledPolicy, name: string): readonly CompiledEntry[] {
  const { exact, patterns } = policy.tools;
  const entry = exact.get(name);
  const fitting = patterns.filter(({ key }) => matchesPattern(key, name));
  return entry ? [entry, ...fitting] : fitting;
}

/** The entries and, last, `all_tools`: everything that restricts the tool, in the order in which it is asked. */
export function governingRulesets(
  policy: CompiledPolicy,
  entries: readonly CompiledEntry[],
): readonly CompiledRuleset[] {
  return policy.allTools ? [...entries, policy.allTools] : entries;
}

/** Everything in a policy that restricts tools: exact entries, patterns in document order and, last, `all_tools`. */
export function rulesetsIn({ tools, allTools }: CompiledPolicy): readonly CompiledRuleset[] {
  return [...tools.exact.values(), ...tools.patterns, ...(allTools ? [allTools] : [])];
}

/** `"*"` alone adds rules to every tool and lists none. */
export function isListed(entries: readonly CompiledEntry[]): boolean {
  return entries.some(({ key }) => key !== '*');
}

/** The entry that states the action in force; undefined when none states one, which allows. */
export function decidingEntry(entries: readonly CompiledEntry[], name: string): CompiledEntry | undefined {
  const exact = entries.find(({ key, action }) => key === name && action);
  const stating = (value: string): CompiledEntry | undefined => entries.find(({ action }) => action?.value === value);
  return exact ?? stating('deny') ?? stating('require_approval') ?? stating('allow');
}
