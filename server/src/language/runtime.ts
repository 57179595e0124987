/**
 * Everything that the language server does outside of its own memory, passed in: tests put fakes here, and one can read off what it is able
 * to do. Only `listTools` starts or contacts a server; tools/lists.ts calls it in trusted workspaces alone, and it starts none that a gateway would not.
 */
import type { Catalog } from '../catalog/tool.ts';
import type { DirectEntry, FindingsConfig, InputDefinition, ServerDefinition } from '../mcp/definition.ts';
import type { Surroundings } from '../mcp/connect/index.ts';
import type { PolicyFile } from '../mcp/index.ts';
import type { Records } from './replay/records.ts';
import type { ApplyParams, ApplyResult } from '../protocol/connect.ts';

export interface Runtime {
  /** Text of a file; `undefined` when it cannot be read. */
  readFile(path: string): Promise<string | undefined>;
  /** What the folders and the user have configured. */
  readConfiguration(folders: readonly string[]): Promise<Configuration>;
  /** Starts or contacts the server, reads all pages of its list and lets go. Rejects with a message for people. */
  listTools(server: ServerDefinition, options: ListOptions): Promise<Catalog>;
  /** @param folder - Workspace folder: absolute path. */
  clientsAround(folder: string): Surroundings;
  /** Writes files of MCP clients. */
  applyChanges(params: ApplyParams): Promise<ApplyResult>;
  /** What a gateway has recorded in a state folder; `undefined`: nothing. Throws with a message for people. */
  openRecords(folder: string): Records | undefined;
  /** @param folder - Where the lists are kept; absent: the platform's cache folder. */
  openSnapshots(folder: string | undefined): Snapshots;
}

export interface Configuration {
  readonly servers: readonly ServerDefinition[];
  /** Every entry by which an MCP client reaches a server itself. */
  readonly entries: readonly DirectEntry[];
  readonly inputs: readonly InputDefinition[];
  /** Policies on disk. */
  readonly policies: readonly PolicyFile[];
  /** Paths of policy tests on disk. */
  readonly tests: readonly string[];
  /** How severe findings are, and which are excused, by portcullis.json. */
  readonly findings?: FindingsConfig;
  /** What `portcullis.lock.json` pins: by workspace folder, then by server. */
  readonly pinned?: ReadonlyMap<string, ReadonlyMap<string, Catalog>>;
  /** What is wrong with the configuration, for the log. */
  readonly problems: readonly string[];
}

export interface ListOptions {
  readonly signal: AbortSignal;
  /** Where a gateway keeps what a person has accepted; absent: the platform's folder. */
  readonly stateFolder?: string;
  /** The value of an `${input:id}`; `undefined` when the person declines. */
  readonly resolveInput: (id: string) => Promise<string | undefined>;
}

/** Tool lists on disk, from one session to the next. */
export interface Snapshots {
  read(server: ServerDefinition): Promise<Catalog | undefined>;
  write(server: ServerDefinition, catalog: Catalog): Promise<void>;
  /** The list for which a policy was last written or reviewed. @param policyFile - Absolute path. */
  readReviewed(policyFile: string): Promise<Catalog | undefined>;
}
