/**
 * The way to an upstream server, kept up: connects on demand, and again with back-off when the server dies. What was in flight then has
 * failed; nothing is sent twice. Must not judge or alter what it carries.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { UpstreamError } from '../../mcp/index.ts';
import type { NotificationMessage, Params, ResponseMessage } from '../../mcp/message.ts';
import type { Closeable } from '../../ports.ts';
import { BackOff } from './backOff.ts';
import { Connection, type Cancel } from './connection.ts';
import type { Agreement } from '../../mcp/era/negotiate.ts';
import type { Era } from '../../mcp/revision.ts';
import type { LinkEvents, LinkOptions } from './linkPorts.ts';
import { AnsweredError, asUpstreamError } from './errors.ts';
import type { RequestOptions, Waiting } from './pending.ts';
import { SetUps } from './setUps.ts';

/** A request waits this long at most for the next attempt to connect; else it fails at once. */
const PATIENCE_MILLISECONDS = 1000;

/** Who waits for an answer that tells nothing new. */
const nobody: Waiting = { answered: () => undefined, failed: () => undefined };

interface Established {
  readonly connection: Connection;
  readonly agreement: Agreement;
}

export class UpstreamLink implements Closeable {
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  readonly #backOff: BackOff;
  #established: Established | undefined;
  #opening: Promise<Established> | undefined;
  #restart: NodeJS.Timeout | undefined;
  #acknowledged = false;
  readonly #setUps = new SetUps();
  #failure: UpstreamError | undefined;
  readonly #closed = new AbortController();
  /** While its handshake lasts. */
  #starting: Connection | undefined;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
    this.#backOff = new BackOff(options.clock);
  }

  /** Why there is no connection, after one was tried: for the user, not for agents. */
  get problem(): string | undefined {
    return this.#failure?.report;
  }

  get isConnected(): boolean {
    return this.#established !== undefined;
  }

  get isConnecting(): boolean {
    return this.#opening !== undefined && !this.isConnected;
  }

  /** What the server said in its handshake that it can do; `undefined` while there is no connection. */
  get capabilities(): Params | undefined {
    return this.#established && ((this.#established.agreement.greeting['capabilities'] ?? {}) as Params);
  }

  /** Whether the server lets clients come back for an answer. */
  get keepsEvents(): boolean {
    return this.#established?.connection.transport.keepsEvents ?? false;
  }

  get isAcknowledged(): boolean {
    return this.#acknowledged;
  }

  /** Which era the server speaks; `undefined` before the first connection. */
  get era(): Era | undefined {
    return this.#established?.agreement.era;
  }

  /** Connects where needed, and gives what was agreed on with the server. Rejects with `UpstreamError`. */
  async agreement(): Promise<Agreement> {
    return (await this.#connect()).agreement;
  }

  /** Says `notifications/initialized`, once to each connection. The first request does so too. */
  acknowledge(): void {
    if (this.#acknowledged) return;
    this.#acknowledged = true;
    this.notify({ jsonrpc: '2.0', method: 'notifications/initialized' });
  }

  /** Sends a request, after connecting where needed. */
  request(method: string, params: Params | undefined, waiting: Waiting, options: RequestOptions = {}): Cancel {
    if (this.#established) {
      this.acknowledge();
      return this.#established.connection.request(
        method,
        params,
        this.#setUps.noting(method, params, waiting),
        options,
      );
    }
    return this.#requestLater(method, params, waiting, options);
  }

  /** A request of the gateway's own. Rejects with `UpstreamError`, with `AnsweredError` where the server answers an error. */
  ask(method: string, params?: Params): Promise<Params> {
    return new Promise((resolve, reject) => {
      const answered = (response: ResponseMessage): void => {
        if ('result' in response) resolve(response.result);
        else reject(new AnsweredError(method, response.error.code, response.error.message));
      };
      this.request(method, params, { answered, failed: reject });
    });
  }

  /** Dropped when there is no connection: what it tells of ended with the connection. */
  notify(message: NotificationMessage): void {
    this.#established?.connection.send(message);
  }

  /** Answers a request of the server. */
  respond(response: ResponseMessage): void {
    this.#established?.connection.send(response);
  }

  /** Nothing is started any more once this was called: whoever waits for a connection is told that the server was stopped. */
  async close(): Promise<void> {
    this.#closed.abort();
    clearTimeout(this.#restart);
    const established = this.#established;
    this.#established = undefined;
    await Promise.all([established?.connection.close(), this.#starting?.close()]);
  }

  #requestLater(method: string, params: Params | undefined, waiting: Waiting, options: RequestOptions): Cancel {
    let cancelled = false;
    let cancel: Cancel | undefined;
    this.#connect().then(
      () => {
        if (!cancelled) cancel = this.request(method, params, waiting, options);
      },
      (error: unknown) => {
        // Whatever the handshake sent, of this request no byte left.
        const { code, message } = asUpstreamError(error, false);
        if (!cancelled) waiting.failed(new UpstreamError(code, message, { sent: false }));
      },
    );
    return (reason) => {
      cancelled = true;
      cancel?.(reason);
    };
  }

  #connect(): Promise<Established> {
    if (this.#established) return Promise.resolve(this.#established);
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
      this.#starting = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<Established> {
    await this.#awaitTurn();
    clearTimeout(this.#restart);
    try {
      return this.#establish(await this.#negotiate());
    } catch (thrown) {
      const error = asUpstreamError(thrown, false);
      this.#lost(error);
      throw error;
    }
  }

  /** Some legacy servers end at any question before `initialize`: such a one is started once more, and asked in its own era. */
  async #negotiate(): Promise<Established> {
    const first = this.#options.eras.firstFor(this.#options.prefers);
    try {
      return await this.#openOnce(first);
    } catch (thrown) {
      if (first === 'legacy' || !(thrown instanceof UpstreamError) || thrown.code !== 'died') throw thrown;
      this.#throwIfStopped();
      return await this.#openOnce('legacy');
    }
  }

  async #openOnce(first: Era): Promise<Established> {
    const { handshake, prefers, eras } = this.#options;
    const transport = await this.#options.openTransport();
    this.#throwIfStopped();
    const events = { ...this.#events, lost: (error: UpstreamError) => this.#lost(error) };
    const connection = new Connection(transport, this.#options, events);
    this.#starting = connection;
    const agreement = await connection.open({ params: handshake, first });
    eras.learn(prefers, agreement.era);
    return { connection, agreement };
  }

  #establish(established: Established): Established {
    this.#established = established;
    this.#backOff.started();
    this.#failure = undefined;
    if (this.#acknowledged) this.#resume(established);
    this.#events.connected(established.agreement, established.connection);
    return established;
  }

  /** The sessions behind it go on as they were, with what they have set up; what they called is not called again. */
  #resume({ agreement, connection }: Established): void {
    this.notify({ jsonrpc: '2.0', method: 'notifications/initialized' });
    if (agreement.era !== 'legacy') return;
    for (const { method, params } of this.#setUps.all) connection.request(method, params, nobody, {});
  }

  async #awaitTurn(): Promise<void> {
    this.#throwIfStopped();
    const { wait } = this.#backOff;
    // The login may have happened since, in another process: whoever calls need not wait to find out.
    if (this.#failure?.code === 'login-needed') return;
    const what = `will be tried again in ${Math.ceil(wait / 1000)} s. ${this.#failure?.message ?? ''}`;
    if (wait > PATIENCE_MILLISECONDS) throw this.#notNow('unreachable', what);
    if (wait === 0) return;
    await pause(wait, undefined, { signal: this.#closed.signal }).catch(() => undefined);
    this.#throwIfStopped();
  }

  #lost(error: UpstreamError): void {
    this.#established = undefined;
    if (this.#closed.signal.aborted) return;
    this.#backOff.failed();
    this.#failure = error;
    this.#options.log.warn(`No connection to the server: ${error.report}`, { server: this.#options.server });
    this.#events.lost();
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => void this.#connect().catch(() => undefined), this.#backOff.wait).unref();
  }

  #throwIfStopped(): void {
    if (this.#closed.signal.aborted) throw this.#notNow('closed', 'was stopped.');
  }

  #notNow(code: UpstreamError['code'], what: string): UpstreamError {
    return new UpstreamError(code, `The server "${this.#options.server}" ${what}`);
  }
}
