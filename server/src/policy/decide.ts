/** All ten steps in one go (policy language §3), for callers that have the counters at hand and ask nobody. */
import type { CompiledPolicy } from './compiled.ts';
import type { ApprovalDemand, Call, Charge, CounterOwner, CounterStore, Denial, Reservation } from './decision.ts';
import { judge } from './judge.ts';
import { SENTENCES } from './sentences.ts';

export type Decision = Refused | LetThrough;

interface Refused {
  readonly decision: 'deny';
  /** The log's rule. */
  readonly rule: string;
  readonly message: string;
  /** Seconds until a counter frees up; only from step 9. */
  readonly retryAfter?: number;
}

interface LetThrough {
  readonly decision: 'allow' | 'needs_approval';
  /** Empty for a plain allow. */
  readonly rule: string;
  readonly message: string;
  /** For `CounterStore.release`, should no byte of the call be sent upstream. */
  readonly reservation: Reservation;
  /** What a person would be asked. */
  readonly approval?: ApprovalDemand;
}

/**
 * `at`: milliseconds since the epoch. A call that needs approval counts as let through, so it reserves its charges as an allowed one does;
 * who really asks a person uses `judge` and `CounterStore.probe` first.
 */
export function decide(
  policy: CompiledPolicy | undefined,
  call: Call,
  owner: CounterOwner,
  counters: CounterStore,
  at: number,
): Decision {
  const judgement = judge(policy, call, owner);
  if (judgement.outcome === 'deny') return refused(judgement);
  const reserving = counters.reserve(judgement.charges, at);
  if (!reserving.ok) return refused(counterDenial(reserving.charge, reserving.retryAfter));
  return letThrough(reserving.reservation, judgement.approval);
}

/** The denial of step 9, for callers that reserve on their own. */
export function counterDenial({ rule, message }: Charge, retryAfter?: number): Denial {
  return { outcome: 'deny', rule, message, ...(retryAfter !== undefined && { retryAfter }) };
}

function refused({ rule, message, retryAfter }: Denial): Refused {
  return { decision: 'deny', rule, message, ...(retryAfter !== undefined && { retryAfter }) };
}

function letThrough(reservation: Reservation, approval: ApprovalDemand | undefined): LetThrough {
  if (!approval) return { decision: 'allow', rule: '', message: '', reservation };
  const message = approval.message ?? SENTENCES.approvalNeeded;
  return { decision: 'needs_approval', rule: approval.rule, message, reservation, approval };
}
