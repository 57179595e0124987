/** What the gateway asks of its state. Types only; sqlite/ implements them. */
import type { Closeable } from '../ports.ts';
import type { CounterStore, JsonObject } from '../policy/index.ts';
import type { AuditRecord, Decided, Ended } from '../protocol/audit.ts';

export interface State extends Closeable {
  readonly counters: CounterStore;
  readonly audit: AuditLog;
  /** The port that this workspace's gateway listened on last. */
  port: number | undefined;
  /** Reads `<folder>/local.token`, or makes it (mode 0600): the token of the grant `local`. */
  localToken(): string;
  /** Equal arguments give equal digests (hex) in this installation, and tell nothing without its key. Empty without arguments. */
  argsHmac(args: JsonObject | undefined): string;
}

export interface AuditLog {
  /** Returns when the record is as durable as configured. Throws `StateError` when it could not be written: the call must then be denied. */
  append(entry: Decided | Ended): AuditRecord;
  /** Newest last. */
  read(query: AuditQuery): readonly AuditRecord[];
  /** `seq` of the newest record, 0 without any: a cheap way to see whether there is something to read. */
  newest(): number;
  /** Checks the chain and the head. */
  verify(): Verification;
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

export type Verification =
  | { readonly ok: true; readonly records: number }
  | { readonly ok: false; readonly records: number; readonly problem: string; readonly seq: number };
