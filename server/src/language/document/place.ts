/** What a document path means in a policy: which ruleset, which condition. Pure. */
import type { DocumentPath } from './cursor.ts';
import type { DraftNode } from './draft.ts';
import type { Present, Step } from '../schema/walk.ts';

/** Whose rules they are: the key of an entry in `tools` (a name or a pattern), or every tool's. */
export type Owner = { readonly kind: 'entry'; readonly key: string } | { readonly kind: 'all_tools' };

/** A path inside a ruleset, split at the ruleset. */
export interface RulesetPlace {
  readonly owner: Owner;
  /** The path from the ruleset on, for example `['deny_if', 0, 'path']`. */
  readonly rest: DocumentPath;
}

export function rulesetAt(path: DocumentPath): RulesetPlace | undefined {
  const [first, key] = path;
  if (first === 'all_tools') return { owner: { kind: 'all_tools' }, rest: path.slice(1) };
  if (first === 'tools' && typeof key === 'string') return { owner: { kind: 'entry', key }, rest: path.slice(2) };
  return undefined;
}

/** A path to a member of a predicate, alone or in a group. */
export interface PredicatePlace {
  readonly owner: Owner;
  readonly list: 'deny_if' | 'require';
  /** The path of the predicate itself. */
  readonly predicate: DocumentPath;
  /** The path from the predicate on, for example `['value', 0]`. */
  readonly rest: DocumentPath;
}

export function predicateAt(path: DocumentPath): PredicatePlace | undefined {
  const place = rulesetAt(path);
  const list = place?.rest[0];
  if (place === undefined || (list !== 'deny_if' && list !== 'require')) return undefined;
  const inGroup = place.rest[2] === 'conditions' && typeof place.rest[3] === 'number';
  const length = path.length - place.rest.length + (inGroup ? 4 : 2);
  if (path.length <= length) return undefined;
  return { owner: place.owner, list, predicate: path.slice(0, length), rest: path.slice(length) };
}

/** The node at a path, if the tree has it. Of duplicate keys the first. */
export function nodeAt(root: DraftNode | undefined, path: DocumentPath): DraftNode | undefined {
  let node = root;
  for (const step of path) node = node === undefined ? undefined : childAt(node, step);
  return node;
}

function childAt(node: DraftNode, step: string | number): DraftNode | undefined {
  if (node.kind === 'array') return typeof step === 'number' ? node.items[step] : undefined;
  if (node.kind !== 'object') return undefined;
  return node.members.find(({ key }) => key.value === step)?.value;
}

/** The string, number or boolean at a path; `undefined` for anything else. */
export function scalarAt(root: DraftNode | undefined, path: DocumentPath): string | number | boolean | undefined {
  const node = nodeAt(root, path);
  return node === undefined || node.kind === 'object' || node.kind === 'array' ? undefined : (node.value ?? undefined);
}

export function keysOf(node: DraftNode | undefined): readonly string[] {
  return node?.kind === 'object' ? node.members.map(({ key }) => String(key.value)) : [];
}

/** What an object has: its keys, with their values where those are scalars. */
export function presentIn(node: DraftNode | undefined): Present {
  if (node?.kind !== 'object') return new Map();
  return new Map(node.members.map(({ key, value }) => [String(key.value), value && scalarAt(value, [])]));
}

/** The steps that lead to `path`, for asking the schema. */
export function stepsTo(root: DraftNode | undefined, path: DocumentPath): readonly Step[] {
  let node = root;
  return path.map((key) => {
    const step = { key, siblings: presentIn(node) };
    node = node === undefined ? undefined : childAt(node, key);
    return step;
  });
}
