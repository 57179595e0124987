/**
 * The chain as it stands in the database: where it begins (a checkpoint, once its oldest records were pruned), where it ends, and whether a line
 * follows another. Reads only, but for moving the beginning.
 */
import type { KeyObject } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import type { AuditRecord } from '../../protocol/audit.ts';
import { beginning, hashOf, hmac, isGenuine, type Link } from '../audit/chain.ts';
import { StateError } from '../error.ts';
import type { Database } from './database.ts';

/** A record as it is stored. */
export interface StoredLine {
  readonly seq: number;
  readonly line: string;
}

/** The last record that was pruned, and when. */
export interface Checkpoint extends Link {
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
}

export class StoredChain {
  readonly #database: Database;
  readonly #key: KeyObject;
  readonly #checkpointKey: KeyObject;
  readonly #tail: StatementSync;
  readonly #line: StatementSync;
  readonly #lines: StatementSync;
  readonly #checkpoint: StatementSync;
  readonly #setCheckpoint: StatementSync;
  readonly #delete: StatementSync;

  /** `key`: of the records. */
  constructor(database: Database, key: KeyObject, checkpointKey: KeyObject) {
    this.#database = database;
    this.#key = key;
    this.#checkpointKey = checkpointKey;
    this.#tail = database.prepare('SELECT seq, record FROM audit ORDER BY seq DESC LIMIT 1');
    this.#line = database.prepare('SELECT record FROM audit WHERE seq = ?');
    this.#lines = database.prepare('SELECT seq, record FROM audit ORDER BY seq LIMIT ?');
    this.#checkpoint = database.prepare('SELECT seq, hash, at, mac FROM checkpoint');
    this.#setCheckpoint = database.prepare(
      'INSERT INTO checkpoint (id, seq, hash, at, mac) VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at, mac = excluded.mac',
    );
    this.#delete = database.prepare('DELETE FROM audit WHERE seq <= ?');
  }

  newest(): Link {
    const row = this.#tail.get();
    if (row !== undefined) return { seq: Number(row['seq']), hash: hashOf(String(row['record'])) };
    return this.checkpoint() || beginning;
  }

  /** Oldest first. */
  *lines(most = -1): Generator<StoredLine, void, undefined> {
    for (const row of this.#lines.iterate(most)) yield { seq: Number(row['seq']), line: String(row['record']) };
  }

  /** What the oldest record follows; `undefined` where nothing was pruned, `false` where what is there was not written with our key. */
  checkpoint(): Checkpoint | undefined | false {
    const row = this.#checkpoint.get();
    if (row === undefined) return undefined;
    const checkpoint = { seq: Number(row['seq']), hash: String(row['hash']), at: String(row['at']) };
    return this.#macOf(checkpoint) === row['mac'] && checkpoint;
  }

  /** Forgets the records up to `checkpoint`, as a part of a transaction that the caller has begun. */
  beginAfter(checkpoint: Checkpoint): void {
    const { seq, hash, at } = checkpoint;
    this.#setCheckpoint.run(seq, hash, at, this.#macOf(checkpoint));
    this.#delete.run(seq);
  }

  /** Whether a link that was genuine once is in the chain; what was pruned is taken to have been in it, since it was checked then. */
  has(link: Link): boolean {
    const start = this.checkpoint() || beginning;
    if (link.seq < start.seq) return true;
    if (link.seq === start.seq) return link.hash === start.hash;
    return hashOf(String(this.#line.get(link.seq)?.['record'] ?? '')) === link.hash;
  }

  /** What is wrong with a line that should follow `last`, for people. */
  problemOf({ seq, line }: StoredLine, last: Link): string | undefined {
    if (seq !== last.seq + 1) return `Record ${String(last.seq + 1)} is missing.`;
    if (!isGenuine(line, this.#key)) return `Record ${String(seq)} was changed after it was written.`;
    const { seq: written, prev } = this.parse({ seq, line });
    if (written === seq && prev === last.hash) return undefined;
    return `Record ${String(seq)} does not follow the record before it: records were exchanged or removed.`;
  }

  parse({ seq, line }: StoredLine): AuditRecord {
    try {
      return JSON.parse(line) as AuditRecord;
    } catch (thrown) {
      const message = `Record ${String(seq)} in ${this.#database.file} is damaged. Run "portcullis audit verify" to see what still holds.`;
      throw new StateError('state-damaged', message, { cause: thrown });
    }
  }

  #macOf({ seq, hash, at }: Checkpoint): string {
    return hmac(this.#checkpointKey, `${String(seq)} ${hash} ${at}`);
  }
}

/** Where the record that the head stands on is not the one that was there when the head was written. */
export function problemWithHead({ seq, line }: StoredLine, head: Link): string | undefined {
  if (seq !== head.seq || hashOf(line) === head.hash) return undefined;
  return `Record ${String(seq)} is not the one that was written first: the end of the log was cut here, and records were added since.`;
}
