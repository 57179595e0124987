/** An MCP session over HTTP: its id, its streams, and where messages go that belong to no request. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Message, ResponseMessage } from '../../mcp/message.ts';
import { writeMessage } from '../message/answer.ts';
import type { GovernedServer, Grant } from '../session/server.ts';
import { Session } from '../session/session.ts';
import { EventStore, type EventStream } from './eventStream.ts';
import { PostExchange, type PostOptions } from './postExchange.ts';

export class HttpSession {
  /** 256 random bits. */
  readonly id = randomBytes(32).toString('base64url');
  /** How records name it: no credential. */
  readonly name = randomBytes(6).toString('hex');
  readonly server: GovernedServer;
  readonly grant: Grant;
  readonly session: Session;
  /** Milliseconds since the epoch. */
  lastUsed: number;
  readonly #store = new EventStore(randomBytes(9).toString('base64url').replaceAll('-', '_'));
  readonly #standalone: EventStream = this.#store.open();
  readonly #posts = new Set<PostExchange>();

  constructor(server: GovernedServer, grant: Grant, now: number) {
    this.server = server;
    this.grant = grant;
    this.lastUsed = now;
    this.session = new Session({ server, grant, name: this.name, outlet: (message) => this.#send(message) });
  }

  get isInUse(): boolean {
    return this.session.isBusy || this.#standalone.isAttached;
  }

  get hasStream(): boolean {
    return this.#standalone.isAttached;
  }

  post(
    options: Omit<PostOptions, 'store' | 'onEnd' | 'isResumable'>,
    onEnd?: (last: ResponseMessage | undefined) => void,
  ): PostExchange {
    const exchange = new PostExchange({
      ...options,
      isResumable: this.session.isResumable,
      store: this.#store,
      onEnd: (ended, last) => {
        this.#posts.delete(ended);
        onEnd?.(last);
      },
    });
    this.#posts.add(exchange);
    return exchange;
  }

  /** The stream for messages that belong to no request. */
  listen(response: ServerResponse): void {
    this.#standalone.attach(response, {});
  }

  /** Resumes a stream after the given event. `false`: this session never gave out that id. */
  resume(response: ServerResponse, lastEventId: string): boolean {
    const found = this.#store.find(lastEventId);
    found?.stream.attach(response, {}, found.seq);
    return found !== undefined;
  }

  close(): void {
    this.session.close();
    this.#store.endAll();
  }

  /** Without a stream of its own such a message takes a running request's; without that it waits for the stream. */
  #send(message: Message): void {
    const newest = [...this.#posts].at(-1);
    if (newest && !this.#standalone.isAttached) newest.relate(message);
    else this.#standalone.write(writeMessage(message));
  }
}

export function isSuccess(message: ResponseMessage): boolean {
  return 'result' in message;
}
