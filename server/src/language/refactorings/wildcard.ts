/**
 * Alike entries of tools with alike names become one entry of a pattern. Only where that keeps every decision about every tool that the
 * server lists (policy language §2): entries that count are not among them, since a pattern's counter is another one.
 */
import {
  isOrdinaryName,
  matchesPattern,
  type CompiledEntry,
  type CompiledPolicy,
  type TextChange,
} from '../../policy/index.ts';
import { removeMembers, replaceBy } from '../../policy/changes.ts';
import { objectAt } from '../../policy/json/access.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

/** Two entries are as easy to read as a pattern. */
const FEWEST = 3;

interface Family {
  readonly pattern: string;
  /** Keys of `tools` that the pattern stands for, in document order. */
  readonly names: readonly string[];
}

export function wildcardRefactorings({ policy, tools, name }: RefactoringContext): readonly Refactoring[] {
  const entry = name === undefined ? undefined : policy.tools.exact.get(name);
  const listed = tools.catalog?.tools.map((tool) => tool.name) ?? [];
  if (name === undefined || entry === undefined || counts(entry) || listed.length === 0) return [];
  const alike = new Set(alikeNames(policy, name));
  const families = patternsFor(name).flatMap((pattern) => familyOf(policy, pattern, alike, listed) ?? []);
  const [widest] = families.toSorted((a, b) => b.names.length - a.names.length || b.pattern.length - a.pattern.length);
  if (widest === undefined) return [];
  const what = `Write ${widest.names.length} alike entries as "${widest.pattern}"`;
  const warning =
    'Nothing changes for the tools that the server has now; what it adds later under such names falls under the pattern. The log, and tests that expect a rule, name the pattern from then on.';
  return [{ title: `${what}, which ${laterTools(entry)}`, changes: merged(policy, widest), warning }];
}

const counts = ({ limits, rateLimit }: CompiledEntry): boolean => limits.length > 0 || rateLimit !== undefined;

function laterTools({ action, denyIf, require }: CompiledEntry): string {
  if (action?.value === 'deny') return 'also denies later tools of such names';
  if (action?.value === 'require_approval') return 'also asks about later tools of such names';
  const under = denyIf.length + require.length > 0 ? ', under the same conditions,' : '';
  return `also allows${under} later tools of such names`;
}

/** Exact keys whose entries say the same as the one of `name`, in the same order. */
function alikeNames({ root, source }: CompiledPolicy, name: string): readonly string[] {
  const members = objectAt(root, 'tools')?.members;
  const saying = (key: string): string | undefined => {
    const value = members?.get(key)?.value;
    return value && JSON.stringify(JSON.parse(source.slice(value.start, value.end)));
  };
  const wanted = saying(name);
  return [...(members?.keys() ?? [])].filter((key) => isOrdinaryName(key) && saying(key) === wanted);
}

/** By the words of the name: `get_*`, `*_file`, also where words begin with a capital. */
function patternsFor(name: string): readonly string[] {
  const separators = [...name.matchAll(/[_./-]/g)].map(({ index }) => index);
  const capitals = [...name.matchAll(/(?<=[a-z0-9])[A-Z]/g)].map(({ index }) => index);
  return [
    ...[...separators.map((index) => index + 1), ...capitals].map((end) => `${name.slice(0, end)}*`),
    ...[...separators, ...capitals].map((start) => `*${name.slice(start)}`),
  ].filter((pattern) => pattern !== `${name}*` && pattern !== `*${name}`);
}

function familyOf(
  policy: CompiledPolicy,
  pattern: string,
  alike: ReadonlySet<string>,
  listed: readonly string[],
): Family | undefined {
  const { exact, patterns } = policy.tools;
  if (patterns.some(({ key }) => key === pattern)) return undefined;
  const names = [...alike].filter((name) => matchesPattern(pattern, name));
  const strangers = [...exact.keys(), ...listed].some((name) => matchesPattern(pattern, name) && !alike.has(name));
  const states = names.some((name) => exact.get(name)?.action !== undefined);
  return names.length < FEWEST || strangers || (states && names.some((name) => isSpokenFor(policy, name)))
    ? undefined
    : { pattern, names };
}

/** Whether a pattern states an action for the tool: the exact entry's own is above it, another pattern's is beside it. */
function isSpokenFor({ tools: { patterns } }: CompiledPolicy, name: string): boolean {
  return patterns.some(({ key, action }) => action !== undefined && matchesPattern(key, name));
}

/** The first entry stays as it is written, under another key. */
function merged({ root }: CompiledPolicy, { pattern, names: [first = '', ...others] }: Family): readonly TextChange[] {
  const tools = objectAt(root, 'tools');
  const member = tools?.members.get(first);
  return tools && member ? [replaceBy(member.key, pattern), ...removeMembers(tools, others)] : [];
}
