/** How a client's configuration becomes again what it was before it was connected. */
import { isDeepStrictEqual } from 'node:util';
import type { ConnectPlan, FileChange } from '../../protocol/connect.ts';
import type { Host } from '../hosts/host.ts';
import { changed, entryAt, pruned, valuesOf, withoutEntry, type Values } from './edit.ts';
import { governedName } from './governed.ts';
import type { Surroundings } from './places.ts';

/** A copy of the file as it was, beside it. It may hold secrets, as the file may: it is made with the same rights. */
export const backupOf = (file: string): string => `${file}.portcullis-backup`;

interface Undoing {
  readonly host: Host;
  readonly file: string;
  /** The file as it is. */
  readonly before: string | undefined;
  readonly server: string;
}

/**
 * The bytes of the backup where nothing but our entry, and the original that it may have replaced, has changed since; else what is there now
 * without our entry. A file that holds nothing else, and had no backup, was made by us, and goes.
 */
export async function undoChange(undoing: Undoing, around: Surroundings): Promise<ConnectPlan> {
  const { host, file, before = '', server } = undoing;
  const name = governedName(server);
  const values = valuesOf(host, before);
  if (values && entryAt(values, host.entry.at, name) === undefined)
    return { kind: 'changes', changes: [], originals: [] };
  const rest = withoutEntry(host, before, host.entry.at, name);
  if (values === undefined || rest === undefined) {
    const problem = `Take the entry "${name}" out by hand: a program could break what else is in the file.`;
    return { kind: 'by hand', file, problem };
  }
  const backup = await around.readFile(backupOf(file)).catch(() => undefined);
  const old = backup === undefined ? undefined : valuesOf(host, backup);
  const ofFolder = host.entry.atFolder?.(around.folder);
  const bare = (each: Values): Values => {
    const rest = bareOf(each, host.entry.at, [name, server]);
    return ofFolder ? bareOf(rest, ofFolder, [server]) : rest;
  };
  const isRestorable = old && entryAt(old, host.entry.at, name) === undefined && same(bare(old), bare(values));
  if (isRestorable) return changes({ file, before, ...(backup !== undefined && { after: backup }) });
  const isOurs = backup === undefined && same(bareOf(valuesOf(host, rest) ?? {}, host.entry.at, []), {});
  return changes(isOurs ? { file, before } : { file, before, after: rest });
}

const changes = (change: FileChange): ConnectPlan => ({ kind: 'changes', changes: [change], originals: [] });
const same = isDeepStrictEqual;

/** Without these servers. */
function bareOf(values: Values, at: readonly string[], names: readonly string[]): Values {
  return pruned(
    names.reduce((left, name) => changed(left, [...at, name], undefined), values),
    at,
  );
}
