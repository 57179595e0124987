/**
 * The audit log in SQLite: appending to the chain, reading with filters, verifying. Records are never changed, and removed only by `prune`.
 * Must not decide what a record says: the gateway does.
 */
import type { KeyObject } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import type { Clock, Log } from '../../ports.ts';
import type { AuditRecord, Ended, Entry } from '../../protocol/audit.ts';
import { chained, type Link } from '../audit/chain.ts';
import type { Head } from '../audit/head.ts';
import { StateError } from '../error.ts';
import type { AuditLog, AuditQuery, Pruning, RetentionLimits, Verification } from '../ports.ts';
import { StoredChain } from './audit-chain.ts';
import { pruneChain } from './audit-prune.ts';
import { selectRecords } from './audit-query.ts';
import { verifyChain } from './audit-verify.ts';
import type { Database } from './database.ts';

interface AuditParts {
  readonly database: Database;
  readonly head: Head;
  readonly key: KeyObject;
  readonly checkpointKey: KeyObject;
  readonly clock: Clock;
  readonly log: Log | undefined;
}

/** How long a noted record waits for another one to be written with, and the head for the next link, in milliseconds. */
const PATIENCE = 10;

interface Note {
  readonly entry: Entry;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What one transaction has added to the chain. */
interface Batch {
  readonly previous: Link;
  readonly records: readonly AuditRecord[];
  /** How many of them had been noted before. */
  readonly notes: number;
}

export class SqliteAudit implements AuditLog {
  readonly #parts: AuditParts;
  readonly #chain: StoredChain;
  readonly #insert: StatementSync;
  /** The end of the chain as this process has left it: another one may have added to it since. */
  #last: Link | undefined;
  /** Not written yet. */
  readonly #notes: Note[] = [];
  /** The link that the head stands on as far as this process knows; absent when it has nothing to catch up with. */
  #headBehind: Link | undefined;
  #catchUp: NodeJS.Timeout | undefined;
  readonly #listeners: ((record: AuditRecord) => void)[] = [];

  constructor(parts: AuditParts) {
    this.#parts = parts;
    this.#chain = new StoredChain(parts.database, parts.key, parts.checkpointKey);
    this.#insert = parts.database.prepare('INSERT OR IGNORE INTO audit (seq, record) VALUES (?, ?)');
  }

  listen(listener: (record: AuditRecord) => void): void {
    this.#listeners.push(listener);
  }

  append(entry: Entry): AuditRecord {
    const batch = this.#parts.database.transaction(() => this.write([entry]));
    this.committed(batch);
    return batch.records.at(-1) as AuditRecord;
  }

  note(entry: Ended): void {
    this.#notes.push({ entry, at: this.#parts.clock() });
    this.#catchUpSoon();
  }

  /** What was noted, then `added`, as a part of a transaction that the caller has begun; `committed` follows once it is. */
  write(added: readonly Entry[]): Batch {
    const at = this.#parts.clock();
    const entries = [...this.#notes, ...added.map((entry) => ({ entry, at }))];
    const known = this.#last && this.#link(entries, this.#last);
    return { ...(known ?? this.#linkAtEnd(entries)), notes: this.#notes.length };
  }

  committed({ previous, records, notes }: Batch): void {
    this.#notes.splice(0, notes);
    this.#last = records.at(-1) ?? previous;
    this.#headBehind ??= previous;
    this.#catchUpSoon();
    for (const record of records) for (const listener of this.#listeners) listener(record);
  }

  /** Writes what was noted, and moves the head. */
  close(): void {
    this.#settle();
  }

  read(query: AuditQuery): readonly AuditRecord[] {
    const { database } = this.#parts;
    this.#settle();
    const { sql, values, newestFirst } = selectRecords(query);
    const rows = database.run(() => database.prepare(sql).all(...values));
    const records = rows.map((row) => this.#chain.parse({ seq: Number(row['seq']), line: String(row['record']) }));
    return newestFirst ? records.reverse() : records;
  }

  newest(): number {
    this.#settle();
    return this.#parts.database.run(() => this.#chain.newest().seq);
  }

  verify(): Verification {
    const { database, head } = this.#parts;
    this.#settle();
    // Before the lines: the head never runs ahead of them.
    const remembered = head.read();
    if (remembered === undefined) {
      const problem = `${head.file} is missing or was not written with this key: records missing at the end would not be noticed.`;
      return { ok: false, records: this.#chain.newest().seq, problem, seq: 0 };
    }
    return database.snapshot(() => verifyChain(this.#chain, remembered));
  }

  prune(limits: RetentionLimits): Pruning {
    const { database, head, clock } = this.#parts;
    this.#settle();
    const remembered = head.read();
    if (remembered === undefined)
      return { removed: 0, problem: `${head.file} is missing or was not written with this key` };
    return database.transaction(() => pruneChain({ database, chain: this.#chain, now: clock() }, limits, remembered));
  }

  /** `undefined` where another process has gone on from `previous`: then the end of the chain is elsewhere. */
  #link(notes: readonly Note[], previous: Link): Omit<Batch, 'notes'> | undefined {
    const records: AuditRecord[] = [];
    for (const { entry, at } of notes) {
      const { record, line } = chained(entry, records.at(-1) ?? previous, at, this.#parts.key);
      const isAdded = this.#insert.run(record.seq, line).changes > 0;
      if (!isAdded && records.length === 0) return undefined;
      if (!isAdded) throw this.#damage(record.seq);
      records.push(record);
    }
    return { previous, records };
  }

  #linkAtEnd(notes: readonly Note[]): Omit<Batch, 'notes'> {
    const end = this.#chain.newest();
    const linked = this.#link(notes, end);
    if (!linked) throw this.#damage(end.seq + 1);
    return linked;
  }

  /** A record stands where none can be: in a gap that somebody has made. */
  #damage(seq: number): StateError {
    this.#last = undefined;
    const message = `Record ${String(seq)} in ${this.#parts.database.file} stands behind a gap. Run "portcullis audit verify" to see what still holds.`;
    return new StateError('state-damaged', message);
  }

  #catchUpSoon(): void {
    this.#catchUp ??= setTimeout(() => this.#settle(), PATIENCE).unref();
  }

  #settle(): void {
    if (this.#notes.length > 0) this.#writeNotes();
    this.#advanceHead();
    clearTimeout(this.#catchUp);
    this.#catchUp = undefined;
  }

  #writeNotes(): void {
    try {
      this.committed(this.#parts.database.transaction(() => this.write([])));
    } catch (thrown) {
      this.#parts.log?.error('How calls ended could not be recorded yet.', { reason: String(thrown) });
    }
  }

  /** The records are committed by now: trouble with the head must not turn that into a failure. */
  #advanceHead(): void {
    const [behind, last] = [this.#headBehind, this.#last];
    if (!behind || !last) return;
    try {
      this.#parts.head.advance(behind, last, (link) => this.#chain.has(link));
      this.#headBehind = undefined;
    } catch (thrown) {
      this.#parts.log?.warn('audit.head could not be written', { reason: String(thrown) });
    }
  }
}
