/** What every face stands on: the governed servers, their records, and the self-test before anything may listen. */
import { UpstreamError } from '../mcp/index.ts';
import type { Closeable, Clock, Log } from '../ports.ts';
import type { AuditRecord, Decided, Ended } from '../protocol/audit.ts';
import type { AcceptRequest, HeldFile } from '../protocol/control.ts';
import type { AcceptedStore, State } from '../state/ports.ts';
import type { Approver } from './approval/approver.ts';
import { ApprovalDesk, type DeskTiming } from './approval/desk.ts';
import { GrantRegistry, LOCAL_GRANT } from './grants/registry.ts';
import type { ConfigurationRatchet } from './reload/configurationRatchet.ts';
import { ToolLock, type LockSettings } from './reload/toolLock.ts';
import { selfTest } from './selfTest.ts';
import { closeServer, govern, type ServerInput } from './session/govern.ts';
import type { GovernedServer } from './session/server.ts';
import { ValuesWish } from './values/wish.ts';

export interface CoreOptions {
  readonly servers: readonly ServerInput[];
  readonly state: State;
  readonly version: string;
  readonly log: Log;
  readonly clock?: Clock;
  /** Whether the user's own configuration lets a shell decide on calls that wait for approval. */
  readonly shellDecides?: boolean;
  /** Stands in for the people who are asked. */
  readonly approver?: Approver;
  readonly approvalTiming?: Partial<DeskTiming>;
  /** Keeps what a person has accepted: looser edits wait. Absent (`reload: "automatic"`): each valid edit takes effect at once. */
  readonly accepted?: AcceptedStore;
  /** Absent: tools that change are not denied. */
  readonly lock?: LockSettings;
  /** Whether values of arguments are kept, where the configuration says; else a person is asked. */
  readonly keepsValues?: boolean;
  /** What the gateway was configured with; absent where edits of it wait for nobody. */
  readonly configuration?: ConfigurationRatchet;
}

/** The gateway must not or cannot start. `message` is for people. */
export class StartError extends Error {
  /** `self-test`: a forbidden call was not denied. */
  readonly code: 'self-test' | 'port-in-use' | 'cannot-listen' | 'cannot-go-on' | 'no-grant';

