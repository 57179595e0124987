/**
 * Reads the fault-tolerant tree of a later version of a text: what stands before and behind the change is taken from the earlier tree. The
 * result is what reading the whole text gives: the same reader begins in a state in which it once was, and stops where it is in one again.
 */
import { differenceOf, type Difference } from '../../policy/json/difference.ts';
import { firstIndex } from '../../policy/json/members.ts';
import {
  DraftReader,
  readDraft,
  type DraftContainer,
  type DraftMember,
  type DraftNode,
  type DraftObject,
} from './draft.ts';
import { movedMember } from './draft-moved.ts';

export interface DraftText {
  readonly text: string;
  readonly root: DraftNode | undefined;
}

/** The same as `readDraft(text)`; the sooner done the smaller the change since `before` is. */
export function readDraftAgain(text: string, before: DraftText | undefined): DraftNode | undefined {
  if (before?.text === text) return before.root;
  const change = before && differenceOf(before.text, text);
  const spine = change ? spineOf(before.root, change) : [];
  if (!change || spine.length === 0) return readDraft(text);
  const open = reopened(spine, change);
  const at = open.at(-1)?.members.at(-1)?.value?.end ?? (open.at(-1)?.start ?? 0) + 1;
  return new DraftReader(text, { open, at, joins: (now, end) => joins(now, end, spine, change) }).read();
}

/** The objects around a change, from the outermost in. */
function spineOf(root: DraftNode | undefined, change: Difference): readonly DraftObject[] {
  const spine: DraftObject[] = [];
  for (let node = root; node?.kind === 'object' && surrounds(node, change);) {
    spine.push(node);
    node = node.members[firstIndex(node.members, (member) => endOf(member) > change.start)]?.value;
  }
  return spine;
}

function surrounds({ start, end, closed }: DraftObject, change: Difference): boolean {
  return start < change.start && (change.start < end || (!closed && change.start === end));
}

function endOf({ key, colon, value }: DraftMember): number {
  return value?.end ?? (colon === undefined ? key.end : colon + 1);
}

/** Behind a bracket that closes, what stands before it has no more to say about what follows. */
function isSettled({ value }: DraftMember): boolean {
  return (value?.kind === 'object' || value?.kind === 'array') && value.closed;
}

/** The objects as they were when the reader came by: the innermost with its members up to the last settled one before the change. */
function reopened(spine: readonly DraftObject[], change: Difference): readonly DraftObject[] {
  const open = spine.map(({ start, members }, depth): DraftObject => {
    const inner = spine[depth + 1];
    const count = inner
      ? members.findIndex(({ value }) => value === inner)
      : members.findLastIndex((member) => isSettled(member) && endOf(member) < change.start) + 1;
    return { kind: 'object', start, end: start + 1, closed: false, members: members.slice(0, count) };
  });
  for (const [depth, object] of open.entries()) {
    const [inner, around] = [open[depth + 1], spine[depth]?.members[object.members.length]];
    if (inner && around) object.members.push({ ...around, value: inner });
  }
  return open;
}

/**
 * Completes what is open, if the value that ends at `end` is followed by what the earlier text has behind a value of the same object: from
 * there on the reader would do what it did. Says whether it is so.
 */
function joins(
  open: readonly DraftContainer[],
  end: number,
  spine: readonly DraftObject[],
  change: Difference,
): boolean {
  const depth = open.length - 1;
  const [container, before] = [open[depth], spine[depth]];
  if (end < change.newEnd || container?.kind !== 'object' || container.start !== before?.start) return false;
  const by = change.newEnd - change.oldEnd;
  const same = before.members[firstIndex(before.members, (member) => endOf(member) >= end - by)];
  if (same === undefined || endOf(same) !== end - by || !isSettled(same)) return false;
  for (const [level, object] of open.entries())
    complete(object, spine[level], level === depth ? same.value : spine[level + 1], by);
  return true;
}

/** Adds what stands behind `last`, the value of one of the members that the object had before. */
function complete(
  object: DraftContainer,
  before: DraftObject | undefined,
  last: DraftNode | undefined,
  by: number,
): void {
  if (object.kind !== 'object' || before === undefined) return;
  const from = before.members.findIndex(({ value }) => value === last) + 1;
  for (const member of before.members.slice(from)) object.members.push(movedMember(member, by));
  object.end = before.end + by;
  object.closed = before.closed;
}
