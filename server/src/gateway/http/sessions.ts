/** All MCP sessions over HTTP. They end by DELETE, by being idle for long, or with the gateway. */
import type { Clock } from '../../ports.ts';
import type { GovernedServer, Grant } from '../session/server.ts';
import { HttpSession } from './session.ts';

const MAX_SESSIONS = 256;
const IDLE_MILLISECONDS = 30 * 60_000;
const SWEEP_MILLISECONDS = 60_000;

export class HttpSessions {
  readonly #clock: Clock;
  /** Also those that wait for the answer to their `initialize`. */
  readonly #all = new Set<HttpSession>();
  readonly #byId = new Map<string, HttpSession>();
  readonly #sweep: NodeJS.Timeout;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sweep = setInterval(() => this.#endIdle(), SWEEP_MILLISECONDS).unref();
  }

  /** Not found by its id until `admit`. Sessions that nobody uses any more make room for it. */
  create(server: GovernedServer, grant: Grant): HttpSession {
    if (this.#all.size >= MAX_SESSIONS) this.#endLeastUsed();
    if (!server.pool.hasRoom) this.#freeConnection(server);
    const session = new HttpSession(server, grant, this.#clock());
    this.#all.add(session);
    return session;
  }

  admit(session: HttpSession): void {
    this.#byId.set(session.id, session);
  }

  /** Only the grant that opened a session, and only at its own server, finds it. */
  find(id: string, server: GovernedServer, grant: Grant): HttpSession | undefined {
    const session = this.#byId.get(id);
    if (!session || session.server !== server || session.grant.id !== grant.id) return undefined;
    session.lastUsed = this.#clock();
    return session;
  }

  end(session: HttpSession): void {
    this.#all.delete(session);
    this.#byId.delete(session.id);
    session.close();
  }

  /** An edit of the policy changed what is listed. */
  toolsChanged(server: GovernedServer): void {
    for (const each of this.#byId.values()) if (each.server === server) each.session.toolsChanged();
  }

  /** Ends the sessions of which that is true. */
  endWhere(test: (grantId: string, server: string) => boolean): void {
    for (const session of [...this.#all]) if (test(session.grant.id, session.server.name)) this.end(session);
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const session of [...this.#all]) this.end(session);
  }

  #endIdle(): void {
    const limit = this.#clock() - IDLE_MILLISECONDS;
    for (const session of [...this.#all]) if (!session.isInUse && session.lastUsed < limit) this.end(session);
  }

  #endLeastUsed(): void {
    const all = this.#leastUsedFirst();
    const victim = all.find((session) => !session.isInUse) ?? all[0];
    if (victim) this.end(victim);
  }

  /** A client that never says that it is done must not keep its server's connection from others. */
  #freeConnection(server: GovernedServer): void {
    const victim = this.#leastUsedFirst().find(
      (session) => session.server === server && session.session.isAlone && !session.isInUse,
    );
    if (victim) this.end(victim);
  }

  #leastUsedFirst(): readonly HttpSession[] {
    return [...this.#all].sort((a, b) => a.lastUsed - b.lastUsed);
  }
}
