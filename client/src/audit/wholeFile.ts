/** A file that is written in whole or not at all. Knows nothing of `vscode`. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * What is half written never stands under the name that was asked for, and goes when `write` fails or says that it was stopped (`false`).
 * `file`: absolute path. `write` has what it reads taken down by `take`. Resolves to what `write` says.
 */
export async function writeWhole(
  file: string,
  write: (take: (output: Readable) => Promise<void>) => Promise<boolean>,
): Promise<boolean> {
  const part = `${file}.part`;
  try {
    const isDone = await write((output) => pipeline(output, createWriteStream(part, { mode: 0o600 })));
    if (isDone) await rename(part, file);
    return isDone;
  } finally {
    await rm(part, { force: true });
  }
}
