/** Reading the files that a person named on the command line. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './command.ts';

export interface Source {
  readonly bytes: Uint8Array;
  /** For positions and code frames; the strict readers get the bytes. */
  readonly text: string;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'reading it is not permitted',
};

/** Throws `UsageError` when the file cannot be read. */
export async function readSource(file: string, cwd: string): Promise<Source> {
  try {
    const bytes = await readFile(path.resolve(cwd, file));
    return { bytes, text: bytes.toString('utf8') };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} cannot be read: ${REASONS[code] ?? message}.`);
  }
}
