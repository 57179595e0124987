/** Following the audit log as it grows, also when other processes write it. Owns no connection: it reads through the log it is given. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditRecord } from '../../protocol/audit.ts';
import type { AuditLog, AuditQuery } from '../ports.ts';

export interface FollowOptions {
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks when nothing is new (200). */
  readonly interval?: number;
}

const batch = 500;

/** Yields what `query` finds after record `query.after` (0), oldest first, then each new record as it is written. Throws `StateError` when reading fails. */
export async function* followAudit(
  log: Pick<AuditLog, 'read' | 'newest'>,
  query: Omit<AuditQuery, 'limit' | 'first'>,
  options: FollowOptions = {},
): AsyncGenerator<AuditRecord, void, undefined> {
  let after = query.after ?? 0;
  while (options.signal?.aborted !== true) {
    const newest = log.newest();
    const records = newest > after ? log.read({ ...query, after, first: batch }) : [];
    yield* records;
    const isAll = records.length < batch;
    // What the filters left out is not looked at again.
    after = Math.max(records.at(-1)?.seq ?? after, isAll ? newest : 0);
    if (isAll) await elapse(options);
  }
}

async function elapse({ signal, interval = 200 }: FollowOptions): Promise<void> {
  // The only rejection is the abort, which the caller's loop sees by itself.
  await pause(interval, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
