/** Follows event streams of one conversation across interruptions: what was last seen, and how long to wait. */
import type { EventSourceMessage } from 'eventsource-parser';
import type { Backoff } from './backoff.ts';
import type { EventSink } from './body.ts';

/** Where messages go, and whether the one that is awaited has come. */
export interface Delivery {
  answered: boolean;
  take(text: string): void;
}

export class EventCursor implements EventSink {
  lastId: string | undefined;
  readonly backoff: Backoff;
  readonly #delivery: Delivery;
  readonly #onId: (() => void) | undefined;

  /** `onId` hears of each event that can be resumed after, before the event is delivered. */
  constructor(delivery: Delivery, backoff: Backoff, onId?: () => void) {
    this.#delivery = delivery;
    this.#onId = onId;
    this.backoff = backoff;
  }

  event({ id, event, data }: EventSourceMessage): 'done' | undefined {
    if (id !== undefined && id !== '') {
      this.lastId = id;
      this.#onId?.();
    }
    // Revision 2025-11-25 begins streams with an empty event that only carries an id.
    if (data !== '' && (event === undefined || event === 'message')) this.#delivery.take(data);
    return this.#delivery.answered ? 'done' : undefined;
  }

  retry(milliseconds: number): void {
    this.backoff.suggest(milliseconds);
  }
}
