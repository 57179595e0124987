/** The upstream connections of one server: shared where sessions may share one, else one for each session. Children end with it. */
import { UpstreamError } from '../../mcp/index.ts';
import type { Params } from '../../mcp/message.ts';
import type { Closeable } from '../../ports.ts';
import type { Tool } from '../../catalog/tool.ts';
import { LATEST_LEGACY_REVISION, MODERN_REVISION, type Era, type Revision } from '../../mcp/revision.ts';
import { Hub } from './hub.ts';
import { KnownEras } from './knownEras.ts';
import type { LinkOptions } from './linkPorts.ts';

/** A shared connection that nobody uses is kept this long for the next session. */
const IDLE_MILLISECONDS = 60_000;

/** Each is a process of its own where the server is a command: whoever holds a token must not start them without bound. */
const MAX_DEDICATED = 32;

export interface PoolOptions extends Omit<LinkOptions, 'handshake' | 'prefers' | 'eras'> {
  /** How the gateway names itself where it speaks for several clients. */
  readonly version: string;
  readonly onChange: () => void;
  /** Over streamable HTTP a question of the modern era harms no server; over stdio some legacy ones end at it. */
  readonly isHttp?: boolean;
}

/** The newest reading of the server's tools over any connection. */
export interface KnownTools {
  readonly tools: readonly Tool[];
  readonly readAt: number;
}

export class UpstreamPool implements Closeable {
  readonly #options: PoolOptions;
  readonly #eras = new KnownEras();
  readonly #shared = new Map<string, Hub>();
  readonly #all = new Set<Hub>();
  readonly #idle = new Map<Hub, NodeJS.Timeout>();
  #isClosed = false;
  #known: KnownTools | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get known(): KnownTools | undefined {
    return this.#known;
  }

  /** Whether a connection stands, and why the last attempt failed if none does. */
  get problem(): string | undefined {
    let problem: string | undefined;
    for (const { link } of this.#all) {
      if (link.isConnected) return undefined;
      problem ??= link.problem;
    }
    return problem;
  }

  /** The connection that sessions of one revision share; of one grant, where the server logs: one agent's log lines are kept from another. */
  shared(revision: Revision, grant: string): Hub {
    const key = keyOf(revision, grant);
    const hub = this.#shared.get(key) ?? this.#silent(revision) ?? this.#openShared(revision);
    hub.acknowledge();
    this.#shared.set(key, hub);
    clearTimeout(this.#idle.get(hub));
    return hub;
  }

  /**
   * Resolves when `shared` can tell whether another grant's connection will do: until that stands nobody knows whether its server logs, and one
   * more connection would start the server once more. Never rejects.
   */
  async settled(revision: Revision, grant: string): Promise<void> {
    if (this.#shared.has(keyOf(revision, grant))) return;
    const first = [...this.#shared].find(([key, { link }]) => isOf(key, revision) && link.isConnecting);
    await first?.[1].agreement().catch(() => undefined);
  }

  #silent(revision: Revision): Hub | undefined {
    for (const [key, hub] of this.#shared) {
      if (!isOf(key, revision) || !hub.isSilent) continue;
      hub.admitOtherGrants();
      return hub;
    }
    return undefined;
  }

  /** Whether one more session can have a connection to itself. */
  get hasRoom(): boolean {
    let dedicated = 0;
    for (const hub of this.#all) if (!hub.shared) dedicated += 1;
    return dedicated < MAX_DEDICATED;
  }

  /** A connection for one session, opened with the client's own parameters of `initialize`. Throws `UpstreamError` without room. */
  dedicated(handshake: Params): Hub {
    if (!this.hasRoom) throw this.#full();
    return this.#open(handshake, 'legacy', false);
  }

  /** The gateway's own reading of the tools, for the status and the editor. Rejects with `UpstreamError`. */
  async readTools(grant: string): Promise<void> {
    const revision = this.#options.isHttp ? MODERN_REVISION : LATEST_LEGACY_REVISION;
    await this.settled(revision, grant);
    const hub = this.shared(revision, grant);
    try {
      await hub.directory.load();
    } finally {
      if (!hub.isUsed) this.#abandon(hub);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#idle.values()) clearTimeout(timer);
    await Promise.all([...this.#all].map((hub) => hub.close()));
    this.#all.clear();
    this.#shared.clear();
  }

  #openShared(revision: Revision): Hub {
    const isModern = revision === MODERN_REVISION;
    const clientInfo = { name: 'portcullis', version: this.#options.version };
    const protocolVersion = isModern ? LATEST_LEGACY_REVISION : revision;
    return this.#open({ protocolVersion, capabilities: {}, clientInfo }, isModern ? 'modern' : 'legacy', true);
  }

  #full(): UpstreamError {
    const what = `has ${MAX_DEDICATED} sessions with a connection of their own, and more are not opened.`;
    const advice = 'End a session of a client that offers roots, sampling or elicitation.';
    return new UpstreamError('refused', `The server "${this.#options.server}" ${what} ${advice}`);
  }

  #open(handshake: Params, prefers: Era, isShared: boolean): Hub {
    if (this.#isClosed) throw new UpstreamError('closed', `The server "${this.#options.server}" was stopped.`);
    const hub: Hub = new Hub({ ...this.#options, handshake, prefers, eras: this.#eras }, isShared, {
      changed: () => this.#changed(hub),
      abandoned: () => this.#abandon(hub),
    });
    this.#all.add(hub);
    return hub;
  }

  #changed(hub: Hub): void {
    const { tools, readAt } = hub.directory;
    if (tools && readAt >= (this.#known?.readAt ?? 0)) this.#known = { tools, readAt };
    this.#options.onChange();
  }

  #abandon(hub: Hub): void {
    if (!hub.shared) return this.#end(hub);
    clearTimeout(this.#idle.get(hub));
    this.#idle.set(hub, setTimeout(() => this.#end(hub), IDLE_MILLISECONDS).unref());
  }

  #end(hub: Hub): void {
    if (hub.isUsed) return;
    // One that is being tried again goes on, so that the status tells when the server is back.
    if (hub.shared && hub.link.problem !== undefined) return this.#abandon(hub);
    this.#idle.delete(hub);
    this.#all.delete(hub);
    for (const [key, each] of this.#shared) if (each === hub) this.#shared.delete(key);
    void hub.close();
  }
}

const keyOf = (revision: Revision, grant: string): string => `${revision} ${grant}`;
const isOf = (key: string, revision: Revision): boolean => key.startsWith(`${revision} `);
