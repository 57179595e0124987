/** Requests of the upstream that wait for the client: ids of the gateway's own stand for the upstream's. */
import { randomInt } from 'node:crypto';
import type { Message, MessageId, ResponseMessage } from '../../mcp/message.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { idKey, type IncomingResponse } from '../message/frame.ts';

const MAX_WAITING = 256;

export class ServerRequests {
  /** By our id. */
  readonly #upstreamIds = new Map<number, MessageId>();
  /** Questions of the gateway's own, by our id. */
  readonly #asked = new Map<number, (response: ResponseMessage | undefined) => void>();
  /** Begins anywhere: an answer that comes late, for a session that was carried on by another gateway, must not fit a question of this one. */
  #lastId = randomInt(2 ** 30);

  get size(): number {
    return this.#upstreamIds.size + this.#asked.size;
  }

  /** A fresh id for the client; `undefined` when too many wait already. */
  mint(upstreamId: MessageId): number | undefined {
    if (this.size >= MAX_WAITING) return undefined;
    this.#lastId += 1;
    this.#upstreamIds.set(this.#lastId, upstreamId);
    return this.#lastId;
  }

  /** A fresh id for a question of the gateway's own; `answered` is told `undefined` when it is withdrawn. */
  mintOwn(answered: (response: ResponseMessage | undefined) => void): number | undefined {
    if (this.size >= MAX_WAITING) return undefined;
    this.#lastId += 1;
    this.#asked.set(this.#lastId, answered);
    return this.#lastId;
  }

  /** Returns what to tell the client; `undefined` when it was answered already. */
  withdrawOwn(id: number): Message | undefined {
    const answered = this.#asked.get(id);
    if (!this.#asked.delete(id)) return undefined;
    answered?.(undefined);
    return this.#cancelled(id, 'The answer is no longer needed.');
  }

  /** The client's answer as the upstream shall see it; `undefined` when nothing was asked under that id. */
  settle(response: IncomingResponse): ResponseMessage | undefined {
    if (typeof response.id !== 'number') return undefined;
    const answered = this.#asked.get(response.id);
    if (this.#asked.delete(response.id)) answered?.(asAnswer(response.id, response));
    const upstreamId = this.#upstreamIds.get(response.id);
    if (upstreamId === undefined) return undefined;
    this.#upstreamIds.delete(response.id);
    return asAnswer(upstreamId, response);
  }

  /** The upstream takes a request back. Returns what to tell the client; `undefined` when it was answered already. */
  withdraw(upstreamId: MessageId, reason: unknown): Message | undefined {
    for (const [id, each] of this.#upstreamIds)
      if (idKey(each) === idKey(upstreamId)) return this.#cancelled(id, reason);
    return undefined;
  }

  /** The connection that they came over is gone. */
  *withdrawAll(): Generator<Message> {
    for (const id of [...this.#upstreamIds.keys()]) yield this.#cancelled(id, 'The connection to the server was lost.');
  }

  #cancelled(requestId: number, reason: unknown): Message {
    this.#upstreamIds.delete(requestId);
    const params = typeof reason === 'string' ? { requestId, reason } : { requestId };
    return { jsonrpc: '2.0', method: 'notifications/cancelled', params };
  }
}

function asAnswer(id: MessageId, response: IncomingResponse): ResponseMessage {
  if (response.result) return { jsonrpc: '2.0', id, result: response.result };
  const { code, message, data } = response.error ?? {};
  if (typeof code === 'number' && typeof message === 'string') return errorAnswer(id, code, message, data);
  return errorAnswer(id, errorCodes.internal, 'The client answered with an error of no valid shape.');
}
