/**
 * Cuts out of a call's arguments what some paths look at, so that each of them finds in the excerpt what it found in the call, and nothing else is left.
 * Where a path meets a value of another kind than it expects, that it did is left, and not the value.
 */
import {
  visitValues,
  writeJson,
  type JsonNode,
  type JsonObject,
  type ParsedPath,
  type PathStep,
} from '../policy/index.ts';
import type { KeptValues, Withheld } from '../protocol/values.ts';
import type { NamedPaths } from './named.ts';

/** So many characters of JSON one value may have, and the whole excerpt. */
const MAX_VALUE = 4_096;
const MAX_EXCERPT = 16_384;

/** `isSecret`: whether a value, or what it is called, must not be kept. */
export function excerptOf(
  args: JsonObject,
  named: NamedPaths,
  isSecret: (value: JsonNode, path: ParsedPath) => boolean,
): KeptValues {
  const withheld: [string, Withheld][] = [];
  const kept: [string, ParsedPath][] = [];
  for (const [text, path] of named) {
    const reason = reasonToWithhold(args, path, isSecret);
    if (reason === undefined) kept.push([text, path]);
    else withheld.push([text, reason]);
  }
  const paths = kept.map(([text]) => text);
  const text = writeJson(cut(args, treeOf(kept.map(([, path]) => path))));
  if (text.length <= MAX_EXCERPT) return { paths, withheld: Object.fromEntries(withheld), args: text };
  const all = [...withheld, ...paths.map((path): [string, Withheld] => [path, 'too large'])];
  return { paths: [], withheld: Object.fromEntries(all), args: '{}' };
}

function reasonToWithhold(
  args: JsonObject,
  path: ParsedPath,
  isSecret: (value: JsonNode, path: ParsedPath) => boolean,
): Withheld | undefined {
  let reason: Withheld | undefined;
  let size = 0;
  visitValues(path, { arguments: args, tool: '', upstream: 'unchecked', caller: NOBODY }, (value) => {
    if (value === undefined || value === 'unreachable') return;
    size += value.end - value.start;
    if (size > MAX_VALUE) reason ??= 'too large';
    else if (isSecret(value, path)) reason = 'redacted';
  });
  return reason;
}

const NOBODY = { grantId: '', grantLabel: '', session: '' };

/** What is left of a value: all of it, or what lies at the steps that lead on. */
interface Tree {
  whole: boolean;
  readonly keys: Map<string, Tree>;
  readonly indexes: Map<number, Tree>;
  every: Tree | undefined;
}

const empty = (): Tree => ({ whole: false, keys: new Map(), indexes: new Map(), every: undefined });

function treeOf(paths: readonly ParsedPath[]): Tree {
  const root = empty();
  for (const { steps } of paths) {
    let at = root;
    for (const step of steps) at = branch(at, step);
    at.whole = true;
  }
  return root;
}

function branch(tree: Tree, step: PathStep): Tree {
  switch (step.kind) {
    case 'every':
      return (tree.every ??= empty());
    case 'key':
      return grown(tree.keys, step.name);
    case 'index':
      return grown(tree.indexes, step.index);
  }
}

function grown<K>(branches: Map<K, Tree>, key: K): Tree {
  const found = branches.get(key) ?? empty();
  branches.set(key, found);
  return found;
}

const NOWHERE = { start: 0, end: 0 };
const NULL: JsonNode = { kind: 'null', ...NOWHERE };
/** Stands for a value without parts that was not asked for. */
const PLAIN: JsonNode = { kind: 'boolean', value: false, ...NOWHERE };

function cut(node: JsonNode, ...trees: readonly Tree[]): JsonNode {
  if (node.kind === 'null' || trees.some(({ whole }) => whole)) return node;
  if (node.kind === 'object') return cutObject(node, trees);
  if (node.kind === 'array') return cutArray(node.items, trees);
  return PLAIN;
}

function cutObject(node: JsonObject, trees: readonly Tree[]): JsonNode {
  const members = [...node.members].flatMap(([name, { key, value }]) => {
    const wanted = trees.flatMap(({ keys }) => keys.get(name) ?? []);
    return wanted.length === 0 ? [] : [[name, { key, value: cut(value, ...wanted) }] as const];
  });
  return { kind: 'object', members: new Map(members), ...NOWHERE };
}

/** How many items there are matters only to a path that visits every one. */
function cutArray(items: readonly JsonNode[], trees: readonly Tree[]): JsonNode {
  const isAll = trees.some(({ every }) => every);
  const last = Math.max(-1, ...trees.flatMap(({ indexes }) => [...indexes.keys()]));
  const kept = isAll ? items : items.slice(0, last + 1);
  const cutItems = kept.map((item, index) => {
    const wanted = trees.flatMap(({ every, indexes }) => [every ?? [], indexes.get(index) ?? []].flat());
    return wanted.length === 0 ? NULL : cut(item, ...wanted);
  });
  return { kind: 'array', items: cutItems, ...NOWHERE };
}
