/** The client's requests that are not answered yet. */
import type { MessageId, ResponseMessage } from '../../mcp/message.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { idKey } from '../message/frame.ts';
import type { Cancel } from '../upstream/connection.ts';
import type { Reply } from './reply.ts';

export interface Flight {
  readonly id: MessageId;
  readonly reply: Reply;
  /** Set once the request is with the upstream. */
  cancel?: Cancel;
  /** Told when the client cancels, or the session ends, before an answer came. */
  onCancel?: () => void;
  /** Told when it is over, however it ended. */
  onEnd?: () => void;
  /** How often the client was asked for what the server needs to answer. */
  rounds?: number;
  isOver: boolean;
}

export class Flights {
  readonly #flights = new Map<string, Flight>();

  get size(): number {
    return this.#flights.size;
  }

  /** `undefined` when a request with this id is still in flight: two answers with one id could not be told apart. */
  begin(id: MessageId, reply: Reply): Flight | undefined {
    const key = idKey(id);
    if (this.#flights.has(key)) return undefined;
    const flight: Flight = { id, reply, isOver: false };
    this.#flights.set(key, flight);
    return flight;
  }

  /** Answers; does nothing when the flight is over. */
  answer(flight: Flight, message: ResponseMessage): void {
    if (!this.#end(flight)) return;
    try {
      flight.reply.answer(message);
    } catch {
      flight.reply.answer(errorAnswer(flight.id, errorCodes.internal, 'The answer cannot be written.'));
    }
  }

  /** What the client cancels gets no answer any more. */
  cancel(id: MessageId, reason?: string): void {
    const flight = this.#flights.get(idKey(id));
    if (!flight || !this.#end(flight)) return;
    flight.cancel?.(reason);
    flight.onCancel?.();
    flight.reply.drop();
  }

  cancelAll(reason: string): void {
    for (const { id } of [...this.#flights.values()]) this.cancel(id, reason);
  }

  #end(flight: Flight): boolean {
    if (flight.isOver) return false;
    flight.isOver = true;
    this.#flights.delete(idKey(flight.id));
    flight.onEnd?.();
    return true;
  }
}
