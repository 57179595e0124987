/**
 * `<state>/audit.head`: the newest link of the chain, kept outside the database, so that `verify` sees when records are missing at the end.
 *
 * The head only advances from a link that is in the chain. One that does not fit (the database was cut or replaced) is left as it is, and
 * `verify` keeps saying so. It is moved once for all records of a moment, so it lags behind by those of some milliseconds when a process is
 * killed: that is harmless.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { KeyObject } from 'node:crypto';
import { stateError } from '../error.ts';
import { beginning, hmac, type Link } from './chain.ts';

const headName = 'audit.head';

/** Always overwritten in place with the same length, which cannot tear. */
const length = 256;

export class Head {
  readonly file: string;
  readonly #key: KeyObject;
  #descriptor: number | undefined;
  /** What this process wrote last, so that its own writing is not checked again on each append. */
  #written: { readonly text: string; readonly link: Link } | undefined;
  readonly #buffer = Buffer.alloc(length);

  constructor(folder: string, key: KeyObject) {
    this.file = path.join(folder, headName);
    this.#key = key;
  }

  /** The remembered link; `undefined` when the file is missing or not ours. Throws `StateError` when it cannot be read. */
  read(): Link | undefined {
    try {
      if (this.#descriptor === undefined && !fs.existsSync(this.file)) return undefined;
      this.#descriptor ??= fs.openSync(this.file, 'r+');
      const size = fs.readSync(this.#descriptor, this.#buffer, 0, length, 0);
      return this.#decode(this.#buffer.toString('utf8', 0, size));
    } catch (thrown) {
      throw stateError(thrown, this.file);
    }
  }

  /** Starts a chain that has no record yet. An older head stays: it tells of records that are gone. Throws `StateError`. */
  create(): void {
    try {
      if (fs.existsSync(this.file)) return;
      fs.writeFileSync(this.file, this.#encode(beginning), { mode: 0o600, flag: 'wx' });
    } catch (thrown) {
      throw stateError(thrown, this.file);
    }
  }

  /** Moves to `next` when the head stands on `previous`, or on an older link that `isInChain`. */
  advance(previous: Link, next: Link, isInChain: (link: Link) => boolean): void {
    const head = this.read();
    if (head === undefined || head.seq >= next.seq) return;
    const fits = head.seq === previous.seq ? head.hash === previous.hash : isInChain(head);
    if (!fits || this.#descriptor === undefined) return;
    const text = this.#encode(next);
    fs.writeSync(this.#descriptor, text, 0);
    this.#written = { text, link: next };
  }

  close(): void {
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #encode(link: Link): string {
    const mac = hmac(this.#key, `${String(link.seq)} ${link.hash}`);
    return `${JSON.stringify({ seq: link.seq, hash: link.hash, mac }).padEnd(length - 1)}\n`;
  }

  #decode(text: string): Link | undefined {
    if (text === this.#written?.text) return this.#written.link;
    const match = /^\{"seq":(\d{1,16}),"hash":"([0-9a-f]{64})","mac":"([0-9a-f]{64})"\} *\n$/.exec(text);
    const [seq, hash, mac] = match?.slice(1) ?? [];
    if (seq === undefined || hash === undefined || mac !== hmac(this.#key, `${seq} ${hash}`)) return undefined;
    return { seq: Number(seq), hash };
  }
}
