/**
 * Secrets of logins in `<state>/logins`: one file for each, which only this user may read (0600), and a lock beside it. A file is
 * replaced whole: a reader sees the old text or the new one.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { SecretRecords } from '../ports.ts';
import { stateError } from './error.ts';
import { prepareFolder } from './folder.ts';
import { withLock } from './sqlite/lock.ts';

/** Keys become names of files. */
const KEY = /^[0-9a-f]{32}$/;

export class SecretFiles implements SecretRecords {
  readonly #folder: string;

  /** `folder`: of the state. Nothing is made before the first secret is written. */
  constructor(folder: string) {
    this.#folder = path.join(folder, 'logins');
  }

  /** Rejects with `StateError`, as all others do. */
  async read(key: string): Promise<string | undefined> {
    const file = this.#file(key, 'json');
    try {
      return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
    } catch (thrown) {
      throw stateError(thrown, file);
    }
  }

  async write(key: string, text: string): Promise<void> {
    const file = this.#file(key, 'json');
    prepareFolder(this.#folder);
    try {
      const draft = `${file}.new`;
      fs.rmSync(draft, { force: true });
      fs.writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
      fs.renameSync(draft, file);
    } catch (thrown) {
      throw stateError(thrown, file);
    }
  }

  async remove(key: string): Promise<void> {
    const file = this.#file(key, 'json');
    try {
      fs.rmSync(file, { force: true });
    } catch (thrown) {
      throw stateError(thrown, file);
    }
  }

  exclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    prepareFolder(this.#folder);
    return withLock(this.#file(key, 'lock'), work);
  }

  #file(key: string, kind: 'json' | 'lock'): string {
    if (!KEY.test(key)) throw new TypeError('A key of secrets is 32 hexadecimal digits.');
    return path.join(this.#folder, `${key}.${kind}`);
  }
}
