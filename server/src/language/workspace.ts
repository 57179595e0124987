/**
 * Which MCP servers are configured, which open policy is for which, and what is known of its tools.
 * Owns the pairing as the editor sees it: like the gateway's, but with the text that is being typed.
 */
import path from 'node:path';
import { URI } from 'vscode-uri';
import type { Catalog } from '../catalog/tool.ts';
import type { FindingsConfig, InputDefinition, ServerDefinition } from '../mcp/definition.ts';
import { inputFor, type PolicyFile } from '../mcp/index.ts';
import type { CountedUse, LimitsReport } from '../protocol/limits.ts';
import type { RuntimeParams, ServersParams } from '../protocol/language.ts';
import { pathOf } from './client-features.ts';
import { FindingSettingsByPolicy } from './finding-settings.ts';
import { isPolicyPlace, pairInFolders, type Pair } from './folder-pairs.ts';
import type { PolicyView } from './document/policy-view.ts';
import type { Configuration, Runtime } from './runtime.ts';
import type { KnownTools } from './tools/known-tools.ts';
import type { ToolLists } from './tools/lists.ts';
import { WaysAround } from './ways-around.ts';

const NOTHING: Configuration = { servers: [], entries: [], inputs: [], policies: [], tests: [], problems: [] };

export class Workspace {
  readonly #runtime: Runtime;
  readonly #lists: ToolLists;
  readonly #open: () => readonly PolicyView[];
  readonly #folders = new Set<string>();
  readonly #findingSettings = new FindingSettingsByPolicy();
  #configured = NOTHING;
  #ways = new WaysAround([], []);
  #reading = 0;
  #latest: Promise<unknown> = Promise.resolve();
  #uses: ReadonlyMap<string, readonly CountedUse[]> | undefined;
  #denials: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map();

  /** @param open - The policies that are open, as they are now. */
  constructor(runtime: Runtime, lists: ToolLists, open: () => readonly PolicyView[]) {
    this.#runtime = runtime;
    this.#lists = lists;
    this.#open = open;
  }

  get trusted(): boolean {
    return this.#lists.trusted;
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    for (const folder of removed) this.#folders.delete(folder);
    for (const folder of added) this.#folders.add(folder);
  }

  /** Reads the configuration again, and settles when it is known: of two readings at once the later one counts, for both. Returns what is wrong with it. */
  async reload(): Promise<readonly string[]> {
    const reading = this.#read();
    this.#latest = reading;
    return await reading;
  }

