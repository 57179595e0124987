/** Writes what a person has agreed to: nothing but that, all at once for each file, and with a copy of what was there. */
import { constants, copyFile, lstat, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApplyResult, FileChange } from '../../protocol/connect.ts';
import { readConfigFile } from '../configFile.ts';
import { writeProblem } from '../fileReasons.ts';
import { backupOf } from './undo.ts';

/** Files of a workspace are not followed where they lead: whoever wrote the workspace would choose what is overwritten. */
export interface WriteRules {
  /** Absolute. */
  readonly workspace: string;
}

/** Changes each file, in their order, that still is what the person has seen; stops at the first that is not. */
export async function applyChanges(changes: readonly FileChange[], rules: WriteRules): Promise<ApplyResult> {
  const backups: string[] = [];
  for (const change of changes) {
    try {
      backups.push(...(await apply(change, rules)));
    } catch (error) {
      return { backups, problem: writeProblem(error, change.file) };
    }
  }
  return { backups };
}

async function apply({ file, before, after }: FileChange, { workspace }: WriteRules): Promise<readonly string[]> {
  if ((await readConfigFile(file)) !== before)
    throw new Error(`${file} has been changed meanwhile. Look again at what would be written.`);
  const link = await linkBelow(workspace, file);
  if (link !== undefined)
    throw new Error(`${link} is a symbolic link, which is not followed. Put a file or folder in its place.`);
  const target = (await isLink(file)) ? await realpath(file) : file;
  if (await isReadOnly(target)) throw new Error(`${file} is read-only and stays as it is. Make it writable first.`);
  const backup = backupOf(file);
  if (after === undefined) await rm(target);
  else if (before !== undefined && after === (await readConfigFile(backup))) await restore(target, after, backup);
  else return await write(target, before, after, backup);
  return [];
}

async function restore(target: string, text: string, backup: string): Promise<void> {
  await replace(target, text);
  await rm(backup, { force: true });
}

async function write(
  target: string,
  before: string | undefined,
  after: string,
  backup: string,
): Promise<readonly string[]> {
  if (before === undefined) await mkdir(path.dirname(target), { recursive: true });
  else await keepCopy(target, backup);
  await replace(target, after);
  return before === undefined ? [] : [backup];
}

/** In place of an older one. What stands there may be a link, and is not written through. */
async function keepCopy(file: string, backup: string): Promise<void> {
  await rm(backup, { force: true });
  await copyFile(file, backup, constants.COPYFILE_EXCL);
}

/** By its own rights: a file can be replaced although nobody may write into it, and whoever made it so did not want that. */
async function isReadOnly(file: string): Promise<boolean> {
  return await stat(file).then(
    ({ mode }) => (mode & 0o222) === 0,
    () => false,
  );
}

/** Half a file is never seen, and its rights stay. */
async function replace(target: string, text: string): Promise<void> {
  const mode = await stat(target).then(
    (status) => status.mode & 0o777,
    () => 0o600,
  );
  const draft = `${target}.portcullis-new`;
  await rm(draft, { force: true });
  await writeFile(draft, text, { flag: 'wx', mode });
  await rename(draft, target);
}

/** The first link on the way from the workspace to one of its files: each folder of it leads as far away as the file itself would. */
async function linkBelow(workspace: string, file: string): Promise<string | undefined> {
  const relative = path.relative(workspace, file);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) return undefined;
  let place = workspace;
  for (const name of relative.split(path.sep)) {
    place = path.join(place, name);
    if (await isLink(place)) return place;
  }
  return undefined;
}

async function isLink(place: string): Promise<boolean> {
  return await lstat(place).then(
    (status) => status.isSymbolicLink(),
    () => false,
  );
}
