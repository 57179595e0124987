/**
 * Reads a later version of a text that was read before: what stands before and behind the change is taken from the earlier tree, and only
 * what stands around the change is read. The result is what reading the whole text gives, problems included, because it is the same reader:
 * it begins in the state in which it once came by, and stops where it is again in a state in which it was.
 */
import { differenceOf, type Difference } from './difference.ts';
import { MAX_DEPTH } from './limits.ts';
import { firstIndex, membersInOrder } from './members.ts';
import { movedMember } from './moved.ts';
import type { JsonMember, JsonNode, JsonObject, JsonReading } from './node.ts';
import { Reader, readJson, type OpenContainer, type OpenObject, type Resumption } from './reader.ts';

/** A text that is JSON, and its tree. */
export interface ReadText {
  readonly text: string;
  readonly root: JsonNode;
}

/** The same as `readJson(text)`; the sooner done the smaller the change since `before` is. `text`: as `decodeText` leaves it. */
export function readJsonAgain(text: string, before: ReadText | undefined): JsonReading {
  if (before?.text === text) return { ok: true, root: before.root };
  const change = before && differenceOf(before.text, text);
  const spine = change ? spineOf(before.root, change) : [];
  if (!change || spine.length === 0) return readJson(text);
  return new Reader(text, MAX_DEPTH, resumption(spine, change)).read();
}

/** The objects around a change, from the outermost in. */
function spineOf(root: JsonNode, change: Difference): readonly JsonObject[] {
  const spine: JsonObject[] = [];
  for (let node: JsonNode | undefined = root; node?.kind === 'object' && surrounds(node, change);) {
    spine.push(node);
    const members = membersInOrder(node);
    node = members[firstIndex(members, ({ member }) => member.value.end > change.start)]?.member.value;
  }
  return spine;
}

/** Whether both brackets stand outside of the change. */
function surrounds({ start, end }: JsonObject, change: Difference): boolean {
  return start < change.start && change.oldEnd < end;
}

interface Earlier {
  readonly spine: readonly JsonObject[];
  readonly change: Difference;
  /** Which member of the earlier object has a key that stands before it now: until the reader is there, nobody has to look again. */
  readonly twins: WeakMap<OpenObject, number>;
}

function resumption(spine: readonly JsonObject[], change: Difference): Resumption {
  const open = spine.map((object) => reopened(object, change));
  const kept = [...(open.at(-1)?.members.values() ?? [])].at(-1);
  const at = kept?.value.end ?? (open.at(-1)?.start ?? 0) + 1;
  const twins = new WeakMap<OpenObject, number>();
  return { open, at, whole: (now, end) => joined(now, end, { spine, change, twins }) };
}

/** An object as it was when the reader came to the change: with the members that end before it, and waiting for the value that is changed. */
function reopened(object: JsonObject, change: Difference): OpenObject {
  const all = membersInOrder(object);
  // What ends right at the change may go on in it.
  const count = firstIndex(all, ({ member }) => member.value.end >= change.start);
  const members = new Map<string, JsonMember>();
  for (const { key, member } of all.slice(0, count)) members.set(key, member);
  const next = all[count];
  const { start } = object;
  return { kind: 'object', start, members, name: next?.key ?? '', key: next?.member.key ?? { start, end: start } };
}

/**
 * The whole tree, if the value that ends at `end` is followed by what the earlier text has behind a value of the same object: from there on
 * the reader would do what it did.
 */
function joined(open: readonly OpenContainer[], end: number, { spine, change, twins }: Earlier): JsonNode | undefined {
  const depth = open.length - 1;
  const [container, before] = [open[depth], spine[depth]];
  if (end < change.newEnd || container?.kind !== 'object' || container.start !== before?.start) return undefined;
  const by = change.newEnd - change.oldEnd;
  const members = membersInOrder(before);
  const same = firstIndex(members, ({ member }) => member.value.end >= end - by);
  if (members[same]?.member.value.end !== end - by) return undefined;
  // A key that stands twice is reported where the second stands: the reader goes on and finds it.
  if (same < (twins.get(container) ?? 0)) return undefined;
  const twin = members.findIndex(({ key }, index) => index > same && container.members.has(key));
  if (twin >= 0) twins.set(container, twin);
  return twin >= 0 ? undefined : closed(open, spine, by, same + 1);
}

/** Closes all that is open with what the earlier text has behind it. `from`: the first of the innermost object's members that is still to come. */
function closed(
  open: readonly OpenContainer[],
  spine: readonly JsonObject[],
  by: number,
  from: number,
): JsonNode | undefined {
  let node: JsonNode | undefined;
  for (let depth = open.length - 1; depth >= 0; depth--) {
    const [container, before] = [open[depth], spine[depth]];
    if (container?.kind !== 'object' || !before) return undefined;
    const { start, members, name, key } = container;
    const rest = membersInOrder(before);
    if (node) members.set(name, { key, value: node });
    const first = node ? firstIndex(rest, ({ member }) => member.key.start > key.start) : from;
    for (const each of rest.slice(first)) members.set(each.key, movedMember(each.member, by));
    node = { kind: 'object', start, end: before.end + by, members };
  }
  return node;
}
