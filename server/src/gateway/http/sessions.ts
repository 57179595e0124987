/** All MCP sessions over HTTP. They end by DELETE, by being idle for long, or with the gateway. */
import type { Clock } from '../../ports.ts';
import type { GovernedServer, Grant } from '../session/server.ts';
import { HttpSession } from './session.ts';

const MAX_SESSIONS = 256;
const IDLE_MILLISECONDS = 30 * 60_000;
const SWEEP_MILLISECONDS = 60_000;

export class HttpSessions {
  readonly #clock: Clock;
  readonly #byId = new Map<string, HttpSession>();
  readonly #sweep: NodeJS.Timeout;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sweep = setInterval(() => this.#endIdle(), SWEEP_MILLISECONDS).unref();
  }

  /** Not known to others until `admit`. */
  create(server: GovernedServer, grant: Grant): HttpSession {
    return new HttpSession(server, grant, this.#clock());
  }

  admit(session: HttpSession): void {
    if (this.#byId.size >= MAX_SESSIONS) this.#endLeastUsed();
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
    this.#byId.delete(session.id);
    session.close();
  }

  /** An edit of the policy changed what is listed. */
  toolsChanged(server: GovernedServer): void {
    for (const each of this.#byId.values()) if (each.server === server) each.session.toolsChanged();
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const session of [...this.#byId.values()]) this.end(session);
  }

  #endIdle(): void {
    const limit = this.#clock() - IDLE_MILLISECONDS;
    for (const session of [...this.#byId.values()]) if (!session.isInUse && session.lastUsed < limit) this.end(session);
  }

  #endLeastUsed(): void {
    const all = [...this.#byId.values()].sort((a, b) => a.lastUsed - b.lastUsed);
    const victim = all.find((session) => !session.isInUse) ?? all[0];
    if (victim) this.end(victim);
  }
}
