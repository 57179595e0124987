/**
 * What a relay must know of the conversation that it carries, to go on with it behind another gateway: what waits for an answer, and what the client
 * has set up. Judges nothing; a message that it does not understand costs at most an error for it when the gateway ends.
 */
import { randomUUID } from 'node:crypto';
import type { Message, MessageId, Params } from '../../mcp/message.ts';
import { toValue } from '../../policy/index.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { idKey, readFrame, type Incoming, type IncomingNotification, type IncomingRequest } from '../message/frame.ts';
import { cancelledBy } from '../session/refusal.ts';
import { SetUps, type SetUp } from '../upstream/setUps.ts';

type Settle = (message: Message) => void;

const ENDED = 'The gateway that carried this request ended while it was running; it was not repeated.';

export class Conversation {
  /** Requests of the client, by `idKey`. */
  readonly #waiting = new Map<string, IncomingRequest>();
  /** Requests of the server. */
  readonly #asked = new Map<string, MessageId>();
  /** Requests of the relay's own. */
  readonly #own = new Map<string, Settle>();
  #initialize: SetUp | undefined;
  #isInitialized = false;
  readonly #others = new SetUps();

  /** What the client has set up, in the order in which it must be set up again; empty before `initialize`, and in revisions without it. */
  get setUps(): readonly SetUp[] {
    if (!this.#initialize) return [];
    return [this.#initialize, ...this.#others.all];
  }

  /** The client's `initialize` while it waits for its answer: no session is lost with it, so that it may be sent once more. */
  get opening(): Message | undefined {
    for (const { id, method, params } of this.#waiting.values())
      if (method === 'initialize')
        return { jsonrpc: '2.0', id, method, ...(params ? { params: toValue(params, 'source') as Params } : {}) };
    return undefined;
  }

  get isInitialized(): boolean {
    return this.#isInitialized;
  }

  fromClient(line: Uint8Array): void {
    const frame = readFrame(line);
    for (const message of frame.ok ? frame.messages : []) this.#noteSent(message);
  }

  /** `false`: the line answers a request of the relay's own, and is not for the client. */
  fromServer(line: Uint8Array): boolean {
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8');
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return true;
    }
    return [message].flat().every((each) => !isRecord(each) || this.#noteReceived(each));
  }

  /** A request that the relay makes in the client's place; `settle` gets its answer. */
  ask(setUp: SetUp, settle: Settle): Message {
    const id = `portcullis-${randomUUID()}`;
    this.#own.set(idKey(id), settle);
    return { jsonrpc: '2.0', id, ...setUp };
  }

  /** The gateway is gone. What the client must be told: nothing that waited will be answered, nor is it asked anything any more. */
  *cutOff(): Generator<Message> {
    for (const [key, { id, method }] of this.#waiting) {
      if (method === 'initialize') continue;
      this.#waiting.delete(key);
      yield errorAnswer(id, errorCodes.upstream, ENDED);
    }
    for (const requestId of this.#asked.values())
      yield { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId, reason: ENDED } };
    this.#asked.clear();
    this.#own.clear();
  }

  #noteSent(message: Incoming): void {
    switch (message.kind) {
      case 'request':
        this.#waiting.set(idKey(message.id), message);
        return;
      case 'notification':
        if (message.method === 'notifications/initialized') this.#isInitialized = true;
        if (message.method === 'notifications/cancelled') this.#forget(message);
        return;
      case 'response':
        this.#asked.delete(idKey(message.id));
        return;
      case 'refused':
        return;
    }
  }

  /** What the client has given up is answered by nobody. */
  #forget(cancellation: IncomingNotification): void {
    const cancelled = cancelledBy(cancellation);
    if (cancelled) this.#waiting.delete(idKey(cancelled.id));
  }

  #noteReceived(message: Params): boolean {
    const { id, method } = message;
    if (typeof id !== 'string' && typeof id !== 'number') return true;
    const key = idKey(id);
    if (typeof method === 'string') {
      this.#asked.set(key, id);
      return true;
    }
    const settle = this.#own.get(key);
    if (settle) {
      this.#own.delete(key);
      settle(message as unknown as Message);
      return false;
    }
    const request = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (request && isRecord(message['result'])) this.#succeeded(request);
    return true;
  }

  #succeeded({ method, params: node }: IncomingRequest): void {
    const params = node && (toValue(node, 'source') as Params);
    if (method === 'initialize') this.#initialize = { method, ...(params ? { params } : {}) };
    else this.#others.agreed(method, params);
  }
}

function isRecord(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
