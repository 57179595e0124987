/** Changes of one place in a document, by its path: nothing else loses a byte. Like all changes of this room they propose and judge nothing. */
import { addItems, removeItem, removeMember, type TextChange } from './changes.ts';
import type { JsonNode, JsonObject } from './json/node.ts';
import { setMembers, withoutUndefined } from './member-changes.ts';

/** Keys and indexes from the document's root. */
export type NodePath = readonly (string | number)[];

export function nodeAt(root: JsonNode, path: NodePath): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>((node, step) => node && childAt(node, step), root);
}

function childAt(node: JsonNode, step: string | number): JsonNode | undefined {
  if (typeof step === 'number') return node.kind === 'array' ? node.items[step] : undefined;
  return node.kind === 'object' ? node.members.get(step)?.value : undefined;
}

/** Writes members of the object at `path`; `undefined` takes one out. Objects that are missing on the way, or empty, are written whole. */
export function setMembersAt(
  text: string,
  root: JsonObject,
  path: NodePath,
  members: Readonly<Record<string, unknown>>,
): readonly TextChange[] {
  const node = nodeAt(root, path);
  if (node?.kind === 'object' && (node.members.size > 0 || path.length === 0))
    return setMembers(text, node, new Map(Object.entries(members)));
  const holder = path.slice(0, -1);
  const key = path.at(-1);
  if (typeof key !== 'string') return [];
  return setMembersAt(text, root, holder, { [key]: withoutUndefined(members) });
}

/** Adds an item at the end of the list at `path`, and the list where there is none. */
export function addItemAt(text: string, root: JsonObject, path: NodePath, item: unknown): readonly TextChange[] {
  const list = nodeAt(root, path);
  if (list?.kind === 'array') return [addItems(text, list, [item])];
  const key = path.at(-1);
  return typeof key === 'string' ? setMembersAt(text, root, path.slice(0, -1), { [key]: [item] }) : [];
}

/** Takes a member or an item out, and what would be left empty above it, down to `keep` steps from the root. */
export function removeAt(root: JsonObject, path: NodePath, keep: number): readonly TextChange[] {
  const holder = nodeAt(root, path.slice(0, -1));
  const step = path.at(-1);
  if (holder === undefined || step === undefined || nodeAt(root, path) === undefined) return [];
  const last =
    holder.kind === 'array' ? holder.items.length === 1 : holder.kind === 'object' && holder.members.size === 1;
  if (last && path.length - 1 > keep) return removeAt(root, path.slice(0, -1), keep);
  if (holder.kind === 'array') return typeof step === 'number' ? removeItem(holder, step) : [];
  return holder.kind === 'object' && typeof step === 'string' ? removeMember(holder, step) : [];
}

/** Gives an item of a list another place: the texts of the items change places, what stands between them stays. */
export function moveItemAt(text: string, root: JsonObject, path: NodePath, to: number): readonly TextChange[] {
  const list = nodeAt(root, path.slice(0, -1));
  const from = path.at(-1);
  if (list?.kind !== 'array' || typeof from !== 'number' || from === to) return [];
  const moved = list.items[from];
  if (moved === undefined || list.items[to] === undefined) return [];
  const order = list.items.toSpliced(from, 1).toSpliced(to, 0, moved);
  return list.items.flatMap((item, index) => {
    const now = order[index];
    if (now === undefined || now === item) return [];
    return [{ span: { start: item.start, end: item.end }, text: text.slice(now.start, now.end) }];
  });
}
