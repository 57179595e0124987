/* Generated from schemas/gateway.schema.json by scripts/generate.mts. Do not edit. */

/**
 * portcullis.json: which policy governs which MCP server, and how the gateway runs. Optional; servers that are defined in .vscode/mcp.json, .mcp.json or .cursor/mcp.json need no entry here. Strict JSON: no comments, no key twice, no unknown keys.
 */
export interface GatewayDocument {
  /**
   * Where an editor finds this schema. Ignored by the gateway.
   */
  $schema?: string;
  /**
   * Servers by name. An entry may define a server, or only add settings to one that another file defines.
   */
  servers?: {
    [k: string]: Server;
  };
  state?: State;
  audit?: Audit;
  approvals?: Approvals;
  /**
   * What happens when a server's tools differ from the locked ones: nothing, a warning, or a denial until a person has accepted the change.
   */
  lock?: 'off' | 'warn' | 'enforce';
  /**
   * Whether a loosened policy waits for a person's confirmation. "automatic" counts only in user-level configuration, because an agent can edit workspace files.
   */
  reload?: 'confirm' | 'automatic';
  /**
   * How severe the findings of each rule are, by its code (docs/rules). The editor and the command line both keep to it. It is about findings only: nothing here changes what the gateway decides.
   */
  rules?: {
    [k: string]: 'error' | 'warning' | 'information' | 'hint' | 'off';
  };
  /**
   * Single findings that are known and meant, each with the reason. They are listed by `portcullis check`, and do not count. It is about findings only: nothing here changes what the gateway decides.
   */
  excused?: Excuse[];
}
/**
 * A server: how it is started or reached (the keys of .vscode/mcp.json), unless another file says so, and what the gateway does with it.
 */
export interface Server {
  /**
   * How the server is reached: as a child process, over streamable HTTP, or over legacy HTTP with server-sent events. Absent: "stdio" where "command" stands, else "http".
   */
  type?: 'stdio' | 'http' | 'sse';
  /**
   * Program that is started, without a shell. May hold ${env:NAME}, ${workspaceFolder}, ${userHome} and ${input:id}, as may every text of a definition.
   */
  command?: string;
  /**
   * Arguments of the program.
   */
  args?: string[];
  /**
   * Folder that the program is started in; relative paths begin at the workspace folder, which is also the default.
   */
  cwd?: string;
  /**
   * Environment variables of the program, beside HOME, PATH, LANG, TMPDIR, USER and the proxy variables, which are all that it inherits.
   */
  env?: {
    [k: string]: string | number | null;
  };
  /**
   * File of further environment variables, one NAME=value on a line. "env" wins.
   */
  envFile?: string;
  /**
   * Address of a remote server, beginning with http:// or https://.
   */
  url?: string;
  /**
   * HTTP headers for a remote server. Write ${env:NAME} or ${input:id} in place of a secret.
   */
  headers?: {
    [k: string]: string;
  };
  /**
   * For a remote server that wants a login: who this client is to its authorization server. Without it the client registers itself.
   */
  oauth?: {
    /**
     * Id of a client that was registered beforehand, or the https address of a client id metadata document.
     */
    clientId?: string;
    /**
     * Secret of that client, if it has one. Write ${env:NAME} or ${input:id}, never the secret itself.
     */
    clientSecret?: string;
    /**
     * Port of http://127.0.0.1:PORT/callback, where the login ends, if the client was registered with a fixed one.
     */
    callbackPort?: number;
    /**
     * The authorization server that is to be used, if only this one is right. Needed when it stands in a private network.
     */
    issuer?: string;
  };
  /**
   * Path of the policy that governs this server, relative to this file.
   */
  policy?: string;
  /**
   * "enforce" denies what the policy denies. "observe" lets it pass and records what would have been denied.
   */
  mode?: 'enforce' | 'observe';
  /**
   * MCP methods, for example "resources/read", that this server's clients may or may not use. Methods that MCP knows are allowed by default; others are refused.
   */
  methods?: {
    [k: string]: 'allow' | 'deny';
  };
  /**
   * Texts in the server's results that are replaced before an agent sees them.
   */
  redact?: Redaction[];
  /**
   * Seconds that a request to this server may take.
   */
  timeout?: number;
}
/**
 * A regular expression in RE2 syntax, and what stands in place of its matches.
 */
export interface Redaction {
  /**
   * Regular expression in RE2 syntax: no look-around, no back-references.
   */
  regex: string;
  /**
   * Text in place of each match.
   */
  replace?: string;
}
/**
 * Where the gateway keeps its audit log, counters and grants.
 */
export interface State {
  /**
   * Folder of the gateway's database, relative to this file. Absent: the platform's folder for such data.
   */
  directory?: string;
  /**
   * Name of the environment variable that holds the address of shared state (redis://…). Never the address itself.
   */
  sharedUrlEnv?: string;
}
/**
 * What the audit log keeps, and for how long.
 */
export interface Audit {
  /**
   * Whether the values at the argument paths that the policy names are kept for 7 days, for `portcullis replay`: sealed, apart from the log, and not those that "redact" matches or that look like secrets. false: nobody is asked either.
   */
  values?: boolean;
  /**
   * What a record survives before the call goes on: the end of the process, or a power failure (slower).
   */
  durability?: 'process' | 'power';
  /**
   * Records older than so many days are removed.
   */
  maxDays?: number;
  /**
   * The oldest records are removed when the log is larger than so many bytes.
   */
  maxBytes?: number;
}
/**
 * How people answer calls that wait for approval.
 */
export interface Approvals {
  /**
   * Whether `portcullis approvals approve` works on a terminal. Counts only in user-level configuration, because an agent can edit workspace files.
   */
  shell?: boolean;
}
/**
 * A finding, and why it is no mistake.
 */
export interface Excuse {
  /**
   * Path of the policy, relative to this file.
   */
  policy: string;
  /**
   * Code of the rule.
   */
  code: string;
  /**
   * JSON Pointer of the place in the policy, such as "/tools/create_user/limits/0". All findings of the rule below it are excused too.
   */
  at: string;
  /**
   * Why this is meant, for whoever reviews it.
   */
  reason: string;
}
