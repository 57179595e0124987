/**
 * The HTTP side of one POST: its answers as plain JSON when nothing comes before them, else as a stream of events.
 * Which of the two is decided by the first message that is ready, unless the server's own answers are streams that can be resumed:
 * then ours are, too, from the first event on.
 */
import type { ServerResponse } from 'node:http';
import type { Message, ResponseMessage } from '../../mcp/message.ts';
import { writeMessage } from '../message/answer.ts';
import type { Reply } from '../session/reply.ts';
import type { EventStore, EventStream } from './eventStream.ts';

/** Clients and proxies give up on a response without headers; a stream tells them that it lives. */
const KEEP_ALIVE_MILLISECONDS = 15_000;

export interface PostOptions {
  readonly response: ServerResponse;
  readonly store: EventStore;
  /** Requests to be answered; at least 1. */
  readonly requests: number;
  readonly isBatch: boolean;
  /** The client may come back for the answer: it knows how, and the server keeps it. */
  readonly isResumable: boolean;
  /** Further headers: the new session's id. Asked for once; `answer` is unknown where a stream begins before it. */
  readonly headersFor?: (answer: ResponseMessage | undefined) => Readonly<Record<string, string>>;
  /** Everything is answered, `last` as the last; without it the client cancelled that. */
  readonly onEnd: (exchange: PostExchange, last: ResponseMessage | undefined) => void;
}

export class PostExchange implements Reply {
  readonly #options: PostOptions;
  readonly #collected: string[] = [];
  #open: number;
  #stream: EventStream | undefined;
  readonly #keepAlive: NodeJS.Timeout;

  constructor(options: PostOptions) {
    this.#options = options;
    this.#open = options.requests;
    this.#keepAlive = setInterval(() => this.#streaming().writeComment(), KEEP_ALIVE_MILLISECONDS).unref();
    if (options.isResumable) this.#streaming().prime();
  }

  postpone(): void {
    if (this.#options.isResumable) this.#stream?.breakOff();
  }

  relate(message: Message): void {
    if (this.#open > 0) this.#streaming().write(writeMessage(message));
  }

  answer(message: ResponseMessage): void {
    // First what may throw: then another answer can be given in its place.
    const text = writeMessage(message);
    this.#open -= 1;
    if (this.#stream) this.#stream.write(text);
    else this.#collected.push(text);
    if (this.#open === 0) this.#end(message);
  }

  drop(): void {
    this.#open -= 1;
    if (this.#open > 0) return;
    // An empty stream is the only way HTTP has to say that no answer follows.
    this.#streaming();
    this.#end();
  }

  #streaming(): EventStream {
    if (this.#stream) return this.#stream;
    this.#stream = this.#options.store.open();
    this.#stream.attach(this.#options.response, this.#options.headersFor?.(undefined) ?? {});
    for (const text of this.#collected.splice(0)) this.#stream.write(text);
    return this.#stream;
  }

  #end(last?: ResponseMessage): void {
    clearInterval(this.#keepAlive);
    if (this.#stream) this.#stream.finish();
    else this.#writeJson(last);
    this.#options.onEnd(this, last);
  }

  #writeJson(last: ResponseMessage | undefined): void {
    const { response, isBatch, headersFor } = this.#options;
    const text = isBatch ? `[${this.#collected.join(',')}]` : (this.#collected[0] ?? '');
    const length = Buffer.byteLength(text);
    response.writeHead(200, {
      ...headersFor?.(last),
      'content-type': 'application/json',
      'content-length': length,
      'cache-control': 'no-store',
    });
    response.end(text);
  }
}
