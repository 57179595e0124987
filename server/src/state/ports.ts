/** What the gateway asks of its state: shapes, and how long values are kept. sqlite/ implements them, redis/ what several machines share. */
import type { Closeable } from '../ports.ts';
import type { Charge, CounterParts, CounterStore, JsonObject, Reservation, Reserving } from '../policy/index.ts';
import type { GrantInfo, NewGrant } from '../protocol/grant.ts';
import type { Accepted, AuditRecord, Decided, Ended, Entry } from '../protocol/audit.ts';
import type { ApprovalStore } from './approvalPorts.ts';
import type { Async, Immediate } from './async.ts';
import type { KeptValues } from '../protocol/values.ts';

export interface State extends Closeable {
  readonly counters: Counters;
  readonly audit: AuditLog;
  readonly approvals: ApprovalStore;
  readonly grants: GrantStore;
  readonly values: ValueStore;
  /** What stands on the counters at that time (milliseconds since the epoch). Throws `StateError`. Absent where they are on another machine. */
  countersInUse?(at: number): readonly CounterUse[];
  /**
   * Lets a call through: reserves its charges (`at`: milliseconds since the epoch) and appends its record, both or neither, and resolves
   * when they are as durable as configured. A charge without room reserves and records nothing. Rejects with `StateError`: then the call must be denied.
   */
  admit(charges: readonly Charge[], at: number, entry: Decided): Promise<Reserving>;
  /** The port that this workspace's gateway listened on last. */
  port: number | undefined;
  /** Reads `<folder>/local.token`, or makes it (mode 0600): the token of the grant `local`. */
  localToken(): string;
  /** Equal arguments give equal digests (hex) in this installation, and tell nothing without its key. Empty without arguments. */
  argsHmac(args: JsonObject | undefined): string;
  /** A keyed digest (hex) by which gateways of this state folder know each other. */
  prove(text: string): string;
  /** A keyed digest (hex) that only this installation, or those that share its state, can make: shows that a text which was given away has come back unchanged. */
  sign(text: string): string;
  /** What is shared with the gateways of other machines; absent: nothing is. */
  readonly sharing?: Sharing;
}

/** What the gateways of several machines share. What `grants` reads is as it was at the last `refresh`. */
export interface Sharing {
  /** Learns what other gateways have changed until now. Rejects with `StateError` where it cannot be known: then the call must be denied. */
  refresh(): Promise<void>;
  /** `host:port (VARIABLE)`, for people. */
  readonly address: string;
  /** What is wrong with it, for people; `undefined`: nothing. */
  readonly problem: string | undefined;
  /** Tells whenever `problem` changes. */
  listen(listener: () => void): void;
  readonly acceptances: Acceptances;
  /**
   * A person says that what is there now is right, although it is not what was known: also for all gateways that knew the same as this one.
   * Rejects with `StateError`.
   */
  accept(): Promise<void>;
}

/** What people have accepted at other gateways. */
export interface Acceptances {
  /** Another text after each acceptance of the subject. */
  version(subject: AcceptedSubject): string;
  /** Whether a person has accepted this very text elsewhere, lately. `true` once only. */
  use(subject: AcceptedSubject, text: string): boolean;
  /** A person has accepted the text here. Rejects with `StateError`: then the others do not know. */
  publish(subject: AcceptedSubject, text: string): Promise<void>;
}

/** What a gateway asks of a `CounterStore`, which may be on another machine. Throws, or rejects with, `StateError`. */
export interface Counters {
  probe(...call: Parameters<CounterStore['probe']>): Reserving | Promise<Reserving>;
  release(reservation: Reservation): void | Promise<void>;
}

/** A state that is on this machine. */
export interface EmbeddedState extends State {
  readonly approvals: Immediate<ApprovalStore>;
  readonly grants: Immediate<GrantStore>;
  /** What a shared state looked like when it was last read, as `redis/` writes it. */
  sharedSeen: string | undefined;
  /** What stands on the counters of this folder at that time (milliseconds since the epoch). Throws `StateError`. */
  countersInUse(at: number): readonly CounterUse[];
  readonly counters: CounterStore;
}

/** A counter on which something was counted that still matters. */
export interface CounterUse extends CounterParts {
  /** An exact decimal; of a sliding window the number of calls in it. */
  readonly used: string;
  /** Milliseconds since the epoch: when a calendar window ends, or the oldest call leaves a sliding one. */
  readonly freesAt: number;
}

export interface AuditLog {
  /** Returns when the record is as durable as configured. Throws `StateError` when it could not be written: the call must then be denied. */
  append(entry: Entry): AuditRecord;
  /**
   * Appends with the next record, or after a moment: nobody waits for how a call ended. One that cannot be written is tried again with the
   * next record. `read`, `newest`, `verify` and `close` write it first. Never throws.
   */
  note(entry: Ended): void;
  /** Tells of every record that this process has written from now on. */
  listen(listener: (record: AuditRecord) => void): void;
  /** Newest last. */
  read(query: AuditQuery): readonly AuditRecord[];
  /** `seq` of the newest record, 0 without any: a cheap way to see whether there is something to read. */
  newest(): number;
  /** Checks the chain and the head. */
  verify(): Verification;
  /**
   * Removes some of the oldest records where there are too many; ask again while something was removed. The chain stays whole at every
   * moment. Throws `StateError`.
   */
  prune(limits: RetentionLimits): Pruning;
}

