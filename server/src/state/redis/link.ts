/**
 * One connection to the shared state, which answers in a bounded time or is given up and made anew in the background. Nothing waits for a
 * connection that is not there: a call that needs it is denied at once. Must not know what is asked.
 */
import { createClient, ErrorReply } from '@redis/client';
import type { Closeable, Log } from '../../ports.ts';
import { StateError } from '../error.ts';
import type { SharedAddress } from './address.ts';
import type { Script } from './scripts.ts';

/** Milliseconds. */
export interface LinkTiming {
  /** An answer that takes longer is taken for none. */
  readonly answer: number;
  readonly connect: number;
  /** Before a lost connection is tried again; doubled each time, up to `longestPause`. */
  readonly pause: number;
  readonly longestPause: number;
}

const TIMING: LinkTiming = { answer: 1_000, connect: 3_000, pause: 100, longestPause: 2_000 };

export interface LinkOptions {
  readonly address: SharedAddress;
  /** What becomes of calls while the connection is lost, for people. */
  readonly meanwhile: string;
  readonly log: Log;
  readonly timing?: Partial<LinkTiming>;
}

type Client = ReturnType<typeof newClient>;

export class RedisLink implements Closeable {
  readonly #options: LinkOptions;
  readonly #timing: LinkTiming;
  /** Absent while the connection is lost. */
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Told when `problem` changes. */
  onChange: () => void = () => undefined;

  private constructor(options: LinkOptions) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
  }

  /** Rejects with `StateError` when the server cannot be reached or refuses. */
  static async open(options: LinkOptions): Promise<RedisLink> {
    const link = new RedisLink(options);
    try {
      await link.#connect();
    } catch (thrown) {
      const what = `The shared state at ${options.address.shown} cannot be used: ${reasonOf(thrown)}`;
      throw new StateError('state-shared', `${what} Check that it runs, and its address, user and password.`);
    }
    return link;
  }

  /** Why nothing can be asked, for people; `undefined`: it is connected. */
  get problem(): string | undefined {
    return this.#client ? undefined : `The shared state at ${this.#options.address.shown} cannot be reached.`;
  }

  /** Rejects with `StateError`: it is not known then whether the script has run. */
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    const rest = [String(keys.length), ...keys, ...args];
    return this.#ask(async (client) => {
      try {
        return await client.sendCommand(['EVALSHA', script.sha1, ...rest]);
      } catch (thrown) {
        if (!(thrown instanceof ErrorReply) || !thrown.message.startsWith('NOSCRIPT')) throw thrown;
        return client.sendCommand(['EVAL', script.source, ...rest]);
      }
    });
  }

  /** One command. Rejects with `StateError`. */
  send(command: readonly string[]): Promise<unknown> {
    return this.#ask((client) => client.sendCommand(command));
  }

  async #ask(question: (client: Client) => Promise<unknown>): Promise<unknown> {
    const client = this.#client;
    if (!client) throw this.#error('is not connected');
    try {
      return await within(this.#timing.answer, question(client));
    } catch (thrown) {
      if (losesConnection(thrown)) this.#lose(client, reasonOf(thrown));
      throw this.#error(`did not answer: ${reasonOf(thrown)}`);
    }
  }

  close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#client?.destroy();
    this.#client = undefined;
    return Promise.resolve();
  }

  async #connect(): Promise<void> {
    const client = newClient(this.#options.address.url);
    client.on('error', (error: unknown) => this.#lose(client, reasonOf(error)));
    try {
      await within(this.#timing.connect, client.connect());
      // A server that has just started reads its data first, and says so to every command.
      await within(this.#timing.connect, client.sendCommand(['PING']));
    } catch (thrown) {
      client.destroy();
      throw thrown;
    }
    if (this.#isClosed) client.destroy();
    else this.#client = client;
  }

  /** Destroying it rejects everything that still waits for an answer on it. */
  #lose(client: Client, reason: string): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.destroy();
    const { address, log, meanwhile } = this.#options;
    log.warn(`The shared state was lost. ${meanwhile} until it is back.`, { address: address.shown, reason });
    this.#tryAgain(this.#timing.pause);
    this.onChange();
  }

  #tryAgain(pause: number): void {
    if (this.#isClosed) return;
    const again = async (): Promise<void> => {
      try {
        await this.#connect();
        this.#options.log.warn('The shared state is back.', { address: this.#options.address.shown });
        this.onChange();
      } catch (thrown) {
        this.#options.log.debug('The shared state cannot be reached yet.', { reason: reasonOf(thrown) });
        this.#tryAgain(Math.min(pause * 2, this.#timing.longestPause));
      }
    };
    this.#retry = setTimeout(() => void again(), pause).unref();
  }

  #error(what: string): StateError {
    return new StateError('state-shared', `The shared state at ${this.#options.address.shown} ${what}`);
  }
}

function newClient(url: string) {
  // Reconnecting is this module's own business: whoever waits is to be denied at once and not queued.
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: false },
    RESP: 2,
  });
}

class NoAnswer extends Error {}

/**
 * Rejects with `NoAnswer` when `work` takes longer than `milliseconds`. Timers run before sockets are read: after a busy moment of this
 * process an answer may lie there already, and is looked for first.
 */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = (): void => reject(new NoAnswer(`no answer within ${String(milliseconds)} ms.`));
    timer = setTimeout(() => setImmediate(giveUp), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An answer, even a refusal, shows that the connection works; but a replica refuses every write for good, so its place is asked again. */
function losesConnection(thrown: unknown): boolean {
  return !(thrown instanceof ErrorReply) || thrown.message.startsWith('READONLY');
}

/** The client's messages name host and port and never the address, and the server's refusals do not repeat what was sent. */
function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return message.endsWith('.') ? message : `${message}.`;
}
