/** Requests of the upstream that wait for the client: ids of the gateway's own stand for the upstream's. */
import { randomInt } from 'node:crypto';
import type { Message, MessageId, ResponseMessage } from '../../mcp/message.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { idKey, type IncomingResponse } from '../message/frame.ts';

const MAX_WAITING = 256;

export class ServerRequests {
  /** By our id. */
  readonly #upstreamIds = new Map<number, MessageId>();
  /** Begins anywhere: an answer that comes late, for a session that was carried on by another gateway, must not fit a question of this one. */
  #lastId = randomInt(2 ** 30);

  get size(): number {
    return this.#upstreamIds.size;
  }

  /** A fresh id for the client; `undefined` when too many wait already. */
  mint(upstreamId: MessageId): number | undefined {
    if (this.#upstreamIds.size >= MAX_WAITING) return undefined;
    this.#lastId += 1;
    this.#upstreamIds.set(this.#lastId, upstreamId);
    return this.#lastId;
  }

  /** The client's answer as the upstream shall see it; `undefined` when nothing was asked under that id. */
  settle(response: IncomingResponse): ResponseMessage | undefined {
    const upstreamId = typeof response.id === 'number' ? this.#upstreamIds.get(response.id) : undefined;
    if (upstreamId === undefined) return undefined;
    this.#upstreamIds.delete(response.id as number);
    if (response.result) return { jsonrpc: '2.0', id: upstreamId, result: response.result };
    const { code, message, data } = response.error ?? {};
    if (typeof code === 'number' && typeof message === 'string') return errorAnswer(upstreamId, code, message, data);
    return errorAnswer(upstreamId, errorCodes.internal, 'The client answered with an error of no valid shape.');
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
