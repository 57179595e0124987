/**
 * One connection to a database of the state folder: opening, schema, short transactions. Knows nothing of what the tables mean.
 * Several processes use one database at once; SQLite's lock is the only lock between them.
 */
import fs from 'node:fs';
import path from 'node:path';
import type * as Sqlite from 'node:sqlite';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StateError, stateError } from '../error.ts';
import { stateSchema, type Schema } from './schema.ts';

export interface DatabaseOptions {
  /** `process`: a commit survives the end of the process. `power`: also a power cut (one fsync per commit). */
  readonly durability?: 'process' | 'power';
  /** How long to wait for other processes, in milliseconds (5,000). */
  readonly busyTimeout?: number;
}

export class Database {
  readonly file: string;
  readonly #connection: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #beginReading: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  #closed = false;

  private constructor(file: string, connection: DatabaseSync) {
    this.file = file;
    this.#connection = connection;
    this.#begin = connection.prepare('BEGIN IMMEDIATE');
    this.#beginReading = connection.prepare('BEGIN');
    this.#commit = connection.prepare('COMMIT');
    this.#rollback = connection.prepare('ROLLBACK');
  }

  /** Opens the database of an existing folder, and makes it when it is missing. Throws `StateError`. */
  static open(folder: string, options: DatabaseOptions = {}, schema = stateSchema): Database {
    const file = path.join(folder, schema.file);
    try {
      // SQLite would make it world-readable; -wal and -shm take over the mode of the file itself.
      if (!fs.existsSync(file)) fs.closeSync(fs.openSync(file, 'a', 0o600));
      return new Database(file, connect(file, options, schema));
    } catch (thrown) {
      throw stateError(thrown, file);
    }
  }

  prepare(sql: string): StatementSync {
    try {
      return this.#connection.prepare(sql);
    } catch (thrown) {
      throw stateError(thrown, this.file);
    }
  }

  /** Runs `work` alone among all processes and commits; rolls back when it throws. Do nothing slow inside. Throws `StateError`. */
  transaction<T>(work: () => T): T {
    return this.#within(this.#begin, work);
  }

  /** Runs statements outside a transaction, with the room's errors. */
  run<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      throw stateError(thrown, this.file);
    }
  }

  /** Everything that `work` reads is of one moment; others may write meanwhile. Throws `StateError`. */
  snapshot<T>(work: () => T): T {
    return this.#within(this.#beginReading, work);
  }

  /** Of the pages in use: what was deleted does not count, although the file keeps its size. */
  usedBytes(): number {
    return this.run(() => {
      const value = (name: string): number =>
        Number(Object.values(this.#connection.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
      return (value('page_count') - value('freelist_count')) * value('page_size');
    });
  }

  /** Closing twice is harmless. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }

  #within<T>(begin: StatementSync, work: () => T): T {
    try {
      begin.run();
      const result = work();
      this.#commit.run();
      return result;
    } catch (thrown) {
      this.#abandon();
      throw stateError(thrown, this.file);
    }
  }

  #abandon(): void {
    try {
      this.#rollback.run();
    } catch {
      // After some errors (a full disk) SQLite has rolled back by itself, and after a failed BEGIN there is nothing to undo.
    }
  }
}

function connect(file: string, options: DatabaseOptions, schema: Schema): DatabaseSync {
  const connection = openConnection(file);
  try {
    connection.exec(`PRAGMA busy_timeout = ${String(options.busyTimeout ?? 5000)}`);
    useWriteAheadLog(connection, options.busyTimeout ?? 5000);
    // A checkpoint waits for the disk: fewer of them, for a log of up to 16 MB.
    connection.exec('PRAGMA wal_autocheckpoint = 4000');
    connection.exec(`PRAGMA synchronous = ${options.durability === 'power' ? 'FULL' : 'NORMAL'}`);
    // What is deleted is overwritten: a record that was pruned, or arguments that waited for a person.
    connection.exec('PRAGMA secure_delete = ON');
    migrate(connection, file, schema);
    return connection;
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

/** `node:sqlite` is looked up at run time: the commands that need no state work on a Node without it. */
export function openConnection(file: string): DatabaseSync {
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof Sqlite | undefined;
  if (sqlite === undefined) {
    throw new StateError(
      'state-unsupported',
      `Recording decisions needs Node.js 22.13 or newer (for node:sqlite); this is ${process.version}. Update Node.js and start again.`,
    );
  }
  return new sqlite.DatabaseSync(file);
}

/** The switch to WAL is not covered by SQLite's busy time-out: two processes that open a new database together must try again here. */
function useWriteAheadLog(connection: DatabaseSync, patience: number): void {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      connection.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (thrown) {
      if (performance.now() > deadline || stateError(thrown, '').code !== 'state-busy') throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function migrate(connection: DatabaseSync, file: string, { steps }: Schema): void {
  if (versionOf(connection) === steps.length) return;
  connection.exec('BEGIN IMMEDIATE');
  // Asked again under the lock: another process may have been faster.
  const version = versionOf(connection);
  if (version > steps.length) {
    throw new StateError(
      'state-unsupported',
      `${file} was written by a newer version of Portcullis. Update Portcullis, or choose another state folder with --state.`,
    );
  }
  connection.exec(`${steps.slice(version).join('')}PRAGMA user_version = ${String(steps.length)};`);
  connection.exec('COMMIT');
}

function versionOf(connection: DatabaseSync): number {
  return Number(connection.prepare('PRAGMA user_version').get()?.['user_version']);
}
