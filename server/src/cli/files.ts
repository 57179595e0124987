/** Reading and writing the files that a person named on the command line. */
import { lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileReason } from '../mcp/index.ts';
import { UsageError } from './command.ts';

export interface Source {
  readonly bytes: Uint8Array;
  /** For positions and code frames; the strict readers get the bytes. */
  readonly text: string;
}

/** Throws `UsageError` when the file cannot be read. */
export async function readSource(file: string, cwd: string): Promise<Source> {
  try {
    const bytes = await readFile(path.resolve(cwd, file));
    return { bytes, text: bytes.toString('utf8') };
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${fileReason(error)}.`);
  }
}

/** `undefined` when there is no such file. Throws `UsageError` when there is one that cannot be read. */
export async function readIfPresent(file: string, cwd: string): Promise<Source | undefined> {
  const isThere = await lstat(path.resolve(cwd, file)).then(
    () => true,
    () => false,
  );
  return isThere ? await readSource(file, cwd) : undefined;
}

/** Writes a file that is not there yet: `false`, and nothing changed, when something is. Throws `UsageError` when it cannot be written. */
export async function createFile(file: string, cwd: string, text: string): Promise<boolean> {
  return await write(file, cwd, text, 'wx');
}

/** Writes a file, whatever was there before. Throws `UsageError` when it cannot be written. */
export async function replaceFile(file: string, cwd: string, text: string): Promise<void> {
  await write(file, cwd, text, 'w');
}

async function write(file: string, cwd: string, text: string, flag: 'w' | 'wx'): Promise<boolean> {
  try {
    await writeFile(path.resolve(cwd, file), text, { flag });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    const reason = code === 'ENOENT' ? 'its folder does not exist' : fileReason(error);
    throw new UsageError(`${file} cannot be written: ${reason}.`);
  }
}
