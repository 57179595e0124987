/**
 * What the guard of a gateway does, in a process of its own (cli/guard.ts): remembers the process groups that the gateway tells it of, and ends
 * those that are left when the gateway is gone. Must stay small: it is loaded beside every gateway that starts servers.
 */
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { groupsWithMark } from './mark.ts';
import { DEFAULT_GRACE, endGroup, isGroupAlive } from './processGroup.ts';

/** Between two looks. Far too short for the number of a group that has ended to be given to another one meanwhile. */
const LOOK_MILLISECONDS = 20;

/**
 * A line each: `*MARK`, a process that bears this mark is being started; `+PID`, it was, and leads this group; `-PID`, nothing of the group is
 * left. 0 and 1 would stand for groups that are none of ours.
 */
const NOTICE = /^(?:\*(?<mark>[\w-]{1,100})|(?<sign>[+-])(?<pid>[1-9]\d{0,9}))$/;

interface Left {
  readonly groups: Set<number>;
  /** Of a start without its number. */
  mark?: string | undefined;
}

/** Resolves when `input` has ended and nothing that it told of is left. */
export async function guardGroups(input: Readable, grace = DEFAULT_GRACE): Promise<void> {
  const { groups, mark } = await whatIsLeft(input);
  const ends = [...groups].map((pid) => endGroup(pid, () => untilGone(pid, grace), grace));
  if (mark !== undefined) ends.push(endMarked(mark, grace));
  await Promise.all(ends);
}

async function whatIsLeft(input: Readable): Promise<Left> {
  const left: Left = { groups: new Set() };
  let rest = '';
  for await (const chunk of input.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    // What has no line break yet may be half a number, and that of another group.
    rest = lines.pop() ?? '';
    for (const line of lines) note(left, line);
  }
  return left;
}

function note(left: Left, line: string): void {
  const { mark, sign, pid } = NOTICE.exec(line)?.groups ?? {};
  left.mark = mark;
  if (sign === '-') left.groups.delete(Number(pid));
  else if (Number(pid) > 1) left.groups.add(Number(pid));
}

async function untilGone(pid: number, grace: number): Promise<void> {
  const end = performance.now() + grace;
  while (isGroupAlive(pid) && performance.now() < end) await pause(LOOK_MILLISECONDS);
}

/** The process bears its mark only from the moment when it runs its own program, and it may not have come so far. */
async function endMarked(mark: string, grace: number): Promise<void> {
  const end = performance.now() + grace;
  let found = groupsWithMark(mark);
  while (found.length === 0 && performance.now() < end) {
    await pause(LOOK_MILLISECONDS);
    found = groupsWithMark(mark);
  }
  const groups = found.filter((pid) => pid > 1);
  await Promise.all(groups.map((pid) => endGroup(pid, () => untilGone(pid, grace), grace)));
}
