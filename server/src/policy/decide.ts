/** All ten steps in one go (policy language §3), for callers that have the counters at hand. */
import type { CompiledPolicy } from './compiled.ts';
import type { ApprovalDemand, Call, Charge, CounterOwner, CounterStore, Denial, Reservation } from './decision.ts';
import { judge } from './judge.ts';

export type Decision = Denial | Allowance | ApprovalNeeded;

export interface Allowance {
  readonly outcome: 'allow';
  /** For `CounterStore.release`, should no byte of the call be sent upstream. */
  readonly reservation: Reservation;
}

/** Steps 1 to 9 would let the call pass; nothing is reserved while a person is asked. */
export interface ApprovalNeeded {
  readonly outcome: 'needs_approval';
  readonly approval: ApprovalDemand;
  /** What an approved call reserves, once steps 1 to 8 have passed again. */
  readonly charges: readonly Charge[];
}

/** `at`: milliseconds since the epoch. An allowed call has reserved its charges; any other has reserved nothing. */
export function decide(
  policy: CompiledPolicy | undefined,
  call: Call,
  owner: CounterOwner,
  counters: CounterStore,
  at: number,
): Decision {
  const judgement = judge(policy, call, owner);
  if (judgement.outcome === 'deny') return judgement;
  const { charges, approval } = judgement;
  const reserving = approval ? counters.probe(charges, at) : counters.reserve(charges, at);
  if (!reserving.ok) return exceeded(reserving.charge, reserving.retryAfter);
  return approval
    ? { outcome: 'needs_approval', approval, charges }
    : { outcome: 'allow', reservation: reserving.reservation };
}

/** The denial of step 9, for callers that reserve on their own. */
export function exceeded({ rule, message }: Charge, retryAfter?: number): Denial {
  return { outcome: 'deny', rule, message, ...(retryAfter !== undefined && { retryAfter }) };
}
