/** Connecting MCP clients to the gateway: what is found, proposed and written (docs/clients.md). Types only. */

/** A file in which a client keeps servers. `folder`: that of the workspace; `user`: for all workspaces of the user. */
export interface ClientPlace {
  /** Id of the client, for example `cursor`. */
  readonly client: string;
  /** Product name. */
  readonly label: string;
  readonly scope: 'folder' | 'user';
  /** Absolute path; the file need not exist. */
  readonly file: string;
  /** Whether this machine shows signs of the client. */
  readonly installed: boolean;
  /** Servers that this file leads to through a gateway. */
  readonly connected: readonly string[];
}

/** No `before`: the file is not there. No `after`: it is deleted. */
export interface FileChange {
  /** Absolute path. */
  readonly file: string;
  readonly before?: string;
  readonly after?: string;
}

/** An entry by which the client still starts or contacts the server itself. */
export interface Original {
  readonly file: string;
  readonly name: string;
}

export interface ClientPlacesParams {
  /** Workspace folder: absolute path. */
  readonly folder: string;
}

export interface ConnectParams {
  /** Workspace folder, whose file is meant by the scope `folder`: absolute path. */
  readonly folder: string;
  readonly client: string;
  readonly scope: ClientPlace['scope'];
  readonly server: string;
  /** Program that runs `portcullis`: absolute path. */
  readonly launcher: string;
  /** State folder: absolute path. */
  readonly state: string;
  /** `route`: takes the originals out as well, and keeps the server's definition in portcullis.json. `undo`: takes out what `connect` put in. */
  readonly action: 'connect' | 'route' | 'undo';
}

/** Which client is to reach a server through the gateway and no longer by itself. */
export type RouteTarget = Pick<ConnectParams, 'folder' | 'client' | 'scope' | 'server'>;

export type ConnectPlan =
  | {
      readonly kind: 'changes';
      /** Empty: the files say so already. */
      readonly changes: readonly FileChange[];
      /** Of the client that is to be connected: where it still has a way around the gateway once `changes` are made. */
      readonly originals: readonly Original[];
    }
  /** A program must not edit this. `problem`: why, for people. `snippet`: what a person can put into `file`, where that helps. */
  | { readonly kind: 'by hand'; readonly file: string; readonly problem: string; readonly snippet?: string };

/** What a person has seen and agreed to. */
export interface ApplyParams {
  readonly folder: string;
  readonly changes: readonly FileChange[];
}

/** `problem`: nothing, or not all, was written, and why. */
export interface ApplyResult {
  /** Copies of what was there before. */
  readonly backups: readonly string[];
  readonly problem?: string;
}
