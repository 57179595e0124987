/** Checks the stored chain from its beginning to its end, and against the head. Changes nothing. */
import { beginning, hashOf, type Link } from '../audit/chain.ts';
import type { Verification } from '../ports.ts';
import { problemWithHead, type StoredChain } from './audit-chain.ts';

/** `head`: as it was before the lines are read; it never runs ahead of them. */
export function verifyChain(chain: StoredChain, head: Link): Verification {
  const checkpoint = chain.checkpoint();
  if (checkpoint === false) return brokenAt(0, 'The checkpoint of the pruned beginning was not written with this key.');
  let last: Link = checkpoint ?? beginning;
  for (const stored of chain.lines()) {
    const problem = chain.problemOf(stored, last) ?? problemWithHead(stored, head);
    if (problem !== undefined) return brokenAt(last.seq, explained(problem, stored.seq, last, checkpoint?.seq));
    last = { seq: stored.seq, hash: hashOf(stored.line) };
  }
  if (last.seq < head.seq) return brokenAt(last.seq, missingTail(last.seq, head.seq));
  const pruned = checkpoint && { seq: checkpoint.seq, at: checkpoint.at };
  return { ok: true, records: last.seq - (checkpoint?.seq ?? 0), ...(pruned && { pruned }) };
}

function brokenAt(holds: number, problem: string): Verification {
  return { ok: false, records: holds, problem, seq: holds + 1 };
}

/** Records that are gone from the beginning were pruned only if a checkpoint says so. */
function explained(problem: string, seq: number, last: Link, pruned: number | undefined): string {
  if (seq <= last.seq) return `Record ${String(seq)} stands before the checkpoint: it had been pruned.`;
  if (seq === last.seq + 1 || last.seq !== (pruned ?? 0)) return problem;
  return `${problem} The beginning was removed up to record ${String(seq - 1)}, and not by pruning: that leaves a checkpoint.`;
}

function missingTail(last: number, head: number): string {
  return `Records ${String(last + 1)} to ${String(head)} are missing at the end: they were removed, or lost when the power failed.`;
}