  async #read(): Promise<readonly string[]> {
    const turn = ++this.#reading;
    const configured = await this.#runtime.readConfiguration([...this.#folders]);
    if (turn !== this.#reading) {
      await this.#latest;
      return [];
    }
    this.#configured = configured;
    this.#ways = new WaysAround(configured.servers, configured.entries);
    this.#lists.forgetReviewed();
    this.#findingSettings.configure(configured.findings);
    return configured.problems;
  }

  server(name: string): ServerDefinition | undefined {
    return this.#configured.servers.find((server) => server.name === name);
  }

  /** The user's own severities. */
  setRules(rules: FindingsConfig['rules']): void {
    this.#findingSettings.choose(rules);
  }

  /** @param server - Name of the server that needs it. */
  input(id: string, server: string): InputDefinition | undefined {
    const definition = this.server(server);
    return definition && inputFor(id, definition.origin, this.#configured.inputs);
  }

  /** Paths of the policies and policy tests on disk. */
  files(): readonly string[] {
    return [...this.#configured.policies.map((policy) => policy.path), ...this.#configured.tests];
  }

  /** The tools of a server, by its name, as far as they are known. */
  catalog(server: string): Catalog | undefined {
    return this.#lists.catalog(server);
  }

  /** Has the lists of the open policies' servers fetched. */
  wantOpen(): void {
    const pairs = this.#pairs();
    for (const view of this.#open()) this.want(view, pairs);
  }

  /** Has the list of one policy's server fetched, be it open or not. */
  want(view: PolicyView, pairs = this.#pairs()): void {
    const server = this.server(serverFor(view, pairs, this.#configured.servers) ?? '');
    if (server !== undefined) this.#lists.want(server);
  }

  /** Paths of the policies on disk. */
  get policyFiles(): readonly string[] {
    return this.#configured.policies.map((policy) => policy.path);
  }

  toolsFor(view: PolicyView): KnownTools {
    const server = serverFor(view, this.#pairs(), this.#configured.servers);
    const serverNames = this.#configured.servers.map(({ name }) => name);
    const file = pathOf(view.uri);
    const findingSettings = this.#findingSettings.of(file);
    if (server === undefined) return { serverNames, findingSettings, state: { state: 'unknown' } };
    const catalog = this.#lists.catalog(server);
    const denials = this.#denials.get(server);
    const state = this.#lists.state(server);
    const reviewed = this.#reviewed(server, file);
    return {
      server,
      serverNames,
      findingSettings,
      state,
      ways: this.#ways.to(server),
      ...(this.#uses && { present: { uses: this.#uses.get(file ?? '') ?? [], now: Date.now() } }),
      ...(catalog && { catalog }),
      ...(reviewed && { reviewed }),
      ...(denials && { denials }),
    };
  }

  /** What a gateway counts now; replaces what was known of it. */
  setLimits({ uses }: LimitsReport): void {
    const byPolicy = new Map<string, CountedUse[]>();
    for (const use of uses ?? []) {
      const known = byPolicy.get(use.policy);
      if (known) known.push(use);
      else byPolicy.set(use.policy, [use]);
    }
    this.#uses = uses && byPolicy;
  }

  /** What a person has pinned counts; without a lock for the server, the list for which the policy was last written or reviewed. */
  #reviewed(server: string, policyFile: string | undefined): Catalog | undefined {
    const folder = this.server(server)?.origin.folder ?? '';
    const pinned = this.#configured.pinned?.get(folder)?.get(server);
    return pinned ?? (policyFile === undefined ? undefined : this.#lists.reviewed(policyFile));
  }

  /** What a gateway has denied of late; replaces what was known of it. */
  setDenials(denials: NonNullable<RuntimeParams['denials']>): void {
    const byServer = new Map<string, Map<string, number>>();
    for (const { server, tool, count } of denials) {
      const byTool = byServer.get(server) ?? new Map<string, number>();
      byServer.set(server, byTool.set(tool, count));
    }
    this.#denials = byServer;
  }

  /** For `portcullis/servers`. */
  report(): ServersParams {
    const pairs = this.#pairs();
    const uris = new Map(this.#open().map(({ uri }) => [pathOf(uri), uri]));
    const policyUri = (file: string): string => uris.get(file) ?? URI.file(file).toString();
    return {
      servers: this.#configured.servers.map(({ name, launch, origin }) => {
        const list = this.#lists.catalog(name);
        const policy = pairs.find(({ server }) => server === name)?.policy;
        return {
          name,
          transport: launch.kind,
          ...(origin.file === undefined ? {} : { definedIn: origin.file }),
          ...(policy === undefined ? {} : { policyUri: policyUri(policy) }),
          tools: { ...this.#lists.state(name), ...(list && { count: list.tools.length, readAt: list.readAt }) },
        };
      }),
    };
  }

  /** Open policies count with the text that is being typed. One that stands elsewhere must not make the folder's own ambiguous. */
  #pairs(): readonly Pair[] {
    const folders = [...this.#folders];
    const policies = new Map(this.#configured.policies.map((policy) => [policy.path, policy]));
    for (const view of this.#open()) {
      const file = pathOf(view.uri);
      if (file === undefined) continue;
      const isPlaced = folders.some((folder) => isPolicyPlace(folder, path.dirname(file)));
      if (isPlaced || policies.has(file)) policies.set(file, fileOf(view, file));
    }
    return pairInFolders(folders, this.#configured.servers, [...policies.values()]);
  }
}

function fileOf(view: PolicyView, file: string): PolicyFile {
  const server = view.statedServer;
  return server === undefined ? { path: file } : { path: file, server };
}

/** A text that is not saved yet, or stands elsewhere, says its server, or the only one there is could be meant. */
function serverFor(view: PolicyView, pairs: readonly Pair[], servers: readonly ServerDefinition[]): string | undefined {
  const file = pathOf(view.uri);
  const paired = pairs.find(({ policy }) => policy === file)?.server;
  if (paired !== undefined) return paired;
  const server = view.statedServer;
  if (server !== undefined) return servers.find(({ name }) => name === server)?.name;
  return servers.length === 1 ? servers[0]?.name : undefined;
}
