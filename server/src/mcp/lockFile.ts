/** `portcullis.lock.json` on disk, read to tell people what differs from it. What it lets through is the gateway's business, which also asks what was accepted. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { readLock, type Catalog } from '../catalog/index.ts';
import { readConfigFile } from './configFile.ts';

export const LOCK_NAME = 'portcullis.lock.json';

/** Of a lock file. */
export const MAX_LOCK_BYTES = 256 * 1024 * 1024;

/** Hexadecimal; of the text as UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The pinned tools by server; empty where there is no lock file, or none that could be used. `folder`: of the workspace, absolute. */
export async function readPinned(folder: string): Promise<ReadonlyMap<string, Catalog>> {
  const text = await readConfigFile(path.join(folder, LOCK_NAME), MAX_LOCK_BYTES).catch(() => undefined);
  const reading = text === undefined ? undefined : readLock(text, sha256);
  if (!reading?.ok) return new Map();
  const catalogs = [...reading.lock.servers].map(([server, { tools }]): [string, Catalog] => {
    const definitions = [...tools.values()].map(({ definition }) => definition);
    return [server, { server, tools: definitions, readAt: 0, source: 'lock' }];
  });
  return new Map(catalogs);
}
