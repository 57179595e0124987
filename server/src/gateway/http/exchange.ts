/** One HTTP request to a server's endpoint, past the guards. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadFrame } from '../message/frame.ts';
import type { GovernedServer, Grant } from '../session/server.ts';
import type { Headers } from './headers.ts';
import type { HttpSessions } from './sessions.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: Headers;
  readonly server: GovernedServer;
  readonly grant: Grant;
  readonly sessions: HttpSessions;
  /** Takes what belongs to no session. */
  readonly stateless: { receive(exchange: Exchange, frame: ReadFrame): void };
}
