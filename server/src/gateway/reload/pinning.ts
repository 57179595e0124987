/** Writes what a person has accepted of tools: into the state, where it counts from, and into `portcullis.lock.json`, where people and reviews read it. */
import fs from 'node:fs';
import path from 'node:path';
import { writeLock, type Lock } from '../../catalog/index.ts';
import { loosenedLock } from '../../comparison/index.ts';
import { LOCK_NAME } from '../../mcp/index.ts';
import type { Decider } from '../../protocol/approval.ts';
import type { AcceptedSubject } from '../../state/ports.ts';
import { accept, type AcceptanceStore } from './acceptance.ts';

interface Pinning {
  /** Of the workspace: absolute. */
  readonly folder: string;
  /** What counted as reviewed. */
  readonly before: Lock;
  readonly after: Lock;
  readonly approver: Decider;
}

/**
 * `stores` absent: the file alone counts. The file is replaced whole. Returns its path.
 * Throws `StateError`, and then nothing has changed; or the error of the file system, and then it counts without standing in the file.
 */
export function pinAccepted({ folder, before, after, approver }: Pinning, stores: AcceptanceStore | undefined): string {
  const text = writeLock(after);
  const file = path.join(folder, LOCK_NAME);
  const loosened = loosenedLock(before, after);
  if (stores) accept(stores, { subject: lockSubject(folder), content: { file, text }, loosened, approver });
  const draft = `${file}.${process.pid}.new`;
  fs.rmSync(draft, { force: true });
  fs.writeFileSync(draft, text, { flag: 'wx' });
  fs.renameSync(draft, file);
  return file;
}

export function lockSubject(folder: string): AcceptedSubject {
  return { kind: 'lock', folder, server: '' };
}
