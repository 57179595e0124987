/** What the way to an upstream server (link.ts) is given, and what it tells. Types only. */
import type { Agreement } from '../../mcp/era/negotiate.ts';
import type { NotificationMessage, Params, RequestMessage } from '../../mcp/message.ts';
import type { Era } from '../../mcp/revision.ts';
import type { Transport } from '../../mcp/transport.ts';
import type { Clock } from '../../ports.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import type { KnownEras } from './knownEras.ts';

export interface LinkEvents {
  notification(message: NotificationMessage): void;
  /** A request to the client. Whoever takes it answers through `respond`. */
  request(message: RequestMessage): void;
  /** Connected, for the first time or again. */
  connected(agreement: Agreement, connection: Connection): void;
  /** The connection ended or could not be made; a new attempt follows. Answers to requests that the server made are void. */
  lost(): void;
  isAwaitingClient(): boolean;
}

export interface LinkOptions extends ConnectionOptions {
  /** A fresh transport, not yet started. */
  readonly openTransport: () => Promise<Transport>;
  /** Parameters of `initialize`. */
  readonly handshake: Params;
  /** The era that this link's clients speak. */
  readonly prefers: Era;
  readonly eras: KnownEras;
  readonly clock: Clock;
}
