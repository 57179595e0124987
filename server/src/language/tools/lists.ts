/**
 * The tool lists of the servers that open policies are for. Best source first: a running gateway, our own listing, the snapshot on disk.
 * Owns when a server is listed: once, in the background, only in a trusted workspace, never while a gateway has its list. Nothing here is waited for
 * by a feature.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Catalog } from '../../catalog/tool.ts';
import type { ServerDefinition } from '../../mcp/definition.ts';
import type { ToolsReport } from '../../protocol/control.ts';
import type { Runtime, Snapshots } from '../runtime.ts';
import type { ListState } from './known-tools.ts';

/** How the lists talk to the rest of the language server. */
export interface ListsHost {
  /** Something about a server's list has changed. */
  changed(): void;
  /** Runs a listing so that the user sees it and can stop it. */
  withProgress<T>(server: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  resolveInput(server: string, id: string): Promise<string | undefined>;
  /** Where a gateway keeps its state, if the client has said so. */
  readonly stateFolder: string | undefined;
  /** Runs work in the background and logs its failure. */
  background(name: string, work: () => Promise<void>): void;
}

/** Why a listing of our own was ended by ourselves: a gateway has the list, the definition changed, or the server shuts down. */
const SUPERSEDED = Symbol('superseded');

interface Entry {
  definition: ServerDefinition;
  snapshot?: Catalog;
  listed?: Catalog;
  problem?: string;
  listing?: { readonly stop: AbortController; readonly done: Promise<void> };
}

export class ToolLists {
  readonly #runtime: Runtime;
  readonly #snapshots: Snapshots;
  readonly #host: ListsHost;
  readonly #entries = new Map<string, Entry>();
  #live: ReadonlyMap<string, Catalog> = new Map();
  readonly #reviewed = new Map<string, Catalog | undefined>();
  #trusted: boolean;

  constructor(runtime: Runtime, snapshots: Snapshots, trusted: boolean, host: ListsHost) {
    this.#runtime = runtime;
    this.#snapshots = snapshots;
    this.#trusted = trusted;
    this.#host = host;
  }

  get trusted(): boolean {
    return this.#trusted;
  }

  /** The newest list of a server, if any was ever read. */
  catalog(server: string): Catalog | undefined {
    const entry = this.#entries.get(server);
    return this.#live.get(server) ?? entry?.listed ?? entry?.snapshot;
  }

  /** The list for which a policy was last written or reviewed: read in the background when it is first asked for. */
  reviewed(policyFile: string): Catalog | undefined {
    if (!this.#reviewed.has(policyFile)) {
      this.#reviewed.set(policyFile, undefined);
      this.#host.background('reading a reviewed tool list', () => this.#loadReviewed(policyFile));
    }
    return this.#reviewed.get(policyFile);
  }

  /** Files have changed, perhaps because a policy was reviewed. */
  forgetReviewed(): void {
    this.#reviewed.clear();
  }

