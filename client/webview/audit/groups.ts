/** What the table shows: calls, newest first, or the tools that were called, the most called first, each with its calls below it once it is open. Pure. */
import type { AuditRow } from '../../src/webview/audit/messages.ts';
import type { GridRows } from '../list/rows.ts';
import type { Rows } from './rows.ts';

export interface CallLine {
  readonly id: string;
  readonly call: AuditRow;
}

export interface GroupLine {
  readonly id: string;
  readonly group: {
    readonly server: string;
    readonly tool: string;
    readonly calls: number;
    readonly denied: number;
    readonly isOpen: boolean;
  };
}

export type Line = CallLine | GroupLine;

interface Group {
  readonly id: string;
  readonly server: string;
  readonly tool: string;
  /** Numbers of its calls, oldest first. */
  readonly calls: number[];
  denied: number;
  /** Where its line stands among all lines. */
  start: number;
}

export class Lines implements GridRows<Line> {
  readonly #rows: Rows;
  readonly #open = new Set<string>();
  #isGrouped = false;
  #groups: readonly Group[] = [];
  #length = 0;
  /** A line whose call has not changed stays the same object. */
  readonly #calls = new WeakMap<AuditRow, CallLine>();
  #heads = new Map<string, GroupLine>();

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  get isGrouped(): boolean {
    return this.#isGrouped;
  }

  get length(): number {
    return this.#isGrouped ? this.#length : this.#rows.length;
  }

  group(isGrouped: boolean): void {
    this.#isGrouped = isGrouped;
    this.refresh();
  }

  toggle(id: string, isOpen = !this.#open.has(id)): void {
    if (isOpen) this.#open.add(id);
    else this.#open.delete(id);
    this.#layOut();
  }

  /** After the rows have changed. */
  refresh(): void {
    if (!this.#isGrouped) return;
    this.#groups = groupsOf(this.#rows);
    this.#layOut();
  }

  #layOut(): void {
    this.#length = 0;
    for (const group of this.#groups) {
      group.start = this.#length;
      this.#length += 1 + (this.#open.has(group.id) ? group.calls.length : 0);
    }
    const before = this.#heads;
    this.#heads = new Map(this.#groups.map((group) => [group.id, this.#head(group, before.get(group.id))]));
  }

  at(index: number): Line | undefined {
    if (!this.#isGrouped) return this.#line(this.#rows.at(index));
    const group = this.#groups.findLast(({ start }) => start <= index);
    if (group === undefined || index >= this.#length) return undefined;
    if (group.start === index) return this.#heads.get(group.id);
    const call = group.calls.at(group.start - index);
    return this.#line(call === undefined ? undefined : this.#rows.made(call));
  }

  indexOf(id: string): number {
    if (!this.#isGrouped) return this.#rows.indexOf(id);
    const head = this.#groups.find((group) => group.id === id);
    if (head) return head.start;
    const row = this.#rows.row(id);
    const group = row && this.#groups.find((each) => each.id === groupIdOf(row));
    if (!group || !this.#open.has(group.id)) return -1;
    const position = group.calls.lastIndexOf(this.#rows.calls.numberOf(id) ?? Number.NaN);
    return position < 0 ? -1 : group.start + group.calls.length - position;
  }

  #line(call: AuditRow | undefined): CallLine | undefined {
    if (call === undefined) return undefined;
    const known = this.#calls.get(call) ?? { id: call.id, call };
    this.#calls.set(call, known);
    return known;
  }

  #head({ id, server, tool, calls, denied }: Group, before: GroupLine | undefined): GroupLine {
    const group = { server, tool, calls: calls.length, denied, isOpen: this.#open.has(id) };
    return before && JSON.stringify(before.group) === JSON.stringify(group) ? before : { id, group };
  }
}

/** No id of a call looks like this. */
export const groupIdOf = ({ server, tool }: Pick<AuditRow, 'server' | 'tool'>): string =>
  JSON.stringify([server, tool]);

function groupsOf({ calls, shown }: Rows): readonly Group[] {
  const byServer = new Map<number, Map<number, Group>>();
  for (const number of shown) {
    const [server, tool] = [calls.text('server', number), calls.text('tool', number)];
    const tools = byServer.get(server) ?? new Map<number, Group>();
    byServer.set(server, tools);
    const group = tools.get(tool) ?? emptyGroup(calls.texts.at(server), calls.texts.at(tool));
    tools.set(tool, group);
    group.calls.push(number);
    if (calls.isDenied(number)) group.denied += 1;
  }
  const all = [...byServer.values()].flatMap((tools) => [...tools.values()]);
  return all.sort((a, b) => b.calls.length - a.calls.length || (a.id < b.id ? -1 : 1));
}

const emptyGroup = (server: string, tool: string): Group => ({
  ...{ id: groupIdOf({ server, tool }), server, tool },
  ...{ calls: [], denied: 0, start: 0 },
});
