/** Walks the conditions of a valid policy, compiled form and document nodes side by side: findings underline the very value that is wrong. */
import type { Tool } from '../catalog/tool.ts';
import { findArgument, type AbsentArgument, type ArgumentPath } from '../catalog/index.ts';
import {
  matchesPattern,
  type CompiledCondition,
  type CompiledEntry,
  type CompiledPolicy,
  type CompiledPredicate,
  type CompiledRuleset,
  type JsonArray,
  type JsonNode,
  type JsonObject,
} from '../policy/index.ts';
import type { KnownTools, Subject } from './rule.ts';

export interface PlacedRuleset {
  readonly ruleset: CompiledRuleset;
  readonly node: JsonObject;
  /** Absent for `all_tools`. */
  readonly entry?: CompiledEntry;
}

/** The walks are remembered by the policy: several rules take them. */
const placedRulesets = new WeakMap<CompiledPolicy, readonly PlacedRuleset[]>();
const placedConditions = new WeakMap<CompiledPolicy, readonly PlacedCondition[]>();
const placedPredicates = new WeakMap<CompiledPolicy, readonly PlacedPredicate[]>();

/** The entries in document order, then `all_tools`. */
export function rulesetsOf(policy: CompiledPolicy): readonly PlacedRuleset[] {
  let rulesets = placedRulesets.get(policy);
  if (rulesets === undefined) {
    rulesets = placeRulesets(policy);
    placedRulesets.set(policy, rulesets);
  }
  return rulesets;
}

/** By the entries that the policy has, which may be fewer than the document's: what goes on with one entry looks at that one. */
function placeRulesets(policy: CompiledPolicy): readonly PlacedRuleset[] {
  const tools = policy.root.members.get('tools')?.value;
  const entries = [...policy.tools.exact.values(), ...policy.tools.patterns].sort((a, b) => a.start - b.start);
  const placed: PlacedRuleset[] = [];
  for (const entry of entries) {
    const node = tools?.kind === 'object' ? tools.members.get(entry.key)?.value : undefined;
    if (node?.kind === 'object') placed.push({ ruleset: entry, node, entry });
  }
  const all = policy.root.members.get('all_tools')?.value;
  if (policy.allTools && all?.kind === 'object') placed.push({ ruleset: policy.allTools, node: all });
  return placed;
}

export interface PlacedCondition extends PlacedRuleset {
  readonly list: 'deny_if' | 'require';
  readonly condition: CompiledCondition;
  readonly conditionNode: JsonNode;
  /** The array that holds it, and its place there. */
  readonly array: JsonArray;
  readonly index: number;
}

export interface PlacedPredicate extends PlacedCondition {
  readonly predicate: CompiledPredicate;
  readonly path: JsonNode;
  readonly op: JsonNode;
  /** Absent for `exists` without a value. */
  readonly value: JsonNode | undefined;
}

/** Every condition: of each ruleset first those of `deny_if`, as they are asked. */
export function conditionsOf(policy: CompiledPolicy): readonly PlacedCondition[] {
  let conditions = placedConditions.get(policy);
  if (conditions === undefined) {
    conditions = rulesetsOf(policy).flatMap((placed) => [
      ...placeConditions(placed, 'deny_if'),
      ...placeConditions(placed, 'require'),
    ]);
    placedConditions.set(policy, conditions);
  }
  return conditions;
}

function placeConditions(placed: PlacedRuleset, list: PlacedCondition['list']): readonly PlacedCondition[] {
  const conditions = list === 'deny_if' ? placed.ruleset.denyIf : placed.ruleset.require;
  const array = placed.node.members.get(list)?.value;
  if (array?.kind !== 'array') return [];
  return conditions.flatMap((condition, index) => {
    const conditionNode = array.items[index];
    return conditionNode ? [{ ...placed, list, condition, conditionNode, array, index }] : [];
  });
}

/** Every predicate of every condition. */
export function predicatesOf(policy: CompiledPolicy): readonly PlacedPredicate[] {
  let predicates = placedPredicates.get(policy);
  if (predicates === undefined) {
    predicates = conditionsOf(policy).flatMap(predicatesIn);
    placedPredicates.set(policy, predicates);
  }
  return predicates;
}

function predicatesIn(placed: PlacedCondition): readonly PlacedPredicate[] {
  const { condition, conditionNode } = placed;
  const group = itemsOf(conditionNode, 'conditions');
  return condition.predicates.flatMap((predicate) => {
    // By its place in the text: a predicate that cannot be compiled is left out of the condition, and stands in the document.
    const node = group.find(({ start }) => start === predicate.start) ?? conditionNode;
    if (node.kind !== 'object') return [];
    const [path, op] = [node.members.get('path')?.value, node.members.get('op')?.value];
    return path && op ? [{ ...placed, predicate, path, op, value: node.members.get('value')?.value }] : [];
  });
}

const pathKeys = new WeakMap<CompiledPredicate['path']['steps'], string>();

/** Equal for paths that mean the same, however they are written; `undefined` for those with `[*]`, of which each ranges on its own. */
export function pathKey({ root, steps }: CompiledPredicate['path']): string | undefined {
  if (root !== 'args') return root;
  let key = pathKeys.get(steps);
  if (key === undefined) {
    key = steps.some(({ kind }) => kind === 'every') ? '' : JSON.stringify(steps);
    pathKeys.set(steps, key);
  }
  return key === '' ? undefined : key;
}

function itemsOf(node: JsonNode | undefined, key: string): readonly JsonNode[] {
  const value = node?.kind === 'object' ? node.members.get(key)?.value : undefined;
  return value?.kind === 'array' ? value.items : [];
}

/** The known tools that a ruleset governs. */
export function* governedTools(tools: KnownTools, placed: PlacedRuleset): Generator<Tool> {
  const key = placed.entry?.key ?? '*';
  if (!key.includes('*')) {
    const tool = tools.byName.get(key);
    if (tool) yield tool;
    return;
  }
  for (const tool of tools.byName.values()) if (key === '*' || matchesPattern(key, tool.name)) yield tool;
}

/** An argument as one of the governed tools describes it. */
export interface KnownArgument {
  readonly tool: Tool;
  readonly argument: ArgumentPath;
}

/**
 * What the governed tools say of an argument path. `problem` judges one tool's argument and answers `undefined` when it is fine there;
 * the answer is the first problem, and only when no tool finds the argument fine or leaves it open: a rule for many tools need not fit all of them.
 */
export function problemInAll<T>(
  subject: Subject,
  placed: PlacedRuleset,
  path: CompiledPredicate['path'],
  problem: (known: KnownArgument) => T | undefined,
): T | undefined {
  let first: T | undefined;
  for (const tool of subject.tools ? governedTools(subject.tools, placed) : []) {
    const found = findArgument(tool.inputSchema, path.steps);
    if (found.kind === 'open') return undefined;
    if (found.kind === 'absent') continue;
    const answer = problem({ tool, argument: found.argument });
    if (answer === undefined) return undefined;
    first ??= answer;
  }
  return first;
}

/** How the path is absent, when it is so in every governed tool; `undefined` when one knows it, or no tool is known. */
export function absentInAll(
  subject: Subject,
  placed: PlacedRuleset,
  path: CompiledPredicate['path'],
): { readonly tool: Tool; readonly absent: AbsentArgument } | undefined {
  let first: { tool: Tool; absent: AbsentArgument } | undefined;
  for (const tool of subject.tools ? governedTools(subject.tools, placed) : []) {
    const found = findArgument(tool.inputSchema, path.steps);
    if (found.kind !== 'absent') return undefined;
    first ??= { tool, absent: found };
  }
  return first;
}
