/**
 * What a condition decides for every call that fits the governed tools' schemas. It claims only what it can prove; the numbers that no
 * operator judges, and texts over 64 KiB, are left aside (they deny).
 */
import { findArgument, type Tool } from '../../catalog/index.ts';
import type { CompiledPredicate } from '../../policy/index.ts';
import { governedTools, pathKey, type PlacedCondition } from '../conditions.ts';
import type { Subject } from '../rule.ts';
import { isPossible } from './conform.ts';
import { presenceOf } from './presence.ts';
import { constantsOf, jointOutcome, type Outcome } from './sample.ts';
import { schemaSamples } from './samples.ts';

/** `denies`: every call; `passes`: every call, as far as this condition goes. */
export type Verdict = 'denies' | 'passes';

/** Conditions that compare with more values are not judged. */
const MAX_CONSTANTS = 500;

interface Judged {
  readonly verdict: Verdict;
  /** The first of the tools that it was judged for. */
  readonly tool: Tool;
}

const judgedIn = new WeakMap<Subject, Map<PlacedCondition, Judged | undefined>>();

/** The same verdict in every governed tool, or none. Remembered for as long as the subject lives: two rules ask. */
export function schemaVerdict(subject: Subject, placed: PlacedCondition): Judged | undefined {
  let judged = judgedIn.get(subject);
  if (judged === undefined) judgedIn.set(subject, (judged = new Map<PlacedCondition, Judged | undefined>()));
  if (!judged.has(placed)) judged.set(placed, judge(subject, placed));
  return judged.get(placed);
}

function judge(subject: Subject, placed: PlacedCondition): Judged | undefined {
  const groups = groupsByPath(placed.condition.predicates);
  if (!subject.tools || groups === undefined) return undefined;
  let first: Judged | undefined;
  for (const tool of governedTools(subject.tools, placed)) {
    const verdict = verdictIn(tool, placed.list, groups);
    if (verdict === undefined || (first && first.verdict !== verdict)) return undefined;
    first ??= { verdict, tool };
  }
  return first;
}

interface PathGroup {
  readonly steps: CompiledPredicate['path']['steps'];
  readonly predicates: CompiledPredicate[];
  /** With `[*]` the group is one predicate: each ranges on its own (policy language §4). */
  readonly everyElement: boolean;
}

/** `undefined` for conditions that are not judged: none, or too much, or not about arguments. */
function groupsByPath(predicates: readonly CompiledPredicate[]): readonly PathGroup[] | undefined {
  if (predicates.length === 0) return undefined;
  if (!predicates.every(isJudged)) return undefined;
  const [only, ...others] = predicates;
  if (only && others.length === 0) return [groupOf(only, pathKey(only.path) === undefined)];
  const groups = new Map<string, PathGroup>();
  for (const [index, predicate] of predicates.entries()) {
    const key = pathKey(predicate.path);
    const group = key === undefined ? undefined : groups.get(key);
    if (group) group.predicates.push(predicate);
    else groups.set(key ?? String(index), groupOf(predicate, key === undefined));
  }
  return [...groups.values()];
}

function isJudged(predicate: CompiledPredicate): boolean {
  const { root, steps } = predicate.path;
  return root === 'args' && steps.length > 0 && constantsOf(predicate).length <= MAX_CONSTANTS;
}

function groupOf(predicate: CompiledPredicate, everyElement: boolean): PathGroup {
  return { steps: predicate.path.steps, predicates: [predicate], everyElement };
}

/** What the predicates of one path can come to. */
interface Range {
  readonly holds: boolean;
  readonly fails: boolean;
  readonly unknown: boolean;
}

function verdictIn(tool: Tool, list: PlacedCondition['list'], groups: readonly PathGroup[]): Verdict | undefined {
  const ranges: Range[] = [];
  for (const group of groups) {
    const range = rangeOf(tool.inputSchema, group, list);
    if (range === undefined) return undefined;
    ranges.push(range);
  }
  const alwaysFails = ranges.some(({ holds, unknown }) => !holds && !unknown);
  if (list === 'deny_if') {
    if (alwaysFails) return 'passes';
    return ranges.every(({ fails }) => !fails) ? 'denies' : undefined;
  }
  if (ranges.some(({ holds }) => !holds)) return 'denies';
  return ranges.every(({ fails, unknown }) => !fails && !unknown) ? 'passes' : undefined;
}

/** Whether neither verdict can come of it any more. */
function isOpen({ holds, fails, unknown }: Range, list: PlacedCondition['list']): boolean {
  return list === 'deny_if' ? fails && (holds || unknown) : holds && (fails || unknown);
}

/** `undefined` where the schema does not know the argument, or another rule reports what is compared with it. */
function rangeOf(schema: unknown, group: PathGroup, list: PlacedCondition['list']): Range | undefined {
  const { steps, predicates, everyElement } = group;
  const found = findArgument(schema, steps);
  if (found.kind !== 'found') return undefined;
  const { argument } = found;
  const constants = predicates.flatMap(constantsOf);
  const compared = predicates.filter(({ op }) => !ORDERS.has(op)).flatMap(constantsOf);
  if (compared.some((node) => !isPossible(node, argument))) return undefined;
  // An empty array has no element: it holds in `require` and does not in `deny_if`.
  const range = {
    holds: everyElement && list === 'require',
    fails: everyElement && list === 'deny_if',
    unknown: false,
  };
  // An operator that judges no value of the argument's type is another rule's finding.
  let judged = false;
  for (const sample of schemaSamples(constants, argument, presenceOf(schema, steps, argument))) {
    const outcome = jointOutcome(predicates, sample);
    judged ||= outcome !== 'unknown' && sample.value !== undefined;
    widen(range, outcome);
    if (isOpen(range, list)) break;
  }
  return judged ? range : undefined;
}

const ORDERS: ReadonlySet<string> = new Set(['lt', 'lte', 'gt', 'gte']);

function widen(range: { holds: boolean; fails: boolean; unknown: boolean }, outcome: Outcome): void {
  if (outcome === 'holds' || outcome === 'any') range.holds = true;
  if (outcome === 'fails' || outcome === 'any') range.fails = true;
  if (outcome === 'unknown' || outcome === 'any') range.unknown = true;
}
