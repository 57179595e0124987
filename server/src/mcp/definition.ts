/** A configured MCP server: where it was found, how it is reached, and what portcullis.json adds. Types only. */
import type { LineColumn } from '../policy/json/node.ts';

export interface ServerDefinition {
  readonly name: string;
  readonly launch: Launch;
  readonly origin: Origin;
  /** From portcullis.json. */
  readonly settings: ServerSettings;
}

export type Launch = StdioLaunch | RemoteLaunch;

/** Strings may hold `${env:…}`, `${workspaceFolder}`, `${userHome}`, `${input:…}` until `resolveLaunch` has replaced them. */
export interface StdioLaunch {
  readonly kind: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Default: `Origin.folder`. */
  readonly cwd?: string;
  /** File of further variables; `env` wins. Read by `resolveLaunch`, which leaves it out of its result. */
  readonly envFile?: string;
}

export interface RemoteLaunch {
  /** `http`: streamable HTTP, then legacy SSE as fallback when the server has no streamable endpoint. */
  readonly kind: 'http' | 'sse';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly oauth?: OAuthSettings;
}

/** Who this client is to the authorization server of a remote server. Without any of it, it registers itself. */
export interface OAuthSettings {
  /** Registered beforehand; or the https address of a client id metadata document. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Port of the redirect address that was registered for the client. */
  readonly callbackPort?: number;
  /** The only authorization server that is right. */
  readonly issuer?: string;
}

export interface Origin {
  /** Which format the definition was read from, for example `vscode`, `claude-code`, `cursor`, `portcullis`, `command-line`. */
  readonly host: string;
  /** Absent for definitions that come from the command line. */
  readonly file?: string;
  /** The workspace folder that `${workspaceFolder}` and relative paths refer to. */
  readonly folder: string;
  /** Defined for all of the user's workspaces, by none of them. */
  readonly userLevel?: boolean;
}

/** An entry by which an MCP client starts or contacts a server itself, and not a gateway of ours. */
export interface DirectEntry {
  readonly name: string;
  readonly launch: Launch;
  readonly origin: Origin & { readonly file: string };
  /** Where it stands in the file, from its key on. */
  readonly start: LineColumn;
  readonly end: LineColumn;
}

export interface ServerSettings {
  /** Absolute path of the policy that portcullis.json names. */
  readonly policy?: string;
  readonly mode: 'enforce' | 'observe';
  readonly methods: Readonly<Record<string, 'allow' | 'deny'>>;
  readonly redact?: readonly { readonly regex: string; readonly replace?: string }[];
  /** Seconds a request to the upstream may take. */
  readonly timeout: number;
}

/** An `inputs` entry of a VS Code configuration: something a person is asked for once. */
export interface InputDefinition {
  readonly id: string;
  readonly type: 'promptString' | 'pickString' | 'command';
  readonly description?: string;
  readonly default?: string;
  readonly password?: boolean;
  readonly options?: readonly string[];
  /** Defined for all of the user's workspaces, by none of them. */
  readonly userLevel?: boolean;
}

/** What portcullis.json says beside the servers; absent members have the schema's defaults. */
export interface GatewayConfig {
  readonly state?: { readonly directory?: string; readonly sharedUrlEnv?: string };
  readonly audit?: {
    readonly values?: boolean;
    readonly durability?: 'process' | 'power';
    readonly maxDays?: number;
    readonly maxBytes?: number;
  };
  readonly lock?: 'off' | 'warn' | 'enforce';
  /** "automatic" has no effect in a workspace, and is left out. */
  readonly reload?: 'confirm';
}

/** What portcullis.json says of the findings about policies. The gateway has no use for it. */
export interface FindingsConfig {
  /** Severity by the rule's code. */
  readonly rules: Readonly<Record<string, 'error' | 'warning' | 'information' | 'hint' | 'off'>>;
  readonly excused: readonly ExcusedPlace[];
}

export interface ExcusedPlace {
  /** Absolute path. */
  readonly policy: string;
  readonly code: string;
  /** JSON Pointer into the policy. */
  readonly at: string;
  readonly reason: string;
}
