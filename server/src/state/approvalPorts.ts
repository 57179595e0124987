/** What the gateway asks of the state about calls that wait for a person. Types only. */
import type { DecideAnswer, PendingCall, Verdict } from '../protocol/approval.ts';
import type { Async } from './async.ts';

/** Calls that wait for a person, shared by all gateways of the state. `holder`: from `newHolder`. Everything throws, or rejects with, `StateError`. */
export interface ApprovalStore {
  /** Puts a call before whoever can decide. `full`: too many calls of the grant wait already, over all gateways. */
  ask(asking: Asking): Async<'asked' | 'full' | JoinedCall>;
  /** Oldest first, of all gateways that run. */
  waiting(): Async<readonly PendingCall[]>;
  /** `spent`: another gateway, where the same call waited, has taken the approval; or nobody can find it any more. */
  verdictOn(id: string): Async<Verdict | 'spent' | undefined>;
  /** The first verdict counts, whichever process it comes from. `at`: milliseconds since the epoch. */
  decide(id: string, verdict: Verdict, at: number): Async<DecideAnswer>;
  /** The call waits here no more; the verdict, where one was faster. One that allows is given out once. */
  take(id: string): Async<Verdict | undefined>;
  /** The call waits here no more; a verdict is left to another gateway where it waits. */
  withdraw(id: string): Async<void>;
  /** Until when (milliseconds since the epoch) the grant is refused without asking, after refusals in a row; 0: never refused so. */
  blockedUntil(grantId: string): Async<number>;
  /** An editor is there, which can be asked. */
  editorArrived(holder: string): Async<void>;
  editorLeft(holder: string): Async<void>;
  hasEditor(): Async<boolean>;
  /** The holder ends: nothing of it waits any more. */
  left(holder: string): Async<void>;
}

export interface Asking {
  readonly call: PendingCall;
  readonly grantId: string;
  readonly holder: string;
  /** Equal for calls that one answer is meant for; holds arguments. */
  readonly key: string;
}

/** The same call waits already, at another gateway. */
export interface JoinedCall {
  readonly call: PendingCall;
  /** Milliseconds that are left of its time. */
  readonly left: number;
}
