/** Writes what a person has accepted of tools: into the state, where it counts from, and into `portcullis.lock.json`, where people and reviews read it. */
import fs from 'node:fs';
import path from 'node:path';
import { writeLock, type Lock } from '../../catalog/index.ts';
import { LOCK_NAME } from '../../mcp/index.ts';
import type { AcceptedStore, AcceptedSubject } from '../../state/ports.ts';

/**
 * `folder`: of the workspace. `accepted` absent: the file alone counts. The file is replaced whole. Returns its path.
 * Throws `StateError`, and then nothing has changed; or the error of the file system, and then it counts without standing in the file.
 */
export function pinAccepted(folder: string, lock: Lock, accepted: AcceptedStore | undefined): string {
  const text = writeLock(lock);
  const file = path.join(folder, LOCK_NAME);
  accepted?.accept(lockSubject(folder), { file, text });
  const draft = `${file}.${process.pid}.new`;
  fs.rmSync(draft, { force: true });
  fs.writeFileSync(draft, text, { flag: 'wx' });
  fs.renameSync(draft, file);
  return file;
}

export function lockSubject(folder: string): AcceptedSubject {
  return { kind: 'lock', folder, server: '' };
}
