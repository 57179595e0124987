/** The tool list for which a policy was last written or reviewed, kept so that the next review can say what changed. */
import os from 'node:os';
import path from 'node:path';
import type { Catalog } from '../catalog/index.ts';
import { defaultCacheFolder, loadSnapshot, reviewedKey, saveSnapshot } from '../mcp/index.ts';
import type { Io } from './command.ts';

export async function loadReviewed(file: string, io: Io): Promise<Catalog | undefined> {
  return await loadSnapshot(cacheFolder(io), keyOf(file, io));
}

/** A list that cannot be kept costs the next review a section, not this one. */
export async function keepReviewed(file: string, catalog: Catalog, io: Io): Promise<void> {
  try {
    await saveSnapshot(cacheFolder(io), keyOf(file, io), catalog);
  } catch (error) {
    io.err(
      `portcullis: the tool list could not be kept for the next review (${(error as Error).message}). Give it then with --before FILE.\n`,
    );
  }
}

function keyOf(file: string, io: Io): string {
  return reviewedKey(path.resolve(io.cwd, file));
}

function cacheFolder({ env }: Io): string {
  return defaultCacheFolder(env, os.homedir());
}
