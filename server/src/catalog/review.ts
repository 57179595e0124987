/** What a person has to review about a server's tools: how they differ from those that are pinned, and what is pinned once some of that is accepted. Pure. */
import { escapeWhole, hiddenCharacters } from './escape.ts';
import { diffCatalogs } from './fingerprint.ts';
import type { LockedServer, LockedTool } from './lock.ts';
import type { Catalog, Tool } from './tool.ts';

export interface ToolChange {
  /** `renamed`: another name for what is otherwise the very tool that was pinned. */
  readonly kind: 'new' | 'changed' | 'renamed' | 'gone';
  /** As the server lists it now; of a tool that is gone, as it is pinned. */
  readonly name: string;
  /** As it is pinned; absent for a new tool. */
  readonly before?: LockedTool;
  /** As the server lists it; absent for a tool that is gone. */
  readonly after?: LockedTool;
  /** Top-level fields that differ, sorted; of changed tools only. */
  readonly fields: readonly string[];
  /** Invisible characters, and those that reorder text, in what it is now. */
  readonly hidden: readonly string[];
}

/** What holds hidden characters stands first, what is gone last. `now`: what `lockServer` makes of the list. */
export function changedTools(before: LockedServer | undefined, now: LockedServer): readonly ToolChange[] {
  const { added, removed, changed, renamed } = diffCatalogs(catalogOf(before), catalogOf(now));
  const former = new Map(renamed.map((each) => [each.after, each.before]));
  const renamedFrom = new Set(former.values());
  const pair = (kind: ToolChange['kind'], name: string, from: string, fields: readonly string[] = []): ToolChange => {
    const [old, current] = [before?.tools.get(from), now.tools.get(name)];
    const hidden = current ? hiddenCharacters(JSON.stringify(current.definition)) : [];
    return { kind, name, ...(old && { before: old }), ...(current && { after: current }), fields, hidden };
  };
  const changes = [
    ...added.map(({ name }) => {
      const from = former.get(name);
      return from === undefined ? pair('new', name, name) : pair('renamed', name, from);
    }),
    ...changed.map(({ name, fields }) => pair('changed', name, name, fields)),
    ...removed.filter(({ name }) => !renamedFrom.has(name)).map(({ name }) => pair('gone', name, name)),
  ];
  return changes.toSorted((a, b) => Number(b.hidden.length > 0) - Number(a.hidden.length > 0));
}

/** What a person has accepted. */
export interface AcceptedChanges {
  readonly changes: readonly ToolChange[];
  /** The server as it is started or reached now. Of a server that was never reviewed it is accepted with the first tool. */
  readonly definition: boolean;
}

/** What is pinned from then on; with all changes and the definition, `now` itself. */
export function acceptChanges(
  before: LockedServer | undefined,
  now: LockedServer,
  { changes, definition }: AcceptedChanges,
): LockedServer {
  const tools = new Map(before?.tools);
  for (const { name, before: old, after } of changes) {
    if (old) tools.delete(old.definition.name);
    if (after) tools.set(name, after);
  }
  return { definition: before && !definition ? before.definition : now.definition, tools };
}

/** A tool for a person to read: JSON in which whatever deceives the eye is written out. Nothing is cut. */
export function readableTool(tool: Tool | undefined): string {
  return tool === undefined ? '' : readableLines(`${JSON.stringify(tool, undefined, 2)}\n`);
}

/** The same for a text of several lines, such as a difference. */
export function readableLines(text: string): string {
  return text.replace(/[^\n]+/g, (line) => escapeWhole(line, { lines: true }));
}

function catalogOf(locked: LockedServer | undefined): Catalog {
  const tools = [...(locked?.tools.values() ?? [])].map(({ definition }) => definition);
  return { server: '', tools, readAt: 0, source: 'lock' };
}
