/**
 * The values of arguments that a person wants kept, in `<state>/values.db`: sealed with a key of the installation, each for the decision that it belongs to.
 * Opened, and made, when it is needed first. Must not decide what may be kept: the gateway does.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { KeyObject } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import type { Clock, Log } from '../../ports.ts';
import type { KeptValues } from '../../protocol/values.ts';
import { VALUE_DAYS, type ValueStore } from '../ports.ts';
import { seal, unseal } from '../sealed.ts';
import { Database } from './database.ts';
import { valuesSchema } from './schema.ts';
import type { Settings } from './settings.ts';

interface Parts {
  readonly folder: string;
  readonly settings: Settings;
  readonly key: KeyObject;
  readonly clock: Clock;
  readonly log: Log | undefined;
}

interface Waiting {
  readonly id: string;
  readonly at: number;
  readonly content: Uint8Array;
}

/** How long what is to be kept waits for more, in milliseconds, and how much of it may wait while it cannot be written. */
const PATIENCE = 10;
const MAX_WAITING = 2_048;
/** No call shall wait long for another process that writes here, in milliseconds. */
const BUSY_TIMEOUT = 100;

export class SqliteValues implements ValueStore {
  readonly #parts: Parts;
  #open: Opened | undefined;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #hasTrouble = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Read each time: a person may give another one in any window. */
  get answer(): ValueStore['answer'] {
    const stored = this.#parts.settings.get('values');
    return stored === 'keep' || stored === 'decline' ? stored : undefined;
  }

  set answer(answer: ValueStore['answer']) {
    this.#parts.settings.set('values', answer);
  }

  keep(id: string, kept: KeptValues): void {
    const { key, clock } = this.#parts;
    if (this.#waiting.length >= MAX_WAITING) this.#waiting.shift();
    this.#waiting.push({ id, at: clock(), content: seal(key, id, JSON.stringify(kept)) });
    this.#timer ??= setTimeout(() => this.#settle(), PATIENCE).unref();
  }

  read(ids: readonly string[]): ReadonlyMap<string, KeptValues> {
    this.#settle();
    const opened = this.#openExisting();
    if (!opened) return new Map();
    const { database, select } = opened;
    const oldest = this.#oldest();
    const rows = database.run(() => ids.map((id) => [id, select.get(id, oldest)?.['content']] as const));
    return new Map(
      rows.flatMap(([id, content]) => {
        const text = content instanceof Uint8Array ? unseal(this.#parts.key, id, content) : undefined;
        return text === undefined ? [] : [[id, JSON.parse(text) as KeptValues]];
      }),
    );
  }

  prune(): void {
    this.#remove(this.#oldest());
  }

  forget(): void {
    this.#waiting = [];
    this.#remove(Number.MAX_SAFE_INTEGER);
  }

  /** Writes what waits. */
  close(): void {
    this.#settle();
    this.#open?.database.close();
    this.#open = undefined;
  }

  #oldest(): number {
    return this.#parts.clock() - VALUE_DAYS * 86_400_000;
  }

  /** What was removed is overwritten in the log of the database too. */
  #remove(before: number): void {
    const opened = this.#openExisting();
    if (!opened) return;
    const { database, remove, truncate } = opened;
    database.run(() => remove.run(before).changes > 0 && truncate.all());
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    try {
      this.#open ??= openValues(this.#parts.folder);
      const { database, insert } = this.#open;
      database.transaction(() => this.#waiting.forEach(({ id, at, content }) => insert.run(id, at, content)));
      this.#waiting = [];
      this.#hasTrouble = false;
    } catch (thrown) {
      if (!this.#hasTrouble)
        this.#parts.log?.warn('Values of arguments could not be kept yet', { reason: String(thrown) });
      this.#hasTrouble = true;
    }
  }

  /** `undefined`: nothing was ever kept here. */
  #openExisting(): Opened | undefined {
    if (!this.#open && fs.existsSync(path.join(this.#parts.folder, valuesSchema.file)))
      this.#open = openValues(this.#parts.folder);
    return this.#open;
  }
}

interface Opened {
  readonly database: Database;
  readonly insert: StatementSync;
  readonly select: StatementSync;
  readonly remove: StatementSync;
  readonly truncate: StatementSync;
}

function openValues(folder: string): Opened {
  const database = Database.open(folder, { busyTimeout: BUSY_TIMEOUT }, valuesSchema);
  return {
    database,
    insert: database.prepare('INSERT OR IGNORE INTO kept (id, at, content) VALUES (?, ?, ?)'),
    select: database.prepare('SELECT content FROM kept WHERE id = ? AND at >= ?'),
    remove: database.prepare('DELETE FROM kept WHERE at < ?'),
    truncate: database.prepare('PRAGMA wal_checkpoint(TRUNCATE)'),
  };
}
