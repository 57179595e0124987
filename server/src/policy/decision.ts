/**
 * Shapes of a call, of the engine's verdict about it, and of the counters it would touch.
 * Types only: judge.ts decides, counters.ts counts.
 */
import type { Decimal } from './decimal.ts';
import type { JsonObject } from './json/node.ts';
import type { Category, RiskLevel } from './vocabulary.ts';

/** One `tools/call`, as the gateway, `portcullis eval` or the editor puts it to the engine. */
export interface Call {
  readonly tool: string;
  /** Absent when the request had no `arguments`: then every `args` path is absent. */
  readonly arguments?: JsonObject;
  readonly caller: Caller;
  /** Absent values make predicates on `tool.category` and `tool.risk` impossible to evaluate. */
  readonly category?: Category;
  readonly risk?: RiskLevel;
  /** What the upstream's tool list says of this name (step 4). `unchecked`: no list is known. */
  readonly upstream: 'listed' | 'missing' | 'duplicate' | 'unchecked';
}

export interface Caller {
  readonly grantId: string;
  readonly grantLabel: string;
  /** policy language §1 "Session". */
  readonly session: string;
  /** Self-declared by the client. */
  readonly client?: string;
}

/** Who owns the counters: part of a counter's identity (policy language §5). */
export interface CounterOwner {
  readonly server: string;
  /** Path of the policy file. */
  readonly policyFile: string;
}

/** Result of steps 1 to 8. A pass still has to reserve its charges (step 9) and, for `require_approval`, to be approved (step 10). */
export type Judgement = Denial | Pass;

export interface Denial {
  readonly outcome: 'deny';
  /** The log's rule, for example `(hidden)` or `/tools/pay/deny_if/args.amount-gt`. */
  readonly rule: string;
  readonly message: string;
  /** Seconds until a counter frees up; only from step 9. */
  readonly retryAfter?: number;
}

export interface Pass {
  readonly outcome: 'pass';
  /** In the order of step 9; empty when nothing is counted. */
  readonly charges: readonly Charge[];
  /** Present when the action is `require_approval`. */
  readonly approval?: ApprovalDemand;
}

export interface ApprovalDemand {
  readonly rule: string;
  /** Seconds: the shortest of all governing entries. */
  readonly timeout: number;
  /** For the person who is asked. */
  readonly message?: string;
  readonly remember: 'never' | 'session';
  /** What the agent is told when the call is not approved; absent: the caller's own sentence. */
  readonly reason?: string;
}

export interface Charge {
  readonly rule: string;
  readonly message: string;
  /** Canonical identity of the counter; equal strings are the same counter. */
  readonly counter: string;
  readonly window: SlidingWindow | CalendarWindow;
  readonly max: number;
  /** `undefined`: `increment_from` cannot be used, so the call is denied at this charge (policy language §5). */
  readonly amount: Decimal | undefined;
}

export interface SlidingWindow {
  readonly kind: 'sliding';
  readonly seconds: number;
}

export interface CalendarWindow {
  readonly kind: 'calendar';
  readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'month';
}

/** The two public views of a denial: the log's rule and what the agent may learn (policy language §3, last sentence before "Approval"). */
export interface AgentDenial {
  readonly rule: string;
  readonly message: string;
}

/** A place where reservations are made. Implementations: in memory (policy/counters.ts), SQLite (state). Times are milliseconds since the epoch. */
export interface CounterStore {
  /** Reserves all charges or none. */
  reserve(charges: readonly Charge[], at: number): Reserving;
  /** The same answer without reserving: what an approver is asked about must have passed step 9. */
  probe(charges: readonly Charge[], at: number): Reserving;
  /** Gives back a reservation in the window where it was made. Giving back twice is harmless. */
  release(reservation: Reservation): void;
}

export type Reserving =
  | { readonly ok: true; readonly reservation: Reservation }
  | { readonly ok: false; readonly charge: Charge; readonly retryAfter?: number };

/** Opaque to callers. */
export interface Reservation {
  readonly entries: readonly ReservedEntry[];
}

export interface ReservedEntry {
  readonly counter: string;
  /** Calendar: start of the window; sliding: time of the call. Milliseconds since the epoch. */
  readonly at: number;
  readonly amount: Decimal;
  readonly kind: 'sliding' | 'calendar';
}
