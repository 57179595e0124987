/** The HTTP server: time-outs, guards on every route, and which path is what. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Closeable, Log } from '../../ports.ts';
import type { ControlChannel } from '../control/channel.ts';
import { errorCodes } from '../message/answer.ts';
import type { GovernedServer } from '../session/server.ts';
import { Connections } from './connections.ts';
import type { TokenHolder } from '../grants/registry.ts';
import { authenticate, checkAddress, unauthorized } from './guards.ts';
import { readHeaders, type Headers, type Refusal } from './headers.ts';
import { serveMcp } from './mcp.ts';
import { refuse } from './refuse.ts';
import { HttpSessions } from './sessions.ts';
import { StatelessRequests } from './stateless.ts';

const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;
const KEEP_ALIVE_TIMEOUT = 60_000;
/** Milliseconds after which the streams of a revoked grant end at the latest. */
const REVOKED_MILLISECONDS = 1_000;
const MAX_HEADER_BYTES = 16 * 1024;

export interface HttpFaceOptions {
  readonly servers: ReadonlyMap<string, GovernedServer>;
  /** Brings grants up to date; rejects where nobody can know who may come in. */
  readonly refresh?: () => Promise<void>;
  /** Asked for every request. */
  readonly holders: () => readonly TokenHolder[];
  /** Whether a grant still holds, and reaches the server. */
  readonly reaches: (grantId: string, server: string) => boolean;
  /** Host names beside loopback's, lower case. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly control?: ControlChannel;
  readonly clock: Clock;
  readonly log: Log;
}

/** Headers that repeat what a body of the modern era says. */
const MIRRORING = /^mcp-(?:protocol-version|method|name|param-.*)$/;

const notFound: Refusal = { status: 404, message: "There is nothing here. A server's endpoint is /mcp/<server>." };

export class HttpFace implements Closeable {
  readonly sessions: HttpSessions;
  readonly #stateless = new StatelessRequests();
  readonly #options: HttpFaceOptions;
  readonly #server: http.Server;
  readonly #connections = new Connections();
  readonly #endings: NodeJS.Timeout;

  constructor(options: HttpFaceOptions) {
    this.#options = options;
    this.sessions = new HttpSessions(options.clock);
    const limits = {
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: MAX_HEADER_BYTES,
    };
    this.#server = http.createServer(limits, (request, response) => this.#serve(request, response));
    this.#server.on('connection', (socket) => this.#connections.add(socket));
    this.#endings = setInterval(() => this.#endRevoked(), REVOKED_MILLISECONDS).unref();
  }

  /** Resolves with the port. Rejects with the error of `listen`, for example `EADDRINUSE`. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port, exclusive: true }, () => {
        this.#server.off('error', reject);
        this.#server.on('error', (error) => this.#options.log.error(error.message));
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /** An edit of the policy changed which tools are listed. */
  toolsChanged(server: GovernedServer): void {
    this.sessions.toolsChanged(server);
    this.#stateless.subscriptions.toolsChanged(server);
  }

  async close(): Promise<void> {
    clearInterval(this.#endings);
    this.sessions.close();
    this.#stateless.subscriptions.close();
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Streams go on without requests, by which a grant would be asked for. */
  #endRevoked(): void {
    const { reaches, log } = this.#options;
    const isOver = (grantId: string, server: string): boolean => !reaches(grantId, server);
    try {
      this.sessions.endWhere(isOver);
      this.#stateless.subscriptions.endWhere(isOver);
    } catch (error) {
      log.error('Grants could not be looked up.', { reason: error instanceof Error ? error.message : '' });
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const reading = readHeaders(request.rawHeaders);
    if (!reading.ok) return refuse(response, twice(reading.name));
    const { headers } = reading;
    const foreign = checkAddress(headers, this.#options.allowedHosts);
    if (foreign) return refuse(response, foreign);
    this.#route(request, response, headers).catch((error: unknown) => {
      this.#options.log.debug('A request was not completed.', { reason: error instanceof Error ? error.message : '' });
      refuse(response, { status: 500, message: 'The request could not be completed.' });
    });
  }

  /** `undefined`: it cannot be known. */
  async #holdersNow(): Promise<readonly TokenHolder[] | undefined> {
    const { refresh, holders, log } = this.#options;
    try {
      await refresh?.();
      return holders();
    } catch (error) {
      log.debug('Grants could not be looked up.', { reason: error instanceof Error ? error.message : '' });
      return undefined;
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse, headers: Headers): Promise<void> {
    const { control, servers, reaches } = this.#options;
    const path = pathOf(request.url);
    if (control && path.startsWith('/control/')) {
      if (control.serve(request, response, headers, path)) this.#connections.trust(request.socket);
      return;
    }
    const holders = await this.#holdersNow();
    if (!holders) return refuse(response, unknowable);
    const grant = authenticate(headers, holders);
    if (!grant) return refuse(response, unauthorized);
    this.#connections.trust(request.socket);
    const server = servers.get(serverNameOf(path) ?? '');
    if (!server || !reaches(grant.id, server.name)) return refuse(response, notFound);
    await serveMcp({ request, response, headers, server, grant, sessions: this.sessions, stateless: this.#stateless });
  }
}

const unknowable: Refusal = {
  status: 503,
  message: "Who may use this gateway cannot be looked up at the moment. The gateway's log says why.",
};

function twice(name: string): Refusal {
  const code = MIRRORING.test(name) ? { code: errorCodes.headerMismatch } : {};
  return { status: 400, message: `The header "${name}" must not come twice.`, ...code };
}

function pathOf(url = '/'): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

function serverNameOf(path: string): string | undefined {
  const name = /^\/mcp\/([^/]+)$/.exec(path)?.[1];
  try {
    return name === undefined ? undefined : decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
