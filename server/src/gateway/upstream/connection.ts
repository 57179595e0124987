/**
 * One transport with the requests that wait on it: handshake, minted ids, answers, progress, time-outs. It ends once and is not mended;
 * link.ts makes the next one.
 */
import { UpstreamError } from '../../mcp/index.ts';
import type { Message, NotificationMessage, Params, RequestMessage, ResponseMessage } from '../../mcp/message.ts';
import type { Transport } from '../../mcp/transport.ts';
import type { Log } from '../../ports.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import { asUpstreamError, problemOfGreeting } from './handshake.ts';
import { PendingRequests, type PendingRequest, type Waiting } from './pending.ts';
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

export interface RequestOptions {
  /** The request may be answered by a task, whose progress goes on after the answer. */
  readonly progressOutlivesAnswer?: boolean;
}

/** Stops waiting for a request and tells the upstream so. */
export type Cancel = (reason?: string) => void;

export class Connection {
  readonly #transport: Transport;
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #pending = new PendingRequests();
  readonly #lastingProgress = new LastingProgress();
  #greeted = false;
  #ended = false;

  constructor(transport: Transport, options: ConnectionOptions, events: ConnectionEvents) {
    this.#transport = transport;
    this.#options = options;
    this.#events = events;
    transport.onmessage = (message) => this.#receive(message);
    transport.onclose = (reason) => this.#lost(asUpstreamError(reason, true));
    transport.onerror = (error) => options.log.warn(error.message, { server: options.server });
  }

  /** Connects and shakes hands. Resolves with the server's `initialize` result; rejects with `UpstreamError`, and is then ended. */
  async open(handshake: Params): Promise<Params> {
    try {
      await this.#transport.start();
      if (this.#ended) throw this.#error('closed', 'was stopped.');
      const greeting = await this.#shakeHands(handshake);
      this.#greeted = true;
      return greeting;
    } catch (thrown) {
      await this.close();
      throw asUpstreamError(thrown, false);
    }
  }

  request(method: string, params: Params | undefined, waiting: Waiting, options: RequestOptions): Cancel {
    const token = withMintedToken(params);
    const pending = this.#pending.add(waiting, token.original);
    if (options.progressOutlivesAnswer) this.#lastingProgress.keep(pending);
    pending.timer = setTimeout(() => this.#expire(pending), this.#options.timeout);
    this.#sendRequest(pending, method, token.mint(pending.id));
    return (reason) => {
      if (this.#pending.take(pending.id)) this.#tellCancelled(pending, reason);
    };
  }

  /** A notification, or the answer to a request of the server. */
  send(message: NotificationMessage | ResponseMessage): void {
    this.#transmit(message).catch((error: unknown) => this.#sendFailed(undefined, error));
  }

  /** Fails what still waits. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#pending.failAll(this.#error('closed', 'was stopped.', true));
    await this.#transport.close();
  }

  #shakeHands(handshake: Params): Promise<Params> {
    return new Promise((resolve, reject) => {
      const answered = (response: ResponseMessage): void => {
        const problem = problemOfGreeting(response);
        if (problem !== undefined || !('result' in response)) return reject(this.#error('garbage', problem ?? ''));
        this.#transport.setProtocolVersion?.(String(response.result['protocolVersion']));
        resolve(response.result);
      };
      const pending = this.#pending.add({ answered, failed: reject }, undefined);
      const timeout = Math.max(this.#options.timeout, SHORTEST_HANDSHAKE_TIMEOUT);
      const late = this.#error('timeout', `did not answer "initialize" within ${timeout / 1000} s.`);
      pending.timer = setTimeout(() => reject(late), timeout);
      this.#sendRequest(pending, 'initialize', handshake);
    });
  }

  #sendRequest(pending: PendingRequest, method: string, params: Params | undefined): void {
    const message: Message = { jsonrpc: '2.0', id: pending.id, method, ...(params ? { params } : {}) };
    this.#transmit(message).catch((error: unknown) => this.#sendFailed(pending, error));
  }

  /** Also what a transport throws at once is a failed request, and not the end of the gateway. */
  async #transmit(message: Message): Promise<void> {
    await this.#transport.send(message);
  }

  #sendFailed(pending: PendingRequest | undefined, thrown: unknown): void {
    // Of an error that is not the transport's own it is unknown whether a byte left.
    const error = asUpstreamError(thrown, true);
    if (pending) this.#pending.take(pending.id)?.failed(error);
    // A transport tells by itself when it ends. Over HTTP each request has an exchange of its own, and the others go on.
    if (error.code === 'session-lost') this.#lost(error);
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

  #tellCancelled(pending: PendingRequest, reason?: string): void {
    const params = { requestId: pending.id, ...(reason === undefined ? {} : { reason }) };
    this.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
  }

  /** A message that cannot be handled costs only itself: nothing that a server says may end the gateway. */
  #receive(message: Message): void {
    if (this.#ended) return;
    try {
      this.#handle(message);
    } catch (error) {
      const reason = error instanceof Error ? error.name : '';
      this.#options.log.error('A message of the server could not be handled.', {
        server: this.#options.server,
        reason,
      });
    }
  }

  #handle(message: Message): void {
    if (!('method' in message)) return this.#receiveResponse(message);
    if (!('id' in message)) return this.#receiveNotification(message);
    if (message.method === 'ping') return this.send(resultAnswer(message.id, {}));
    if (this.#greeted) return this.#events.request(message);
    this.send(errorAnswer(message.id, errorCodes.invalidRequest, 'The session is not initialized yet.'));
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

  #receiveNotification(message: NotificationMessage): void {
    if (message.method !== 'notifications/progress') return this.#events.notification(message);
    const token = message.params?.['progressToken'];
    const pending = this.#pending.get(token) ?? this.#lastingProgress.get(token);
    if (!pending?.progressed || pending.progressToken === undefined) return;
    pending.timer?.refresh();
    pending.progressed({ ...message.params, progressToken: pending.progressToken });
  }

  #lost(error: UpstreamError): void {
    if (this.#ended) return;
    this.#ended = true;
    void this.#transport.close();
    // Whoever opens the connection hears of it by the failed handshake.
    if (!this.#greeted) return this.#pending.failAll(error);
    const what = `ended while the request was running; it was not repeated. ${error.message}`;
    this.#pending.failAll(this.#error('died', what, true));
    this.#events.lost(error);
  }

  #error(code: UpstreamError['code'], what: string, sent = false): UpstreamError {
    return new UpstreamError(code, `The server "${this.#options.server}" ${what}`, { sent });
  }
}
