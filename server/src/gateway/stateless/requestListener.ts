/** What a request of the modern era hears of its server beside its answer: the log, where the client asked for it and the server does not say what it is about. */
import type { NotificationMessage, RequestMessage } from '../../mcp/message.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import type { Flight } from '../session/flights.ts';
import type { Hub, UpstreamListener } from '../upstream/hub.ts';

export class RequestListener implements UpstreamListener {
  readonly #hub: Hub;
  readonly #flight: Flight;
  readonly #logLevel: string | undefined;

  constructor(hub: Hub, flight: Flight, logLevel: string | undefined) {
    this.#hub = hub;
    this.#flight = flight;
    this.#logLevel = logLevel;
  }

  /** A server of the legacy era is told the level once, and for all who share the connection. The connection must stand. */
  askForLog(): void {
    if (this.#logLevel === undefined) return;
    const level = this.#hub.shared?.setLevel(this, this.#logLevel);
    if (level !== undefined) this.#hub.askLevel(level);
  }

  notification(message: NotificationMessage): void {
    if (this.#logLevel === undefined || message.method !== 'notifications/message' || this.#flight.isOver) return;
    this.#flight.reply.relate(withoutOwnMeta(message));
  }

  /** A client of this era is asked by results only. */
  request(message: RequestMessage): void {
    this.#hub.refuse(message.id, message.method);
  }

  lost(): void {}

  reconnected(): void {}

  isAwaitingClient(): boolean {
    return false;
  }
}
