/** `portcullis.lock.json` as the gateway reads it, and what it pins. */
import fs from 'node:fs';
import { EMPTY_LOCK, pinOf, readLock, type Lock, type Tool } from '../../catalog/index.ts';
import { MAX_LOCK_BYTES, sha256 } from '../../mcp/index.ts';
import { readPlainFile } from '../rules/plainFile.ts';

/** Why a lock file cannot be used, for people. */
class LockError extends Error {
  readonly code = 'lock';
}

/** `undefined`: there is no such file. Throws an error for people, or the file system's. */
export function readLockFile(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  const read = readPlainFile(file, MAX_LOCK_BYTES);
  if (typeof read === 'string') throw new LockError('It is no file, or is larger than 256 MiB.');
  return read.toString('utf8');
}

/** No text pins nothing. Throws an error for people. */
export function lockIn(text: string | null | undefined): Lock {
  if (text === null || text === undefined) return EMPTY_LOCK;
  const reading = readLock(text, sha256);
  if (reading.ok) return reading.lock;
  throw new LockError(reading.problem);
}

const pins = new WeakMap<Tool, string>();

export function pinnedBy(tool: Tool): string {
  let pin = pins.get(tool);
  if (pin === undefined) pins.set(tool, (pin = pinOf(tool, sha256)));
  return pin;
}
