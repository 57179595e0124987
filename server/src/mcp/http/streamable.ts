/**
 * Streamable HTTP (MCP revisions from 2025-03-26): every message is a POST, answered by JSON or by an event stream;
 * a GET stream carries what the server says of its own accord.
 */
import type { RemoteLaunch } from '../definition.ts';
import { UpstreamError } from '../errors.ts';
import type { Message, MessageId, RequestMessage } from '../message.ts';
import { parseMessage } from '../parse.ts';
import type { ResolvedLaunch, SendOptions, Transport, TransportOptions } from '../transport.ts';
import { cleanerFor, type Cleaner } from '../untrusted.ts';
import { Backoff } from './backoff.ts';
import { readEvents, readText } from './body.ts';
import { Endpoint, statusFailure } from './endpoint.ts';
import { EventCursor, type Delivery } from './events.ts';
import type { Answer } from './exchange.ts';
import { mirroredHeaders } from './mirrored.ts';
import { isDenied, isEventStream, isJson, notMcp, asAnswer, revisionIn } from './responses.ts';

const MAX_ERROR_BYTES = 64 * 1024;
const MAX_RESUMPTIONS = 5;
/** Milliseconds that a server may take to take a message without an answer. */
const NOTICE_TIMEOUT = 30_000;

export class StreamableHttpTransport implements Transport {
  readonly isHttp = true;
  hearing: number | undefined;
  onmessage?: ((message: Message, about?: MessageId) => void) | undefined;
  onclose?: ((reason?: Error) => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onpostponed?: ((about: MessageId) => void) | undefined;
  keepsEvents = false;

  readonly #options: TransportOptions;
  readonly #endpoint: Endpoint;
  readonly #clean: Cleaner;
  readonly #maxBytes: number;
  readonly #closed = new AbortController();
  /** Requests whose answer is awaited. */
  readonly #pending = new Map<unknown, AbortController>();
  #session: string | undefined;
  #version: string | undefined;

  constructor(launch: RemoteLaunch & ResolvedLaunch, options: TransportOptions) {
    this.#options = options;
    this.#endpoint = new Endpoint(launch, options.authorization);
    this.#clean = cleanerFor(launch);
    this.#maxBytes = options.maxMessageBytes ?? 16 * 1024 * 1024;
  }

  start(): Promise<void> {
    const { signal } = this.#options;
    signal?.addEventListener('abort', () => void this.close(), { once: true });
    return signal?.aborted ? this.close() : Promise.resolve();
  }

  setProtocolVersion(version: string): void {
    this.#version = version;
  }

  async send(message: Message, options: SendOptions = {}): Promise<void> {
    if (this.#closed.signal.aborted) throw new UpstreamError('closed', 'The connection is closed.', { sent: false });
    if ('method' in message && 'id' in message) return this.#request(message, options);
    const method = 'method' in message ? message.method : undefined;
    // Before the server is told: one that hangs does not take the message either, and the exchange must end all the same.
    if (method === 'notifications/cancelled' && 'params' in message) this.#abandon(message.params?.['requestId']);
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(NOTICE_TIMEOUT)]);
    const response = await this.#post(message, signal, options.headers);
    response.discard();
    if (!response.ok) throw this.#refusal(response, '');
    if (method === 'notifications/initialized') void this.#listen();
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    const session = this.#session;
    this.#finish();
    if (session === undefined) return;
    const signal = AbortSignal.timeout(this.#options.grace ?? 1_500);
    const farewell = this.#endpoint.exchange({ method: 'DELETE', headers: this.#headers(session), signal });
    // A server that cannot be told forgets the session by itself.
    await farewell.then((response) => response.discard()).catch(() => undefined);
  }

  async #request(message: RequestMessage, { headers, signal: given }: SendOptions): Promise<void> {
    const own = new AbortController();
    const { signal } = own;
    const giveUp = (): void => own.abort(given?.reason);
    given?.addEventListener('abort', giveUp);
    if (given?.aborted) giveUp();
    this.#pending.set(message.id, own);
    try {
      const response = await this.#post(message, signal, headers);
      if (!response.ok) return await this.#readRefusal(message, response);
      this.#session ??= response.header('mcp-session-id') ?? undefined;
      await (isEventStream(response) ? this.#readStream(message, response, signal) : this.#readJson(message, response));
    } catch (error) {
      throw signal.reason instanceof UpstreamError ? signal.reason : error;
    } finally {
      this.#pending.delete(message.id);
      given?.removeEventListener('abort', giveUp);
    }
  }

  #post(message: Message, signal: AbortSignal, own: SendOptions['headers']): Promise<Answer> {
    const headers = {
      ...this.#headers(this.#session),
      ...mirroredHeaders(message),
      ...own,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
    return this.#endpoint.exchange({ method: 'POST', headers, body: JSON.stringify(message), signal });
  }

  #headers(session: string | undefined): Record<string, string> {
    return {
      ...(session === undefined ? {} : { 'mcp-session-id': session }),
      ...(this.#version === undefined ? {} : { 'mcp-protocol-version': this.#version }),
    };
  }

  async #readJson(request: RequestMessage, response: Answer): Promise<void> {
    const delivery = this.#delivery(request);
    delivery.take(await readText(response, this.#maxBytes));
    if (!delivery.answered) throw notMcp(this.#endpoint.url, response);
  }

  /** A stream that ends early is resumed after its last event, which the server may have kept. */
  async #readStream(request: RequestMessage, first: Answer, signal: AbortSignal): Promise<void> {
    const cursor = new EventCursor(this.#delivery(request), new Backoff(this.#options.retryDelay), () => {
      this.keepsEvents = true;
    });
    let response: Answer | undefined = first;
    for (let attempt = 0; attempt <= MAX_RESUMPTIONS; attempt += 1) {
      const end = response && (await this.#follow(response, cursor));
      if (end === 'done') return;
      if (cursor.lastId === undefined) break;
      if (end === 'ended') this.onpostponed?.(request.id);
      await cursor.backoff.wait(signal);
      response = await this.#resume(signal, cursor.lastId);
    }
    throw new UpstreamError('died', 'The connection ended before the server answered.', { sent: true });
  }

  /** Undefined when no connection could be made: the next attempt may succeed. */
  async #resume(signal: AbortSignal, lastId: string): Promise<Answer | undefined> {
    const response = await this.#get(signal, lastId).catch((error: unknown) => {
      if (signal.aborted) throw error;
    });
    if (response && !response.ok) throw this.#refusal(response, '');
    return response ?? undefined;
  }

  async #follow(response: Answer, cursor: EventCursor): Promise<'done' | 'ended' | 'broken'> {
    try {
      return await readEvents(response, this.#maxBytes, cursor);
    } catch (error) {
      // A broken stream can be resumed as an ended one can; anything else is final.
      if (this.#closed.signal.aborted || !(error instanceof UpstreamError && error.code === 'died')) throw error;
      return 'broken';
    }
  }

  /** The server's own messages, for as long as the connection lasts. Servers need not offer this. */
  async #listen(): Promise<void> {
    const { signal } = this.#closed;
    const cursor = new EventCursor(this.#delivery(undefined), new Backoff(this.#options.retryDelay));
    while (!signal.aborted) {
      try {
        const response = await this.#get(signal, cursor.lastId);
        if (!response.ok || !isEventStream(response)) return this.#notOffered(response);
        cursor.backoff.reset();
        this.hearing = performance.now();
        await this.#follow(response, cursor);
      } catch (error) {
        if (this.#isGone(error)) return this.#finish(error);
        if (!signal.aborted) this.onerror?.(error as Error);
      }
      this.hearing = undefined;
      await cursor.backoff.wait(signal);
    }
  }

  /** Nothing listens there any more, and nothing of what was asked can still be answered: there must be a new connection, once there is a server. */
  #isGone(error: unknown): error is UpstreamError {
    return error instanceof UpstreamError && error.code === 'unreachable' && this.#pending.size === 0;
  }

  #notOffered(response: Answer): void {
    response.discard();
    this.#options.log.debug('the server offers no stream of its own messages', { status: response.status });
    if (response.status === 404 && this.#session !== undefined) this.#refusal(response, '');
  }

  #get(signal: AbortSignal, lastId: string | undefined): Promise<Answer> {
    const resume = lastId === undefined ? {} : { 'last-event-id': lastId };
    const headers = { ...this.#headers(this.#session), ...resume, accept: 'text/event-stream' };
    return this.#endpoint.exchange({ method: 'GET', headers, signal });
  }

  /** Servers answer with JSON-RPC errors under a status of 400 too; those are answers. */
  async #readRefusal(request: RequestMessage, response: Answer): Promise<void> {
    const text = await readText(response, MAX_ERROR_BYTES).catch(() => '');
    const delivery = this.#delivery(request);
    const isLostSession = response.status === 404 && this.#session !== undefined;
    if (!isLostSession && !isDenied(response) && isJson(response)) delivery.take(text);
    if (!delivery.answered) throw this.#refusal(response, this.#clean(this.#endpoint.withoutGranted(text.trim())));
  }

  /** The error for a status; a session that the server has forgotten ends the connection. */
  #refusal(response: Answer, detail: string): UpstreamError {
    if (response.status !== 404 || this.#session === undefined)
      return statusFailure(this.#endpoint.url, response, detail);
    const message = `${this.#endpoint.url.origin} has forgotten our session; a new connection is needed.`;
    const lost = new UpstreamError('session-lost', message, { sent: true, status: 404 });
    this.#finish(lost);
    return lost;
  }

  #delivery(request: RequestMessage | undefined): Delivery {
    const delivery: Delivery = {
      answered: false,
      take: (text) => {
        const reading = parseMessage(text);
        if (!reading.ok)
          return this.onerror?.(new UpstreamError('garbage', `An answer was skipped: ${reading.problem}.`));
        for (const each of reading.messages) {
          const message = request ? asAnswer(each, request) : each;
          if (request && !('method' in message) && message.id === request.id) delivery.answered = true;
          if (request?.method === 'initialize' && 'result' in message) this.#version = revisionIn(message.result);
          this.onmessage?.(message, request?.id);
        }
      },
    };
    return delivery;
  }

  /** Nobody waits for this answer any more. */
  #abandon(id: unknown): void {
    this.#pending.get(id)?.abort(new UpstreamError('closed', 'The request was cancelled.', { sent: true }));
  }

  #finish(reason?: UpstreamError): void {
    if (this.#closed.signal.aborted) return;
    this.#session = undefined;
    this.#closed.abort(reason ?? new UpstreamError('closed', 'The connection was closed.', { sent: true }));
    for (const own of this.#pending.values()) own.abort(this.#closed.signal.reason);
    this.onclose?.(reason);
  }
}
