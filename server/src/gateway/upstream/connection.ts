/**
 * One transport with the requests that wait on it: handshake, minted ids, answers, progress, time-outs. It ends once and is not mended;
 * link.ts makes the next one.
 */
import { UpstreamError } from '../../mcp/index.ts';
import type {
  Message,
  MessageId,
  NotificationMessage,
  Params,
  RequestMessage,
  ResponseMessage,
} from '../../mcp/message.ts';
import type { SendOptions, Transport } from '../../mcp/transport.ts';
import type { Log } from '../../ports.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import { metaKeys, withEnvelope, withoutEnvelope, type Envelope } from '../../mcp/era/envelope.ts';
import { envelopeOf, negotiate, type Agreement, type Handshake } from '../../mcp/era/negotiate.ts';
import { asUpstreamError } from './errors.ts';
import { PendingRequests, type PendingRequest, type RequestOptions, type Waiting } from './pending.ts';
import { LastingProgress, withMintedToken } from './progressToken.ts';

/** Starting a server may include downloading it. */
const SHORTEST_HANDSHAKE_TIMEOUT = 60_000;

/** A person who is asked something may take so many time-outs; a client that has left would take for ever. */
const PUT_OFF_FOR_CLIENT = 10;

export interface ConnectionOptions {
  readonly server: string;
  /** Milliseconds that a request may take. */
  readonly timeout: number;
  readonly log: Log;
}

export interface ConnectionEvents {
  notification(message: NotificationMessage): void;
  /** A request to the client; `send` takes its answer. */
  request(message: RequestMessage): void;
  /** The connection ended by itself. Called once. */
  lost(error: UpstreamError): void;
  /** Whether the server is waiting for the client at the moment: then its own slowness is no reason to give up. */
  isAwaitingClient(): boolean;
}

/** Stops waiting for a request and tells the upstream so. */
export type Cancel = (reason?: string) => void;

export class Connection {
  readonly #transport: Transport;
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #pending = new PendingRequests();
  readonly #lastingProgress = new LastingProgress();
  #agreement: Agreement | undefined;
  #own: Envelope = { capabilities: {} };
  #ended = false;

  constructor(transport: Transport, options: ConnectionOptions, events: ConnectionEvents) {
    this.#transport = transport;
    this.#options = options;
    this.#events = events;
    transport.onmessage = (message, about) => this.#receive(message, about);
    transport.onpostponed = (about) => this.#pending.get(about)?.postponed?.();
    transport.onclose = (reason) => this.#lost(asUpstreamError(reason, true));
    transport.onerror = (error) => options.log.warn(error.message, { server: options.server });
  }

