/** The embedded state: one connection, the key of the installation, and what is built on them. */
import fs from 'node:fs';
import path from 'node:path';
import type { KeyObject } from 'node:crypto';
import type { Clock, Log } from '../../ports.ts';
import type { Charge, JsonObject, Reserving } from '../../policy/index.ts';
import type { Decided } from '../../protocol/audit.ts';
import { deriveKey, hmac } from '../audit/chain.ts';
import { Head } from '../audit/head.ts';
import { canonicalText } from '../canonical.ts';
import { StateError } from '../error.ts';
import { secretFile } from '../folder.ts';
import type { CounterUse, EmbeddedState } from '../ports.ts';
import { Admissions } from './admissions.ts';
import { SqliteApprovals } from './approvals.ts';
import { SqliteAudit } from './audit.ts';
import { countersInUse } from './counter-report.ts';
import { SqliteCounters } from './counters.ts';
import type { Database, DatabaseOptions } from './database.ts';
import { SqliteGrants } from './grants.ts';
import { Settings } from './settings.ts';
import { SqliteValues } from './values.ts';

export interface StateOptions extends DatabaseOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  /** The key of this installation, where the caller keeps it (SecretStorage); else it is a file of the folder. At least 32 random bytes, as text. */
  readonly key?: string;
}

const keyName = 'install.key';
const tokenName = 'local.token';

export class SqliteState implements EmbeddedState {
  readonly counters: SqliteCounters;
  readonly audit: SqliteAudit;
  readonly approvals: SqliteApprovals;
  readonly grants: SqliteGrants;
  readonly values: SqliteValues;
  readonly #admissions: Admissions;
  readonly #folder: string;
  readonly #database: Database;
  readonly #settings: Settings;
  readonly #head: Head;
  readonly #argumentsKey: KeyObject;
  readonly #sharingKey: KeyObject;
  readonly #signingKey: KeyObject;
  #isClosed = false;

  /** `folder` exists and holds the open `database`. Throws `StateError`. */
  constructor(folder: string, database: Database, options: StateOptions) {
    this.#folder = folder;
    this.#database = database;
    this.#settings = new Settings(database);
    const key = options.key ?? this.#keyFromFile();
    this.#argumentsKey = deriveKey(key, 'arguments');
    this.#sharingKey = deriveKey(key, 'sharing');
    this.#signingKey = deriveKey(key, 'signatures');
    this.#head = new Head(folder, deriveKey(key, 'audit head'));
    const { log, clock = Date.now } = options;
    this.audit = new SqliteAudit({
      database,
      head: this.#head,
      key: deriveKey(key, 'audit chain'),
      checkpointKey: deriveKey(key, 'audit checkpoint'),
      clock,
      log,
    });
    this.counters = new SqliteCounters(database, this.#settings, log);
    this.#admissions = new Admissions({ database, counters: this.counters, audit: this.audit });
    this.approvals = new SqliteApprovals(database, deriveKey(key, 'approvals'));
    this.grants = new SqliteGrants(database);
    const settings = this.#settings;
    this.values = new SqliteValues({ folder, settings, key: deriveKey(key, 'values'), clock, log });
    this.#warnOfClock(clock(), log);
    const mark = hmac(deriveKey(key, 'identity'), '').slice(0, 16);
    if (this.#settings.get('key') !== mark) database.transaction(() => this.#begin(mark));
  }

  get port(): number | undefined {
    const port = this.#settings.get('port');
    return port === undefined ? undefined : Number(port);
  }

  set port(port: number | undefined) {
    this.#settings.set('port', port === undefined ? undefined : String(port));
  }

  get sharedSeen(): string | undefined {
    return this.#settings.get('shared');
  }

  set sharedSeen(text: string | undefined) {
    this.#settings.set('shared', text);
  }

  localToken(): string {
    return secretFile(this.#folder, tokenName, this.#database);
  }

  admit(charges: readonly Charge[], at: number, entry: Decided): Promise<Reserving> {
    return this.#admissions.admit(charges, at, entry);
  }

  /** What stands on the counters of this folder. `at`: milliseconds since the epoch; counters never go back behind the latest time they have seen. */
  countersInUse(at: number): readonly CounterUse[] {
    return countersInUse(this.#database, Math.max(at, Number(this.#settings.get('time') ?? at)));
  }

  argsHmac(args: JsonObject | undefined): string {
    return args === undefined ? '' : hmac(this.#argumentsKey, canonicalText(args));
  }

  prove(text: string): string {
    return hmac(this.#sharingKey, text);
  }

  sign(text: string): string {
    return hmac(this.#signingKey, text);
  }

  close(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#isClosed = true;
    this.#admissions.settle();
    this.audit.close();
    this.values.close();
    this.counters.close();
    this.#head.close();
    this.#database.close();
    return Promise.resolve();
  }

  /** Counters never go back in time: after a clock that was wrong, limits stay as they are until its time comes, which nobody would guess. */
  #warnOfClock(now: number, log: Log | undefined): void {
    const seconds = Math.round((Number(this.#settings.get('time') ?? now) - now) / 1_000);
    if (seconds > 60)
      log?.warn('The clock is behind the latest time that limits were counted at; they free up no sooner', { seconds });
  }

  /** A lost key is not replaced: with a new one every record would look forged. */
  #keyFromFile(): string {
    const file = path.join(this.#folder, keyName);
    if (this.#settings.get('key') === undefined || fs.existsSync(file))
      return secretFile(this.#folder, keyName, this.#database);
    const message = `${file} is missing, and the records in ${this.#database.file} were written with it. Restore it from a backup, or move the whole state folder away to start anew.`;
    throw new StateError('state-key', message);
  }

  /** Binds a new database to its key and starts its chain; refuses another key later. */
  #begin(mark: string): void {
    const known = this.#settings.get('key');
    if (known === mark) return;
    if (known !== undefined) {
      const message = `The key of this installation is not the one that ${this.#database.file} was written with. Restore ${keyName}, or move the whole state folder away to start anew.`;
      throw new StateError('state-key', message);
    }
    this.#head.create();
    this.#settings.set('key', mark);
  }
}
