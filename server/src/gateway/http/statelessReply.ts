/**
 * The HTTP side of one request of the modern era: its answer as plain JSON where nothing comes before it, else as a stream of events. The
 * stream cannot be resumed, so events have no ids and nothing is kept.
 */
import type { ServerResponse } from 'node:http';
import type { Message, ResponseMessage } from '../../mcp/message.ts';
import { errorCodes, writeMessage } from '../message/answer.ts';
import type { Reply } from '../session/reply.ts';

/** Clients and proxies give up on a response without headers; a stream tells them that it lives. */
const KEEP_ALIVE_MILLISECONDS = 15_000;
/** A client that does not read gets disconnected before it fills our memory. */
const MAX_UNREAD_BYTES = 32 * 1024 * 1024;

/** What a request is refused with before it was tried; anything else is an answer, under 200. */
const STATUS: ReadonlyMap<number, number> = new Map([
  [errorCodes.parse, 400],
  [errorCodes.invalidRequest, 400],
  [errorCodes.methodNotFound, 404],
  [errorCodes.headerMismatch, 400],
  [errorCodes.missingCapability, 400],
  [errorCodes.unsupportedRevision, 400],
]);

export class StatelessReply implements Reply {
  readonly #response: ServerResponse;
  readonly #onEnd: () => void;
  readonly #keepAlive: NodeJS.Timeout;
  #isOver = false;

  constructor(response: ServerResponse, onEnd: () => void) {
    this.#response = response;
    this.#onEnd = onEnd;
    this.#keepAlive = setInterval(() => this.#write(': still running\n\n'), KEEP_ALIVE_MILLISECONDS).unref();
  }

  relate(message: Message): void {
    if (!this.#isOver) this.#write(event(message));
  }

  answer(message: ResponseMessage): void {
    // First what may throw: then another answer can be given in its place.
    const text = writeMessage(message);
    if (this.#response.headersSent) this.#response.end(`event: message\ndata: ${text}\n\n`);
    else this.#writeJson(statusOf(message), text);
    this.#end();
  }

  drop(): void {
    this.#response.end();
    this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#keepAlive);
    this.#onEnd();
  }

  #write(text: string): void {
    const response = this.#response;
    if (!response.headersSent) {
      const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
      response.writeHead(200, headers);
    }
    response.write(text);
    if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
  }

  #writeJson(status: number, text: string): void {
    this.#response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
    });
    this.#response.end(text);
  }
}

function event(message: Message): string {
  return `event: message\ndata: ${writeMessage(message)}\n\n`;
}

function statusOf(message: ResponseMessage): number {
  return 'error' in message ? (STATUS.get(message.error.code) ?? 200) : 200;
}