  /** Connects and finds out what the server speaks. Rejects with `UpstreamError`, and is then ended. */
  async open(handshake: Handshake): Promise<Agreement> {
    try {
      await this.#transport.start();
      if (this.#ended) throw this.#error('closed', 'was stopped.');
      const agreement = await negotiate((...question) => this.#askForGreeting(...question), handshake);
      this.#own = envelopeOf(handshake.params);
      this.#transport.setProtocolVersion?.(String(agreement.greeting['protocolVersion']));
      this.#agreement = agreement;
      return agreement;
    } catch (thrown) {
      await this.close();
      throw asUpstreamError(thrown, false);
    }
  }

  request(method: string, params: Params | undefined, waiting: Waiting, options: RequestOptions): Cancel {
    const token = withMintedToken(this.#dress(params, options));
    const pending = this.#pending.add(waiting, token.original);
    if (options.progressOutlivesAnswer) this.#lastingProgress.keep(pending);
    if (!options.isEndless) pending.timer = setTimeout(() => this.#expire(pending), this.#options.timeout);
    this.#sendRequest(pending, method, token.mint(pending.id), options.headers);
    return (reason) => {
      if (this.#pending.take(pending.id)) this.#tellCancelled(pending, reason);
    };
  }

  /** What its messages travel by. */
  get transport(): Pick<Transport, 'hearing' | 'keepsEvents'> {
    return this.#transport;
  }

  get mirrorsHeaders(): boolean {
    return this.#isModern && (this.#transport.isHttp ?? false);
  }

  /** A notification, or the answer to a request of the server. */
  send(message: NotificationMessage | ResponseMessage): void {
    if (this.#isModern && 'method' in message && message.method !== 'notifications/cancelled') return;
    this.#transmit(message).catch((error: unknown) => this.#sendFailed(undefined, error));
  }

  /** Fails what still waits. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#pending.failAll(this.#error('closed', 'was stopped.', true));
    await this.#transport.close();
  }

  get #isModern(): boolean {
    return this.#agreement?.era === 'modern';
  }

  #dress(params: Params | undefined, { client }: RequestOptions): Params | undefined {
    return this.#isModern ? withEnvelope(params, { ...this.#own, ...client }) : withoutEnvelope(params);
  }

  #askForGreeting(method: string, params: Params, patience?: number): Promise<ResponseMessage | undefined> {
    return new Promise((resolve, reject) => {
      const pending = this.#pending.add({ answered: resolve, failed: reject }, undefined);
      const timeout = Math.max(this.#options.timeout, SHORTEST_HANDSHAKE_TIMEOUT);
      const late = this.#error('timeout', `did not answer "${method}" within ${timeout / 1000} s.`);
      const giveUp = patience === undefined ? (): void => reject(late) : (): void => resolve(undefined);
      pending.timer = setTimeout(giveUp, patience ?? timeout);
      this.#sendRequest(pending, method, params);
    });
  }

  #sendRequest(
    pending: PendingRequest,
    method: string,
    params: Params | undefined,
    headers?: RequestOptions['headers'],
  ): void {
    const message: Message = { jsonrpc: '2.0', id: pending.id, method, ...(params ? { params } : {}) };
    const { signal } = pending.exchange;
    const options = { signal, ...(headers ? { headers } : {}) };
    this.#transmit(message, options).catch((error: unknown) => this.#sendFailed(pending, error));
  }

  /** Also what a transport throws at once is a failed request, and not the end of the gateway. */
  async #transmit(message: Message, options?: SendOptions): Promise<void> {
    await this.#transport.send(message, options);
  }

  #sendFailed(pending: PendingRequest | undefined, thrown: unknown): void {
    // Of an error that is not the transport's own it is unknown whether a byte left.
    const error = asUpstreamError(thrown, true);
    if (pending) this.#pending.take(pending.id)?.failed(error);
    // A transport tells by itself when it ends. Over HTTP each request has an exchange of its own, and the others go on, as long as there are any.
    const isGone = error.code === 'unreachable' && this.#pending.size === 0;
    if (isGone || error.code === 'session-lost') this.#lost(error);
  }

  #expire(pending: PendingRequest): void {
    if (pending.putOff < PUT_OFF_FOR_CLIENT && this.#events.isAwaitingClient()) {
      pending.putOff += 1;
      pending.timer?.refresh();
      return;
    }
    if (!this.#pending.take(pending.id)) return;
    const seconds = this.#options.timeout / 1000;
    pending.failed(this.#error('timeout', `did not answer within ${seconds} s. What the call did is unknown.`, true));
    this.#tellCancelled(pending, 'timeout');
  }

  /** A modern server over HTTP takes the end of the exchange for it. */
  #tellCancelled(pending: PendingRequest, reason?: string): void {
    if (this.#isModern) pending.exchange.abort();
    if (this.mirrorsHeaders) return;
    const params = { requestId: pending.id, ...(reason === undefined ? {} : { reason }) };
    this.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
  }

  /** A message that cannot be handled costs only itself: nothing that a server says may end the gateway. */
  #receive(message: Message, about: MessageId | undefined): void {
    if (this.#ended) return;
    try {
      this.#handle(message, about);
    } catch (error) {
      const reason = error instanceof Error ? error.name : '';
      this.#options.log.error('A message of the server could not be handled.', {
        server: this.#options.server,
        reason,
      });
    }
  }

  #handle(message: Message, about: MessageId | undefined): void {
    if (!('method' in message)) return this.#receiveResponse(message);
    if (!('id' in message)) return this.#receiveNotification(message, about);
    if (message.method === 'ping') return this.send(resultAnswer(message.id, {}));
    if (this.#agreement?.era === 'legacy') return this.#events.request(message);
    this.send(errorAnswer(message.id, errorCodes.invalidRequest, 'No request is answered in this place.'));
  }

  #receiveResponse(response: ResponseMessage): void {
    const pending = this.#pending.take(response.id);
    if (!pending)
      return this.#options.log.debug('An answer that nobody waits for was dropped.', { server: this.#options.server });
    try {
      pending.answered(response);
    } catch (error) {
      pending.failed(this.#error('garbage', 'gave an answer that cannot be passed on.', true));
      throw error;
    }
  }

  #receiveNotification(message: NotificationMessage, about: MessageId | undefined): void {
    if (message.method !== 'notifications/progress') return this.#tell(message, about);
    const token = message.params?.['progressToken'];
    const pending = this.#pending.get(token) ?? this.#lastingProgress.get(token);
    if (!pending?.progressed || pending.progressToken === undefined) return;
    pending.timer?.refresh();
    pending.progressed({ ...message.params, progressToken: pending.progressToken });
  }

  /** News go to the request that they are about, where that can be told and it wants them. */
  #tell(message: NotificationMessage, about: MessageId | undefined): void {
    const meta = message.params?.['_meta'] as Params | undefined;
    const pending = this.#isModern ? this.#pending.get(meta?.[metaKeys.subscription] ?? about) : undefined;
    if (pending?.related) pending.related(message);
    else this.#events.notification(message);
  }

  #lost(error: UpstreamError): void {
    if (this.#ended) return;
    this.#ended = true;
    void this.#transport.close();
    // Whoever opens the connection hears of it by the failed handshake.
    if (!this.#agreement) return this.#pending.failAll(error);
    const what = `ended while the request was running; it was not repeated. ${error.message}`;
    this.#pending.failAll(this.#error('died', what, true));
    this.#events.lost(error);
  }

  #error(code: UpstreamError['code'], what: string, sent = false): UpstreamError {
    return new UpstreamError(code, `The server "${this.#options.server}" ${what}`, { sent });
  }
}
