/** Legacy HTTP+SSE (revision 2024-11-05): one GET stream carries every answer; its first event names where to POST. */
import type { RemoteLaunch } from '../definition.ts';
import { UpstreamError } from '../errors.ts';
import type { Message } from '../message.ts';
import { parseMessage } from '../parse.ts';
import type { ResolvedLaunch, Transport, TransportOptions } from '../transport.ts';
import { readEvents } from './body.ts';
import { Endpoint, statusFailure } from './endpoint.ts';
import type { Answer } from './exchange.ts';

export class SseTransport implements Transport {
  onmessage?: ((message: Message) => void) | undefined;
  onclose?: ((reason?: Error) => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;

  /** One stream carries everything, and the connection ends with it. */
  readonly hearing = 1;

  readonly #options: TransportOptions;
  readonly #endpoint: Endpoint;
  readonly #closed = new AbortController();
  #target: URL | undefined;

  constructor(launch: RemoteLaunch & ResolvedLaunch, options: TransportOptions) {
    this.#options = options;
    this.#endpoint = new Endpoint(launch, options.authorization);
  }

  async start(): Promise<void> {
    const { signal, connectTimeout = 30_000 } = this.#options;
    signal?.addEventListener('abort', () => void this.close(), { once: true });
    if (signal?.aborted) return this.close();
    const late = new UpstreamError(
      'timeout',
      `${this.#endpoint.url.origin} did not name its message endpoint in time.`,
    );
    const timer = setTimeout(() => this.#closed.abort(late), connectTimeout);
    try {
      await this.#connect();
    } finally {
      clearTimeout(timer);
    }
  }

  async send(message: Message): Promise<void> {
    if (this.#closed.signal.aborted || !this.#target) {
      throw new UpstreamError('closed', 'The connection is closed.', { sent: false });
    }
    const exchange = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: this.#closed.signal,
    } as const;
    const response = await this.#endpoint.exchange(exchange, this.#target);
    response.discard();
    if (!response.ok) throw statusFailure(this.#endpoint.url, response);
  }

  close(): Promise<void> {
    this.#finish();
    return Promise.resolve();
  }

  async #connect(): Promise<void> {
    const headers = { accept: 'text/event-stream' };
    const response = await this.#endpoint.exchange({ method: 'GET', headers, signal: this.#closed.signal });
    if (!response.ok) {
      response.discard();
      throw statusFailure(this.#endpoint.url, response);
    }
    await new Promise<void>((resolve, reject) => {
      this.#follow(response, resolve).then(
        () =>
          reject(
            new UpstreamError('garbage', `${this.#endpoint.url.origin} ended the stream without MCP's first event.`),
          ),
        reject,
      );
    });
  }

  /** Runs as long as the stream; `ready` is called when messages can be sent. */
  async #follow(response: Answer, ready: () => void): Promise<void> {
    const maxBytes = this.#options.maxMessageBytes ?? 16 * 1024 * 1024;
    try {
      await readEvents(response, maxBytes, {
        event: ({ event, data }) => {
          if (event === 'endpoint') this.#setTarget(data, ready);
          else if (event === undefined || event === 'message') this.#receive(data);
          return undefined;
        },
      });
      this.#finish(new UpstreamError('died', `${this.#endpoint.url.origin} ended the connection.`, { sent: true }));
    } catch (error) {
      const aborted: unknown = this.#closed.signal.reason;
      const reason = aborted instanceof UpstreamError ? aborted : (error as Error);
      this.#finish(reason);
      throw reason;
    }
  }

  /** The credentials are for the configured origin only. */
  #setTarget(data: string, ready: () => void): void {
    const target = URL.canParse(data, this.#endpoint.url.href) ? new URL(data, this.#endpoint.url) : undefined;
    if (target?.origin !== this.#endpoint.url.origin) {
      const message = `${this.#endpoint.url.origin} wants messages to be sent to another origin; that is refused.`;
      throw new UpstreamError('garbage', message);
    }
    this.#target = target;
    ready();
  }

  #receive(data: string): void {
    const reading = parseMessage(data);
    if (!reading.ok) return this.onerror?.(new UpstreamError('garbage', `An event was skipped: ${reading.problem}.`));
    for (const message of reading.messages) this.onmessage?.(message);
  }

  #finish(reason?: Error): void {
    const wasReady = this.#target !== undefined;
    if (this.#closed.signal.aborted && !wasReady) return;
    this.#target = undefined;
    this.#closed.abort(reason ?? new UpstreamError('closed', 'The connection was closed.', { sent: true }));
    if (wasReady) this.onclose?.(reason);
  }
}