/** Values of arguments, where a person wants them kept: sealed, in a file of their own, for `VALUE_DAYS`. Never in the audit log. */
export interface ValueStore {
  /** What a person has answered who was asked whether to keep them; `undefined`: nobody has. Throws `StateError`. */
  answer: 'keep' | 'decline' | undefined;
  /** Writes after a moment: no call waits for it, and none fails with it. Never throws. @param id - Of the decision. */
  keep(id: string, kept: KeptValues): void;
  /** What was kept for these decisions and is not too old. Throws `StateError`. */
  read(ids: readonly string[]): ReadonlyMap<string, KeptValues>;
  /** Removes what is too old. Throws `StateError`. */
  prune(): void;
  /** Removes all of it. Throws `StateError`. */
  forget(): void;
}

export const VALUE_DAYS = 7;

export interface RetentionLimits {
  /** Older records go. */
  readonly maxDays?: number;
  /** The oldest go while the database uses more: pages in use, not the size of the file. */
  readonly maxBytes?: number;
}

export interface Pruning {
  /** How many records. */
  readonly removed: number;
  /** Why older records stay nevertheless, for people. */
  readonly problem?: string;
}

export interface GrantHolder {
  readonly grant: GrantInfo;
  /** SHA-256 of the token. */
  readonly tokenHash: Buffer;
}

/** Grants that people have made. Times are milliseconds since the epoch. Everything throws, or rejects with, `StateError`. */
export interface GrantStore {
  /** Returns the token, which is kept nowhere. Throws `state-taken` where a grant in use has the label. */
  add(grant: NewGrant, at: number): Async<string>;
  /** Oldest first, with those that were revoked or have expired. */
  list(): readonly GrantInfo[];
  /** Those that hold at that time. */
  valid(at: number): readonly GrantHolder[];
  find(id: string): GrantHolder | undefined;
  /** The one in use, else the last that was. */
  labelled(label: string): GrantHolder | undefined;
  /** A new token in place of the old one; `undefined`: no grant in use has that label. */
  rotate(label: string): Async<string | undefined>;
  /** `false`: no grant in use has that label. */
  revoke(label: string, at: number): Async<boolean>;
}

export interface AuditQuery {
  /** Records with a greater seq. */
  readonly after?: number;
  /** Milliseconds since the epoch. */
  readonly since?: number;
  readonly server?: string;
  readonly tool?: string;
  readonly grant?: string;
  readonly decision?: string;
  /** The newest so many. */
  readonly limit?: number;
  /** The oldest so many, where `limit` is absent: with `after`, pages forwards. */
  readonly first?: number;
}

/**
 * `records`: how many there are, or up to which one the chain holds. `pruned`: up to which one they were removed by retention, and when
 * (ISO 8601) the last of them.
 */
export type Verification =
  | { readonly ok: true; readonly records: number; readonly pruned?: { readonly seq: number; readonly at: string } }
  | { readonly ok: false; readonly records: number; readonly problem: string; readonly seq: number };

/** Which content of a server is meant. */
export interface AcceptedSubject {
  readonly kind: Accepted['what'];
  /** The workspace folder, absolute, and empty without one; of a grant's policy its file. */
  readonly folder: string;
  /** Empty for a lock and a configuration, which are for all servers of the folder. */
  readonly server: string;
  /** Absolute path of the file that the command line names: of a configuration, or of the policy that names a server; absent: none. */
  readonly config?: string;
}

export interface AcceptedContent {
  /** Absolute path that the content was read from; empty where there was none. */
  readonly file: string;
  /** `null`: there was no such content, so nothing was allowed. */
  readonly text: string | null;
  /** Absolute path of the file whose content waits. */
  readonly waiting?: string;
}

/** Contents that may be in force until a person accepts others. Everything throws `StateError`, also for a file that is damaged. */
export interface AcceptedStore {
  /** `undefined`: nothing has been accepted yet. */
  read(subject: AcceptedSubject): AcceptedContent | undefined;
  /** Another text after each `write`, by whichever process. */
  version(subject: AcceptedSubject): string;
  write(subject: AcceptedSubject, content: AcceptedContent): void;
  /** Writes what a person has accepted, and lets the gateways of other machines know. */
  accept(subject: AcceptedSubject, content: AcceptedContent): void;
  /** Whether a person has accepted this very text at another machine, lately. `true` once only. */
  acceptedElsewhere(subject: AcceptedSubject, text: string): boolean;
  list(): readonly { readonly subject: AcceptedSubject; readonly content: AcceptedContent }[];
}