  constructor(code: StartError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface CoreListener {
  /** Connection, tools or policy of a server are not what they were. */
  status?(server: GovernedServer): void;
  /** What is for all servers, or waits for a person there, is not what it was. */
  changed?(): void;
  /** An edit of the policy changed which tools are listed. */
  listed?(server: GovernedServer): void;
  record?(record: AuditRecord): void;
}

/** What of the workspace's files is for all servers, and may wait for a person. */
interface ForAllServers {
  readonly lock: ToolLock | undefined;
  readonly configuration: ConfigurationRatchet | undefined;
}

export class Core implements Closeable {
  readonly servers: readonly GovernedServer[];
  readonly approvals: ApprovalDesk;
  readonly grants: GrantRegistry;
  readonly values: ValuesWish;
  readonly #listeners = new Set<CoreListener>();
  readonly #log: Log;
  readonly #held: ForAllServers;
  readonly #audit: State['audit'];

  private constructor(options: CoreOptions) {
    const { state, log, version, clock = Date.now, shellDecides: allowsShell = false } = options;
    this.#log = log;
    this.grants = new GrantRegistry(state.grants, clock);
    this.values = new ValuesWish(state.values, options.keepsValues);
    if (this.values.isGranted)
      log.info('Values of arguments that policies look at are kept for 7 days (audit.values).');
    const record = (entry: Decided): void => void state.audit.append(entry);
    const note = (entry: Ended): void => state.audit.note(entry);
    const { approvalTiming: timing = {} } = options;
    this.approvals = new ApprovalDesk({ store: state.approvals, record, note, clock, log, allowsShell, timing });
    const { approver = this.approvals.ask } = options;
    state.audit.listen((record) => this.#tell((listener, each) => listener.record?.(each), record));
    const stores = options.accepted && { stores: { accepted: options.accepted, audit: state.audit } };
    const lock = options.lock && new ToolLock({ ...options.lock, ...stores, log });
    this.#audit = state.audit;
    this.#held = this.#watch(lock, options.configuration);
    this.servers = options.servers.map((input) =>
      govern(input, {
        counters: state.counters,
        argsHmac: (args) => state.argsHmac(args),
        sign: (text) => state.sign(text),
        admit: (charges, at, entry) => state.admit(charges, at, entry),
        record,
        note,
        grants: this.grants,
        grantDigest: (grantId) => this.grants.digestOf(grantId),
        onStatus: (server) => this.#tell((listener, each) => listener.status?.(each), server),
        onListed: (server) => this.#tell((listener, each) => listener.listed?.(each), server),
        ...(state.sharing ? { sharing: state.sharing } : {}),
        approver,
        values: { keep: (id, kept) => state.values.keep(id, kept), isWanted: () => this.values.isGranted },
        ...stores,
        ...(lock ? { lock } : {}),
        clock,
        log,
        version,
      }),
    );
  }

  /** Rejects with `StartError` when a forbidden call is not denied. */
  static async start(options: CoreOptions): Promise<Core> {
    const core = new Core(options);
    try {
      await core.#test();
      return core;
    } catch (error) {
      await core.close();
      throw error;
    }
  }

  listen(listener: CoreListener): void {
    this.#listeners.add(listener);
  }

  find(name: string): GovernedServer | undefined {
    return this.servers.find((server) => server.name === name);
  }

  /** Connects to every server for its tools, which the status and the editor show. A server that cannot be reached is tried again. */
  readTools(): void {
    for (const { pool, name } of this.servers)
      pool.readTools(LOCAL_GRANT.id).catch((error: unknown) => {
        if (error instanceof UpstreamError && error.code === 'closed') return;
        this.#log.warn(error instanceof Error ? error.message : 'The tools could not be read.', { server: name });
      });
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await this.approvals.close();
    await this.#held.lock?.close();
    await this.#held.configuration?.close();
    await Promise.all(this.servers.map(closeServer));
  }

  /** Edits of files for all servers that wait for a person. */
  held(): readonly HeldFile[] {
    return [this.#held.configuration?.status(), this.#held.lock?.held()].filter((each) => each !== undefined);
  }

  get needsRestart(): boolean {
    return this.#held.configuration?.needsRestart ?? false;
  }

  /** A person has accepted an edit in the editor. Resolves with why it could not be, for people. */
  async accept({ what, server, hash }: AcceptRequest): Promise<string | undefined> {
    switch (what) {
      case 'policy': {
        const found = this.find(server);
        return found ? found.policy.accept(hash) : 'There is no such server.';
      }
      case 'lock':
        return this.#held.lock ? this.#held.lock.acceptEdit(hash) : 'No lock is in force.';
      case 'configuration':
        return this.#held.configuration
          ? await this.#held.configuration.accept(hash, 'editor', this.#audit)
          : 'Edits of the configuration wait for nobody here.';
    }
  }

  async #test(): Promise<void> {
    for (const server of this.servers) {
      const problems = await selfTest(server, this.#log);
      if (problems.length === 0) continue;
      const what = `The self-test of the server "${server.name}" failed, so the gateway does not start: ${problems.join(' ')}`;
      throw new StartError('self-test', `${what} Please report this.`);
    }
  }

  #watch(lock: ToolLock | undefined, configuration: ConfigurationRatchet | undefined): ForAllServers {
    configuration?.watch(() => this.#tellOfAll());
    lock?.listen(() => this.#tellOfAll());
    return { lock, configuration };
  }

  #tellOfAll(): void {
    for (const listener of this.#listeners) listener.changed?.();
  }

  #tell<T>(tell: (listener: CoreListener, about: T) => void, about: T): void {
    for (const listener of this.#listeners) tell(listener, about);
  }
}
