/** Streamable HTTP first; legacy SSE at the same address when the server does not know it (MCP, "Backwards compatibility"). */
import type { RemoteLaunch } from '../definition.ts';
import { UpstreamError } from '../errors.ts';
import type { Message, MessageId } from '../message.ts';
import type { ResolvedLaunch, SendOptions, Transport, TransportOptions } from '../transport.ts';
import { SseTransport } from './sse.ts';
import { StreamableHttpTransport } from './streamable.ts';

/** What a server of the older revision answers to a POST at its stream's address. */
const NOT_STREAMABLE = new Set([400, 404, 405]);

export class HttpTransport implements Transport {
  onmessage?: ((message: Message, about?: MessageId) => void) | undefined;
  onclose?: ((reason?: Error) => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onpostponed?: ((about: MessageId) => void) | undefined;

  readonly #launch: RemoteLaunch & ResolvedLaunch;
  readonly #options: TransportOptions;
  #inner: Transport;

  constructor(launch: RemoteLaunch & ResolvedLaunch, options: TransportOptions) {
    this.#launch = launch;
    this.#options = options;
    this.#inner = this.#adopt(new StreamableHttpTransport(launch, options));
  }

  get isHttp(): boolean {
    return this.#inner.isHttp ?? false;
  }

  get keepsEvents(): boolean {
    return this.#inner.keepsEvents ?? false;
  }

  get hearing(): number | undefined {
    return this.#inner.hearing;
  }

  start(): Promise<void> {
    return this.#inner.start();
  }

  async send(message: Message, options?: SendOptions): Promise<void> {
    try {
      await this.#inner.send(message, options);
    } catch (error) {
      if (!isInitialize(message) || !isUnknownProtocol(error)) throw error;
      await this.#fallBack(error);
      await this.#inner.send(message);
    }
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  setProtocolVersion(version: string): void {
    this.#inner.setProtocolVersion?.(version);
  }

  /** Throws the first error when the older way fails too: it is about the way that the server should speak. */
  async #fallBack(first: UpstreamError): Promise<void> {
    const older = this.#adopt(new SseTransport(this.#launch, this.#options));
    try {
      await older.start();
    } catch (error) {
      this.#options.log.debug('legacy SSE failed too', { problem: (error as Error).message });
      throw first;
    }
    this.#options.log.info('the server does not speak streamable HTTP; using legacy SSE');
    this.#inner = older;
  }

  #adopt(transport: Transport): Transport {
    transport.onmessage = (message, about) => this.onmessage?.(message, about);
    transport.onclose = (reason) => this.onclose?.(reason);
    transport.onerror = (error) => this.onerror?.(error);
    transport.onpostponed = (about) => this.onpostponed?.(about);
    return transport;
  }
}

function isInitialize(message: Message): boolean {
  return 'method' in message && message.method === 'initialize';
}

function isUnknownProtocol(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.status !== undefined && NOT_STREAMABLE.has(error.status);
}
