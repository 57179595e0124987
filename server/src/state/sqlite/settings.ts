/** Small values that the state keeps by name. */
import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';

/** `key`: which key the records were written with. `port`: see `State.port`. `time`: the latest time that a counter has seen (policy language §5). `shared`: see `EmbeddedState.sharedSeen`. `values`: see `ValueStore.answer`. */
type SettingName = 'key' | 'port' | 'time' | 'shared' | 'values';

export class Settings {
  readonly #database: Database;
  readonly #select: StatementSync;
  readonly #upsert: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: Database) {
    this.#database = database;
    this.#select = database.prepare('SELECT value FROM setting WHERE name = ?');
    this.#upsert = database.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)');
    this.#delete = database.prepare('DELETE FROM setting WHERE name = ?');
  }

  get(name: SettingName): string | undefined {
    const row = this.#database.run(() => this.#select.get(name));
    return row === undefined ? undefined : String(row['value']);
  }

  set(name: SettingName, value: string | undefined): void {
    this.#database.run(() => (value === undefined ? this.#delete.run(name) : this.#upsert.run(name, value)));
  }
}
