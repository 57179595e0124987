/** Keeps the events of one session's streams, so that a client can resume one that broke off. */
import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

interface StoredEvent {
  readonly streamId: string;
  readonly message: JSONRPCMessage;
}

export class MemoryEventStore implements EventStore {
  readonly #events: StoredEvent[] = [];

  /** An event's id is its place in the order of all events. */
  storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    return Promise.resolve(String(this.#events.push({ streamId, message }) - 1));
  }

  getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return Promise.resolve(this.#events[Number(eventId)]?.streamId);
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const last = Number(lastEventId);
    const streamId = this.#events[last]?.streamId ?? '';
    for (const [index, event] of this.#events.entries()) {
      // The event that opens a stream carries no message.
      const worthSending = index > last && event.streamId === streamId && 'jsonrpc' in event.message;
      if (worthSending) await send(String(index), event.message);
    }
    return streamId;
  }
}
