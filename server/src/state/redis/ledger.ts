/**
 * What gateways agree on in the shared state beside counters: its birth mark, and documents that are sealed with a key which is not in it. A mark
 * that is gone or another one, a document that is older than what was read before, or one that nobody with the key has written, is noticed:
 * then nothing is to be let through until a person has looked. Must not know what the documents say.
 */
import { createHmac, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { StateError } from '../error.ts';
import { seal, unseal } from '../sealed.ts';
import { PREFIX } from './key.ts';
import type { RedisLink } from './link.ts';
import { acceptScript, changeScript } from './ledgerScripts.ts';
import { parseSeen, type DocumentName, type Seen } from './seen.ts';

export const SHARED = `${PREFIX}shared`;

const NAMES: readonly DocumentName[] = ['grants', 'accepted'];
/** Another gateway may change a document at the same moment. */
const TRIES = 20;

export interface LedgerOptions {
  readonly link: Pick<RedisLink, 'run' | 'send'>;
  readonly key: KeyObject;
  /** `host:port (VARIABLE)`, for people. */
  readonly shown: string;
  /** Kept on this machine, over restarts. */
  readonly memory: { sharedSeen: string | undefined };
}

interface Held {
  readonly version: number;
  readonly text: string;
}

export class Ledger {
  readonly #options: LedgerOptions;
  readonly #documents = new Map<DocumentName, Held>();
  #seen: Seen | undefined;
  #problem: StateError | undefined;
  /** Told when `problem` changes. */
  onChange: () => void = () => undefined;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#seen = parseSeen(options.memory.sharedSeen);
  }

  get problem(): StateError | undefined {
    return this.#problem;
  }

  /** The mark that a counter must stand beside. */
  get birth(): string {
    return this.#seen?.birth ?? '';
  }

  /** Which acceptances this machine has gone by; `parseSeen` says more. */
  get used(): readonly string[] {
    return this.#seen?.used ?? [];
  }

  set used(used: readonly string[]) {
    if (this.#seen) this.#remember({ ...this.#seen, used });
  }

  /** The document as it was at the last `refresh`; `undefined`: nobody has written it yet. */
  text(name: DocumentName): string | undefined {
    return this.#documents.get(name)?.text;
  }

  /** Rejects with `StateError` where the shared state cannot be asked, or is not the one that was known. */
  async refresh(): Promise<void> {
    const { link, shown } = this.#options;
    if (!this.#seen) await this.#meet();
    const fields = ['birth', 'succession', ...NAMES.map((name) => `${name}.version`)];
    const [birth, succession, ...found] = texts(await link.send(['HMGET', SHARED, ...fields]));
    const versions = found.map((version) => Number(version ?? 0));
    this.#become(this.#judge(birth, succession, versions, shown) ?? (await this.#readAll(versions)));
  }

  /** `work`: from the document to what it is to become; may be called again. Rejects with `StateError`, or as `work` throws. */
  async change(name: DocumentName, work: (before: string | undefined) => string): Promise<void> {
    const { link, key, shown } = this.#options;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      await this.refresh();
      const { version = 0, text } = this.#documents.get(name) ?? {};
      const next = String(version + 1);
      const sealed = toText(seal(key, `${name} ${next}`, work(text)));
      const answer = await link.run(changeScript, [SHARED], [this.birth, name, String(version), next, sealed]);
      if (answer === 'ok') return this.refresh();
    }
    throw new StateError('state-shared', `The shared state at ${shown} is changed too often at the moment. Try again.`);
  }

  /** A person says that what is there now is right: gateways that knew the same as this one go by it from now on. */
  async accept(): Promise<void> {
    const { link, key } = this.#options;
    const birth = this.#newBirth();
    const succession = seal(key, 'succession', JSON.stringify({ from: this.birth, to: birth }));
    await link.run(acceptScript, [SHARED], [birth, toText(succession)]);
    await this.refresh();
  }

  /** Nothing is known of it yet: whoever comes first marks it. */
  async #meet(): Promise<void> {
    const { link, shown } = this.#options;
    await link.send(['HSETNX', SHARED, 'birth', this.#newBirth()]);
    const [birth] = texts(await link.send(['HMGET', SHARED, 'birth']));
    if (!this.#isOurs(birth)) return this.#become(anotherKey(shown));
    this.#remember({ birth, versions: {}, used: [] });
  }

  /** What is wrong with what stands there. */
  #judge(
    birth: string | undefined,
    succession: string | undefined,
    versions: readonly number[],
    shown: string,
  ): StateError | undefined {
    if (birth !== undefined && !this.#isOurs(birth)) return anotherKey(shown);
    if (birth !== this.birth && !this.#succeeds(birth, succession)) return replaced(shown);
    if (birth !== undefined && birth !== this.birth) {
      this.#documents.clear();
      this.#remember({ birth, versions: {}, used: this.used });
    }
    const isSetBack = NAMES.some((name, index) => (versions[index] ?? 0) < (this.#seen?.versions[name] ?? 0));
    return isSetBack ? replaced(shown) : undefined;
  }

  #succeeds(birth: string | undefined, sealed: string | undefined): boolean {
    const text = sealed === undefined ? undefined : unseal(this.#options.key, 'succession', toBytes(sealed));
    if (text === undefined) return false;
    const { from, to } = JSON.parse(text) as { readonly from: string; readonly to: string };
    return from === this.birth && to === birth;
  }

  /** What is wrong with the first document that is. */
  async #readAll(versions: readonly number[]): Promise<StateError | undefined> {
    for (const [index, name] of NAMES.entries()) {
      const problem = await this.#read(name, versions[index] ?? 0);
      if (problem) return problem;
    }
    return undefined;
  }

  async #read(name: DocumentName, announced: number): Promise<StateError | undefined> {
    const { link, key, shown } = this.#options;
    if (announced === (this.#documents.get(name)?.version ?? 0)) return undefined;
    const [version, sealed = ''] = texts(await link.send(['HMGET', SHARED, `${name}.version`, `${name}.text`]));
    const text = unseal(key, `${name} ${version ?? ''}`, toBytes(sealed));
    if (text === undefined) return forgedDocument(shown);
    if (Number(version) < (this.#documents.get(name)?.version ?? 0)) return undefined;
    this.#documents.set(name, { version: Number(version), text });
    if (this.#seen) this.#remember({ ...this.#seen, versions: { ...this.#seen.versions, [name]: Number(version) } });
    return undefined;
  }

  /** Throws it, where there is one. */
  #become(problem: StateError | undefined): void {
    const isNews = problem?.message !== this.#problem?.message;
    this.#problem = problem;
    if (isNews) this.onChange();
    if (problem) throw problem;
  }

  #remember(seen: Seen): void {
    this.#seen = seen;
    this.#options.memory.sharedSeen = JSON.stringify(seen);
  }

  /** Nobody without the key can make one. */
  #newBirth(): string {
    const id = randomBytes(16).toString('hex');
    return `${id}.${this.#mark(id)}`;
  }

  #isOurs(birth: string | undefined): birth is string {
    const [id = '', mark = ''] = (birth ?? '').split('.');
    const [expected, given] = [Buffer.from(this.#mark(id)), Buffer.from(mark)];
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  #mark(id: string): string {
    return createHmac('sha256', this.#options.key).update(`birth ${id}`).digest('hex');
  }
}

/** `null` where there is no such field. Throws `StateError` for anything that Redis does not answer. */
function texts(answer: unknown): readonly (string | undefined)[] {
  if (Array.isArray(answer)) return answer.map((each) => (typeof each === 'string' ? each : undefined));
  throw new StateError('state-shared', 'The shared state gave an answer that makes no sense.');
}

const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const toBytes = (text: string): Uint8Array => Buffer.from(text, 'base64');

function replaced(shown: string): StateError {
  const what = `The shared state at ${shown} is not as this gateway has known it: it was emptied, replaced, or restored from an older copy, so limits and grants may be missing.`;
  return new StateError('state-shared', `${what} A person has to look, and then run: portcullis shared-state accept`);
}

function anotherKey(shown: string): StateError {
  const what = `The shared state at ${shown} was marked with another key.`;
  return new StateError('state-shared', `${what} Give all gateways the same PORTCULLIS_SHARED_KEY.`);
}

function forgedDocument(shown: string): StateError {
  const what = `The shared state at ${shown} holds something that nobody with the key has written.`;
  return new StateError('state-shared', `${what} Restrict who may write to it, and restore it.`);
}
