/** Requests on their way to an upstream: who waits for which id, for how long, and under which progress token. */
import type { MessageId, NotificationMessage, Params, ResponseMessage } from '../../mcp/message.ts';
import type { Envelope } from '../../mcp/era/envelope.ts';
import type { UpstreamError } from '../../mcp/errors.ts';

/** What becomes of one request. Exactly one of `answered` and `failed` is called, unless it is cancelled first. */
export interface Waiting {
  answered(response: ResponseMessage): void;
  failed(error: UpstreamError): void;
  /** Progress of this request, with the client's own token. */
  progressed?(params: Params): void;
  /** The server will answer later and does not want to be waited for on an open line. */
  postponed?(): void;
  /** Any other news about this request, from a server of the modern era. */
  related?(message: NotificationMessage): void;
}

export interface RequestOptions {
  /** The request may be answered by a task, whose progress goes on after the answer. */
  readonly progressOutlivesAnswer?: boolean;
  /** Which client it is for, where that is not the one of the handshake. Only a server of the modern era gets to see it. */
  readonly client?: Partial<Envelope>;
  /** Headers beside those that follow from the request; a server over stdio gets none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer comes when the news end: however long that takes. */
  readonly isEndless?: boolean;
}

export interface PendingRequest extends Waiting {
  readonly id: number;
  /** What the client called its progress; absent where it asked for none. */
  readonly progressToken?: unknown;
  /** Aborted when nobody waits for the answer any more. */
  readonly exchange: AbortController;
  timer?: NodeJS.Timeout;
  /** How often the time-out was put off because the server waited for the client. */
  putOff: number;
}

/** Answers of one connection. The gateway mints the ids: clients' ids may collide, and an upstream must not learn or guess them. */
export class PendingRequests {
  readonly #byId = new Map<number, PendingRequest>();
  #lastId = 0;

  get size(): number {
    return this.#byId.size;
  }

  add(waiting: Waiting, progressToken: unknown): PendingRequest {
    this.#lastId += 1;
    const pending: PendingRequest = {
      id: this.#lastId,
      putOff: 0,
      exchange: new AbortController(),
      answered: (response) => waiting.answered(response),
      failed: (error) => waiting.failed(error),
      ...(waiting.related ? { related: (message: NotificationMessage) => waiting.related?.(message) } : {}),
      postponed: () => waiting.postponed?.(),
      ...(waiting.progressed ? { progressed: (params: Params) => waiting.progressed?.(params) } : {}),
      ...(progressToken === undefined ? {} : { progressToken }),
    };
    this.#byId.set(pending.id, pending);
    return pending;
  }

  get(id: unknown): PendingRequest | undefined {
    return typeof id === 'number' ? this.#byId.get(id) : undefined;
  }

  /** Takes a request out; `undefined` when it is no longer waited for. */
  take(id: MessageId | undefined): PendingRequest | undefined {
    const pending = this.get(id);
    if (!pending) return undefined;
    this.#byId.delete(pending.id);
    clearTimeout(pending.timer);
    return pending;
  }

  failAll(error: UpstreamError): void {
    for (const id of [...this.#byId.keys()]) this.take(id)?.failed(error);
  }
}
