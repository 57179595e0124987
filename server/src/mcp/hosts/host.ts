/** What a format of server configuration is: where its files stand and how they are read. Types only; table.ts lists them. */
import type { JsonObject, Span } from '../../policy/json/node.ts';
import type { InputDefinition, Launch } from '../definition.ts';

export interface Host {
  /** Stands in `Origin.host`. */
  readonly id: string;
  /** For people. */
  readonly label: string;
  /** Path below a workspace folder, with slashes. */
  readonly workspaceFile?: string;
  /** Absolute paths of the user-level files, first wins. */
  readonly userFiles?: (place: UserPlace) => readonly string[];
  readonly variables: VariableStyle;
  /** Default: JSON with comments. */
  readonly format?: 'toml';
  /** How this client starts a server that is to be added to its configuration. */
  readonly entry: EntryForm;
  /** Folders that show that the client is installed. Default: the folders of its user-level files. */
  readonly traces?: (place: UserPlace) => readonly string[];
  readonly read: (root: JsonObject, context: ReadContext) => HostReading;
}

/**
 * `colon`: `${env:NAME}`, `${workspaceFolder}`, `${userHome}`, `${input:id}`.
 * `shell`: `${NAME}`, `${NAME:-default}`. `none`: texts are taken as they stand.
 */
export type VariableStyle = 'colon' | 'shell' | 'none';

export interface EntryForm {
  /** Keys that lead to the object of servers. */
  readonly at: readonly string[];
  /** Keys that lead to the servers of one workspace folder, where the user's file holds such as well. */
  readonly atFolder?: (folder: string) => readonly string[];
  /** What an entry has beside `command` and `args`. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** Where user-level files stand. */
export interface UserPlace {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

export interface ReadContext {
  /** Workspace folders, for files that hold entries by folder. */
  readonly folders: readonly string[];
}

/** Readers are pure and total: what cannot be used becomes a problem. */
export interface HostReading {
  readonly servers: readonly FoundServer[];
  readonly inputs: readonly InputDefinition[];
  readonly problems: readonly NodeProblem[];
}

export interface FoundServer {
  readonly name: string;
  readonly launch: Launch;
  /** Of the entry, from its key on; of the whole text where the format's parser gives no places. */
  readonly span: Span;
}

export interface NodeProblem {
  readonly severity: 'error' | 'warning';
  /** What is wrong and what to do. */
  readonly message: string;
  /** RFC 6901, into the file. */
  readonly pointer: string;
  readonly span: Span;
}
