/**
 * Proof that a test run came to its end. The workbench reports exit code 0 also when the extension host died half-way,
 * so a pass counts only when a wrapper around the real entry wrote a file after `run()` had resolved.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface Proof {
  /** The entry to give to VS Code in place of the real one. */
  readonly entry: string;
  isGiven(): boolean;
  discard(): Promise<void>;
}

export async function proveCompletion(realEntry: string): Promise<Proof> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portcullis-proof-'));
  const marker = path.join(folder, 'finished');
  const entry = path.join(folder, 'entry.cjs');
  await writeFile(entry, wrapper(realEntry, marker));
  return {
    entry,
    isGiven: () => existsSync(marker),
    discard: () => rm(folder, { recursive: true, force: true }),
  };
}

function wrapper(realEntry: string, marker: string): string {
  return `
const { writeFileSync } = require('node:fs');
exports.run = async () => {
  await require(${JSON.stringify(realEntry)}).run();
  writeFileSync(${JSON.stringify(marker)}, '');
};
`;
}
