/**
 * Removes the oldest records, so that what is left can still be verified: a checkpoint takes the place of the last one removed, in the same
 * transaction. What does not verify is never removed: pruning must not take away the evidence that somebody has changed the log.
 */
import { beginning, hashOf, type Link } from '../audit/chain.ts';
import type { Pruning, RetentionLimits } from '../ports.ts';
import { problemWithHead, type StoredChain, type StoredLine } from './audit-chain.ts';
import type { Database } from './database.ts';

/** So many records at once: other processes wait for the lock meanwhile. */
const BATCH = 250;

interface PruneParts {
  readonly database: Database;
  readonly chain: StoredChain;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** As `AuditLog.prune`. `head`: as it was before; what came after it is kept. */
export function pruneChain({ database, chain, now }: PruneParts, limits: RetentionLimits, head: Link): Pruning {
  const checkpoint = chain.checkpoint();
  if (checkpoint === false) return { removed: 0, problem: 'the checkpoint was not written with this key' };
  const start: Link = checkpoint ?? beginning;
  const isTooMuch = tooMuch(limits, now, database.usedBytes());
  let last = start;
  let problem: string | undefined;
  for (const stored of chain.lines(BATCH)) {
    if (stored.seq > head.seq || !isTooMuch(stored, chain)) break;
    problem = chain.problemOf(stored, last) ?? problemWithHead(stored, head);
    if (problem !== undefined) break;
    last = { seq: stored.seq, hash: hashOf(stored.line) };
  }
  if (last.seq > start.seq) chain.beginAfter({ ...last, at: new Date(now).toISOString() });
  return { removed: last.seq - start.seq, ...(problem !== undefined && { problem }) };
}

/** Asked of one record after the other, from the oldest on: whether this one has to go as well. */
function tooMuch({ maxDays, maxBytes }: RetentionLimits, now: number, used: number) {
  const oldest = maxDays === undefined ? '' : new Date(now - maxDays * 86_400_000).toISOString();
  let over = maxBytes === undefined ? 0 : used - maxBytes;
  return (stored: StoredLine, chain: StoredChain): boolean => {
    const goes = over > 0 || (oldest !== '' && chain.parse(stored).at < oldest);
    over -= Buffer.byteLength(stored.line);
    return goes;
  };
}
