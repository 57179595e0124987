/**
 * Server-sent events of one session: several streams, each resumable from the last event that the client saw.
 * What is kept is bounded; a client that was away for too long gets the rest, not everything.
 */
import type { ServerResponse } from 'node:http';

const MAX_EVENTS = 512;
const MAX_BYTES = 4 * 1024 * 1024;
/** A client that does not read gets disconnected before it fills our memory. */
const MAX_UNREAD_BYTES = 32 * 1024 * 1024;

/** Milliseconds after which a client may come back for a stream that was broken off. */
const RETRY_MILLISECONDS = 500;

interface StoredEvent {
  readonly stream: EventStream;
  readonly seq: number;
  readonly data: string;
}

/** The streams of one session and their newest events. `tag` makes event ids of different sessions different. */
export class EventStore {
  readonly #tag: string;
  readonly #streams = new Map<number, EventStream>();
  readonly #events: StoredEvent[] = [];
  #bytes = 0;
  #lastStream = 0;

  constructor(tag: string) {
    this.#tag = tag;
  }

  open(): EventStream {
    this.#lastStream += 1;
    const stream = new EventStream(this, `${this.#tag}-${this.#lastStream}`);
    this.#streams.set(this.#lastStream, stream);
    return stream;
  }

  keep(event: StoredEvent): void {
    this.#events.push(event);
    this.#bytes += event.data.length;
    while (this.#events.length > MAX_EVENTS || this.#bytes > MAX_BYTES) {
      const oldest = this.#events.shift();
      if (!oldest) break;
      this.#bytes -= oldest.data.length;
    }
    if (this.#streams.size > MAX_EVENTS) this.#forgetFinished();
  }

  after(stream: EventStream, seq: number): readonly StoredEvent[] {
    return this.#events.filter((event) => event.stream === stream && event.seq > seq);
  }

  /** The stream that an event id belongs to, and the place in it; `undefined` for ids that this session never gave out. */
  find(eventId: string): { readonly stream: EventStream; readonly seq: number } | undefined {
    const match = /^(.+)-(\d{1,9})-(\d{1,15})$/.exec(eventId);
    if (!match || match[1] !== this.#tag) return undefined;
    const stream = this.#streams.get(Number(match[2]));
    const seq = Number(match[3]);
    return stream && seq <= stream.lastSeq ? { stream, seq } : undefined;
  }

  endAll(): void {
    for (const stream of this.#streams.values()) stream.finish();
  }

  #forgetFinished(): void {
    const kept = new Set(this.#events.map(({ stream }) => stream));
    for (const [id, stream] of this.#streams) if (stream.isFinished && !kept.has(stream)) this.#streams.delete(id);
  }
}

export class EventStream {
  readonly #store: EventStore;
  readonly #name: string;
  #response: ServerResponse | undefined;
  #lastSeq = 0;
  #deliveredSeq = 0;
  #isFinished = false;

  constructor(store: EventStore, name: string) {
    this.#store = store;
    this.#name = name;
  }

  get isAttached(): boolean {
    return this.#response !== undefined;
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Sends over `response` from now on, first what came after `seq` (default: what was not sent yet). */
  attach(response: ServerResponse, headers: Readonly<Record<string, string>>, seq = this.#deliveredSeq): void {
    this.#response?.end();
    this.#response = response;
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    response.flushHeaders();
    response.once('close', () => {
      if (this.#response === response) this.#response = undefined;
    });
    for (const event of this.#store.after(this, seq)) this.#deliver(event);
    if (this.#isFinished) this.#detach();
  }

  write(data: string): void {
    if (this.#isFinished) return;
    this.#lastSeq += 1;
    const event = { stream: this, seq: this.#lastSeq, data };
    this.#store.keep(event);
    this.#deliver(event);
  }

  /** A line that says nothing but keeps whoever stands between from giving up. */
  writeComment(): void {
    this.#response?.write(': still running\n\n');
  }

  /** An event without a message: from here on a client can resume the stream, whatever becomes of the connection. */
  prime(): void {
    this.#response?.write(`id: ${this.#name}-0\nretry: ${RETRY_MILLISECONDS}\ndata: \n\n`);
  }

  /** Closes the connection and not the stream: the rest waits for the client to resume it. */
  breakOff(): void {
    this.#detach();
  }

  finish(): void {
    this.#isFinished = true;
    this.#detach();
  }

  #detach(): void {
    const response = this.#response;
    this.#response = undefined;
    response?.end();
  }

  #deliver({ seq, data }: StoredEvent): void {
    const response = this.#response;
    if (!response) return;
    this.#deliveredSeq = seq;
    response.write(`event: message\nid: ${this.#name}-${seq}\ndata: ${data}\n\n`);
    if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
  }
}
