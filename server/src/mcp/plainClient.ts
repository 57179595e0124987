/** Questions to a server over one connection, and the end of waiting for them: enough to find out its era and to read its lists. */
import { setTimeout as pause } from 'node:timers/promises';
import { UpstreamError } from './errors.ts';
import type { Message, NotificationMessage, Params, ResponseMessage } from './message.ts';
import type { Transport } from './transport.ts';

export interface PlainClientOptions {
  /** Milliseconds that each question may take. */
  readonly timeout: number;
  readonly onNotification: (message: NotificationMessage) => void;
  /** The connection ended by itself. */
  readonly onLost: (reason: Error) => void;
}

type Settle = (outcome: ResponseMessage | Error) => void;

export class PlainClient {
  readonly #transport: Transport;
  readonly #options: PlainClientOptions;
  readonly #waiting = new Map<number, Settle>();
  #lastId = 0;
  /** Why there is no connection any more. */
  #lost: Error | undefined;

  constructor(transport: Transport, options: PlainClientOptions) {
    this.#transport = transport;
    this.#options = options;
    transport.onmessage = (message) => this.#receive(message);
    transport.onclose = (reason) => this.#ended(reason);
  }

  /** Rejects with `UpstreamError`. */
  start(): Promise<void> {
    return this.#transport.start();
  }

  /** Rejects with `UpstreamError`. `patience`: milliseconds after which `undefined` comes back instead; `Infinity`: no end at all. */
  async ask(method: string, params: Params, patience?: number): Promise<ResponseMessage | undefined> {
    this.#lastId += 1;
    const id = this.#lastId;
    const over = new AbortController();
    try {
      return await new Promise<ResponseMessage | undefined>((resolve, reject) => {
        const settle: Settle = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
        this.#waiting.set(id, settle);
        if (this.#lost) return settle(this.#lost);
        this.#transport.send({ jsonrpc: '2.0', id, method, params }).catch(settle);
        if (patience === Infinity) return;
        const late = (): void => (patience === undefined ? settle(this.#late(method)) : resolve(undefined));
        pause(patience ?? this.#options.timeout, undefined, { signal: over.signal }).then(late, () => undefined);
      });
    } finally {
      over.abort();
      this.#waiting.delete(id);
    }
  }

  /** What the server does not hear, nobody misses. */
  tell(message: NotificationMessage): void {
    this.#transport.send(message).catch(() => undefined);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  #receive(message: Message): void {
    if ('method' in message) {
      if (!('id' in message)) this.#options.onNotification(message);
      else this.#answer(message.id, message.method);
    } else if (typeof message.id === 'number') this.#waiting.get(message.id)?.(message);
  }

  /** This client does nothing for a server. */
  #answer(id: string | number, method: string): void {
    const message: ResponseMessage =
      method === 'ping'
        ? { jsonrpc: '2.0', id, result: {} }
        : { jsonrpc: '2.0', id, error: { code: -32601, message: 'This client answers no such request.' } };
    this.#transport.send(message).catch(() => undefined);
  }

  #ended(reason: Error | undefined): void {
    this.#lost = reason ?? new UpstreamError('closed', 'The connection was closed.', { sent: true });
    for (const settle of [...this.#waiting.values()]) settle(this.#lost);
    if (reason) this.#options.onLost(reason);
  }

  #late(method: string): UpstreamError {
    const advice = 'Check that it is an MCP server and that it does not wait for something else.';
    const seconds = this.#options.timeout / 1000;
    return new UpstreamError('timeout', `The server did not answer ${method} within ${seconds} s. ${advice}`, {
      sent: true,
    });
  }
}