  state(server: string): ListState {
    const entry = this.#entries.get(server);
    if (this.#live.has(server)) return { state: 'live' };
    if (entry?.listing !== undefined) return { state: 'listing' };
    if (entry?.problem !== undefined) return { state: 'failed', problem: entry.problem };
    if (entry?.listed !== undefined) return { state: 'live' };
    return { state: entry?.snapshot === undefined ? 'unknown' : 'snapshot' };
  }

  /** A policy for this server is open: serve its snapshot, and list it unless that was done or may not be. */
  want(definition: ServerDefinition): void {
    const known = this.#entries.get(definition.name);
    if (known !== undefined && isDeepStrictEqual(known.definition, definition)) return;
    known?.listing?.stop.abort(SUPERSEDED);
    const entry: Entry = { definition };
    this.#entries.set(definition.name, entry);
    this.#host.background('reading a saved tool list', () => this.#load(entry));
    this.#listIfAllowed(entry);
  }

  /**
   * Lists again, whatever is known; settles when done, also when it failed. Does nothing in an untrusted workspace, nor while a gateway
   * keeps the list current.
   */
  async refresh(definition: ServerDefinition, stop?: AbortSignal): Promise<void> {
    if (!this.#trusted || this.#live.has(definition.name)) return;
    this.want(definition);
    const entry = this.#entries.get(definition.name);
    if (entry !== undefined) await this.#list(entry, stop);
  }

  /** What only the editor knows. Trust that is granted lets waiting servers be listed; a gateway's list ends a listing of our own. */
  setRuntime(trusted: boolean, reports: readonly ToolsReport[]): void {
    const live = new Map(reports.map((report) => [report.server, liveCatalog(report)]));
    for (const [server, catalog] of this.#live) if (!live.has(server)) this.#keep(server, catalog);
    this.#live = live;
    this.#trusted = trusted;
    for (const [server, entry] of this.#entries) {
      if (live.has(server) || !trusted) entry.listing?.stop.abort(SUPERSEDED);
      else this.#listIfAllowed(entry);
    }
    this.#host.changed();
  }

  /** Ends every listing. */
  close(): void {
    for (const entry of this.#entries.values()) entry.listing?.stop.abort(SUPERSEDED);
  }

  /** A gateway that has stopped leaves its last list behind. */
  #keep(server: string, catalog: Catalog): void {
    const entry = this.#entries.get(server);
    if (entry === undefined) return;
    entry.listed = catalog;
    delete entry.problem;
    this.#host.background('saving a tool list', () => this.#snapshots.write(entry.definition, catalog));
  }

  async #load(entry: Entry): Promise<void> {
    const snapshot = await this.#snapshots.read(entry.definition);
    if (snapshot === undefined) return;
    entry.snapshot = snapshot;
    this.#host.changed();
  }

  async #loadReviewed(policyFile: string): Promise<void> {
    const catalog = await this.#snapshots.readReviewed(policyFile);
    if (catalog === undefined) return;
    this.#reviewed.set(policyFile, catalog);
    this.#host.changed();
  }

  #listIfAllowed(entry: Entry): void {
    const known = entry.listed !== undefined || entry.problem !== undefined || this.#live.has(entry.definition.name);
    if (!this.#trusted || known) return;
    this.#host.background('listing tools', () => this.#list(entry));
  }

  /** One listing per server at a time; who asks meanwhile waits for the same one. */
  async #list(entry: Entry, stop?: AbortSignal): Promise<void> {
    if (entry.listing === undefined) {
      const controller = new AbortController();
      const done = this.#attempt(entry, controller.signal).finally(() => {
        delete entry.listing;
        this.#host.changed();
      });
      entry.listing = { stop: controller, done };
      this.#host.changed();
    }
    const { stop: controller, done } = entry.listing;
    const abort = (): void => controller.abort();
    stop?.addEventListener('abort', abort, { once: true });
    await done.finally(() => stop?.removeEventListener('abort', abort));
  }

  async #attempt(entry: Entry, stop: AbortSignal): Promise<void> {
    const { definition } = entry;
    const { stateFolder } = this.#host;
    try {
      const catalog = await this.#host.withProgress(definition.name, (cancelled) =>
        this.#runtime.listTools(definition, {
          signal: AbortSignal.any([stop, cancelled]),
          ...(stateFolder === undefined ? {} : { stateFolder }),
          resolveInput: (id) => this.#host.resolveInput(definition.name, id),
        }),
      );
      entry.listed = catalog;
      delete entry.problem;
      this.#host.background('saving a tool list', () => this.#snapshots.write(definition, catalog));
    } catch (error) {
      if (stop.reason !== SUPERSEDED) entry.problem = error instanceof Error ? error.message : String(error);
    }
  }
}

function liveCatalog({ server, tools, readAt }: ToolsReport): Catalog {
  return { server, tools, readAt, source: 'live' };
}
