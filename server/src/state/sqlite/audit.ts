/**
 * The audit log in SQLite: appending to the chain, reading with filters, verifying. Records are only ever added.
 * Must not decide what a record says: the gateway does.
 */
import type { KeyObject } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import type { Clock, Log } from '../../ports.ts';
import type { AuditRecord, Decided, Ended } from '../../protocol/audit.ts';
import { beginning, chained, hashOf, isGenuine, type Link } from '../audit/chain.ts';
import type { Head } from '../audit/head.ts';
import { StateError } from '../error.ts';
import type { AuditLog, AuditQuery, Verification } from '../ports.ts';
import { selectRecords } from './audit-query.ts';
import type { Database } from './database.ts';

interface AuditParts {
  readonly database: Database;
  readonly head: Head;
  readonly key: KeyObject;
  readonly clock: Clock;
  readonly log: Log | undefined;
}

export class SqliteAudit implements AuditLog {
  readonly #parts: AuditParts;
  readonly #insert: StatementSync;
  readonly #tail: StatementSync;
  readonly #line: StatementSync;
  readonly #lines: StatementSync;

  constructor(parts: AuditParts) {
    this.#parts = parts;
    this.#insert = parts.database.prepare('INSERT INTO audit (seq, record) VALUES (?, ?)');
    this.#tail = parts.database.prepare('SELECT seq, record FROM audit ORDER BY seq DESC LIMIT 1');
    this.#line = parts.database.prepare('SELECT record FROM audit WHERE seq = ?');
    this.#lines = parts.database.prepare('SELECT seq, record FROM audit ORDER BY seq');
  }

  append(entry: Decided | Ended): AuditRecord {
    const { database, clock, key } = this.#parts;
    const { previous, record } = database.transaction(() => {
      const previous = this.#newest();
      const { record, line } = chained(entry, previous, clock(), key);
      this.#insert.run(record.seq, line);
      return { previous, record };
    });
    this.#advanceHead(previous, record);
    return record;
  }

  read(query: AuditQuery): readonly AuditRecord[] {
    const { database } = this.#parts;
    const { sql, values, newestFirst } = selectRecords(query);
    const rows = database.run(() => database.prepare(sql).all(...values));
    const records = rows.map((row) => parseRecord(row, database.file));
    return newestFirst ? records.reverse() : records;
  }

  newest(): number {
    return this.#parts.database.run(() => this.#newest().seq);
  }

  verify(): Verification {
    const { database, head } = this.#parts;
    // Before the lines: the head never runs ahead of them.
    const remembered = head.read();
    if (remembered === undefined) {
      const problem = `${head.file} is missing or was not written with this key: records missing at the end would not be noticed.`;
      return { ok: false, records: this.#newest().seq, problem, seq: 0 };
    }
    return database.run(() => this.#verifyLines(remembered));
  }

  #verifyLines(head: Link): Verification {
    let last = beginning;
    for (const row of this.#lines.iterate()) {
      const [seq, line] = [Number(row['seq']), String(row['record'])];
      const problem = this.#problemOf(seq, line, last) ?? problemWithHead(seq, line, head);
      if (problem !== undefined) return { ok: false, records: last.seq, problem, seq: last.seq + 1 };
      last = { seq, hash: hashOf(line) };
    }
    if (last.seq >= head.seq) return { ok: true, records: last.seq };
    const problem = `Records ${String(last.seq + 1)} to ${String(head.seq)} are missing at the end: they were removed, or lost when the power failed.`;
    return { ok: false, records: last.seq, problem, seq: last.seq + 1 };
  }

  #problemOf(seq: number, line: string, last: Link): string | undefined {
    if (seq !== last.seq + 1) return `Record ${String(last.seq + 1)} is missing.`;
    if (!isGenuine(line, this.#parts.key)) return `Record ${String(seq)} was changed after it was written.`;
    const { seq: written, prev } = parseRecord({ seq, record: line }, this.#parts.database.file);
    if (written === seq && prev === last.hash) return undefined;
    return `Record ${String(seq)} does not follow the record before it: records were exchanged or removed.`;
  }

  #newest(): Link {
    const row = this.#tail.get();
    return row === undefined ? beginning : { seq: Number(row['seq']), hash: hashOf(String(row['record'])) };
  }

  /** The record is committed by now: trouble with the head must not turn it into a failure. */
  #advanceHead(previous: Link, next: Link): void {
    try {
      this.#parts.head.advance(previous, next, (link) => this.#isInChain(link));
    } catch (thrown) {
      this.#parts.log?.warn('audit.head could not be written', { reason: String(thrown) });
    }
  }

  #isInChain(link: Link): boolean {
    if (link.seq === 0) return link.hash === beginning.hash;
    return hashOf(String(this.#line.get(link.seq)?.['record'] ?? '')) === link.hash;
  }
}

function problemWithHead(seq: number, line: string, head: Link): string | undefined {
  if (seq !== head.seq || hashOf(line) === head.hash) return undefined;
  return `Record ${String(seq)} is not the one that was written first: the end of the log was cut here, and records were added since.`;
}

function parseRecord(row: Readonly<Record<string, unknown>>, file: string): AuditRecord {
  try {
    return JSON.parse(String(row['record'])) as AuditRecord;
  } catch (thrown) {
    const message = `Record ${String(row['seq'])} in ${file} is damaged. Run "portcullis audit verify" to see what still holds.`;
    throw new StateError('state-damaged', message, { cause: thrown });
  }
}
