/** Tool lists on disk, so that the editor knows tools before (or without) a connection. A file that cannot be read is an absent one. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Catalog } from '../catalog/tool.ts';
import type { Launch, ServerDefinition } from './definition.ts';
import { isObject } from './parse.ts';
import { readTools } from './tools.ts';

/** Raised when the shape of the files changes: older ones are then absent. */
const FORMAT = 1;

/**
 * Names the list of this server as it is defined now: the name, the folder and the launch before its variables are replaced,
 * of environment and headers only the names. So a key changes with the definition and tells no secret.
 */
export function snapshotKey({ name, launch, origin }: ServerDefinition): string {
  return keyOf([FORMAT, name, origin.folder, shapeOf(launch)]);
}

/** Digest (hexadecimal SHA-256) of how a server is started or reached, the same on each machine; of environment and headers the names alone count. */
export function definitionDigest(launch: Launch): string {
  const envFile = launch.kind === 'stdio' ? (launch.envFile ?? '') : '';
  return createHash('sha256')
    .update(JSON.stringify([shapeOf(launch), envFile]))
    .digest('hex');
}

function shapeOf(launch: Launch): readonly unknown[] {
  return launch.kind === 'stdio'
    ? [launch.kind, launch.command, launch.args, launch.cwd ?? '', Object.keys(launch.env).sort()]
    : [launch.kind, launch.url, Object.keys(launch.headers).sort()];
}

/** Names the list for which a policy was last written or reviewed. `policyFile`: absolute. */
export function reviewedKey(policyFile: string): string {
  return keyOf([FORMAT, 'reviewed', policyFile]);
}

function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Atomic: a reader sees the old list or the new one. Rejects with the file system's error. */
export async function saveSnapshot(folder: string, key: string, catalog: Catalog): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = fileOf(folder, key);
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, JSON.stringify({ format: FORMAT, catalog }), { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

export async function loadSnapshot(folder: string, key: string): Promise<Catalog | undefined> {
  try {
    return readSnapshot(JSON.parse(await readFile(fileOf(folder, key), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The platform's folder for data that can be made again. */
export function defaultCacheFolder(
  env: NodeJS.ProcessEnv,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'portcullis', 'Cache');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'portcullis');
  return path.join(env['XDG_CACHE_HOME'] || path.join(home, '.cache'), 'portcullis');
}

function readSnapshot(value: unknown): Catalog | undefined {
  if (!isObject(value) || value['format'] !== FORMAT || !isObject(value['catalog'])) return undefined;
  const { server, tools, readAt } = value['catalog'];
  const reading = readTools(tools);
  if (typeof server !== 'string' || typeof readAt !== 'number' || !reading) return undefined;
  return { server, tools: reading.tools, readAt, source: 'snapshot' };
}

function fileOf(folder: string, key: string): string {
  return path.join(folder, `${key}.tools.json`);
}
