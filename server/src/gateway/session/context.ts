/** What the handling of one request needs to know of its client and its server, whichever era either speaks. */
import type { Envelope } from '../../mcp/era/envelope.ts';
import type { Params, ResponseMessage } from '../../mcp/message.ts';
import type { Era } from '../../mcp/revision.ts';
import type { Identity } from '../rules/enforcer.ts';
import type { Hub, UpstreamListener } from '../upstream/hub.ts';
import type { Flights } from './flights.ts';
import type { Outlet } from './reply.ts';
import type { GovernedServer } from './server.ts';

/** A question to the client that waits for its answer. */
export interface Question {
  /** Rejects with `UpstreamError` when it is withdrawn. */
  readonly answer: Promise<ResponseMessage>;
  withdraw(): void;
}

export interface CallContext {
  readonly server: GovernedServer;
  readonly hub: Hub;
  readonly identity: Identity;
  readonly flights: Flights;
  readonly outlet: Outlet;
  readonly listener: UpstreamListener;
  /** The one that the client speaks. */
  readonly era: Era;
  /** What the client can be asked. */
  readonly declared: ReadonlySet<string>;
  readonly knowsTasks: boolean;
  /** What a server of the modern era is told of the client with each request. */
  client(): Partial<Envelope>;
  /** Notes what the client wants to read of the log from now on. */
  setLevel?(level: string): void;
  /** Asks the client by a request of our own; `undefined`: no client of this era can be asked so, or too much waits for it. */
  ask(method: string, params: Params): Question | undefined;
}
