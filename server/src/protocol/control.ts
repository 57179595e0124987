/**
 * The gateway's control channel: what the process that started a gateway may ask it and is told by it.
 * HTTP on the gateway's own port under `/control/`, with `Authorization: Bearer <controlToken>`; a grant token never opens it. Types and names only.
 */
import type { PendingCall } from './approval.ts';
import type { AuditRecord } from './audit.ts';
import type { Tool } from '../catalog/tool.ts';
import type { UnreviewedTools } from '../catalog/unreviewed.ts';

/** The first line on the gateway's stdin when it is started with `--control`. Secrets travel here, never in argv. */
export interface ControlHello {
  /** At least 32 random bytes, base64url. The gateway shuts down when stdin closes. */
  readonly controlToken: string;
  /** Answers to `${input:id}`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What `secret` events of earlier gateways of this workspace have brought, by key. */
  readonly logins: Readonly<Record<string, string>>;
}

/** One line on stdout when the gateway listens (`--format json`). */
export interface ListeningEvent {
  readonly event: 'listening';
  readonly port: number;
  readonly servers: Readonly<Record<string, { readonly url: string }>>;
  readonly tokenFile: string;
}

/**
 * One line on stderr for each record of the log (`--format json`), with the record's fields beside these two. Lines that are no such JSON
 * object come from the runtime, or tell why the gateway ends (`portcullis: …`).
 */
export interface LogLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** For people. */
  readonly message: string;
  readonly [field: string]: string | number | boolean;
}

export const controlRoutes = {
  /** GET → GatewayStatus */
  status: '/control/status',
  /** GET → ToolsReport; `?server=NAME` */
  tools: '/control/tools',
  /** GET → LimitsReport */
  limits: '/control/limits',
  /** GET → newline-delimited JSON of ControlEvent, open until either side closes. Begins with the current status and the newest records. */
  events: '/control/events',
  /** POST → 204, then the gateway shuts down. */
  stop: '/control/stop',
  /** POST → LoginAnswer; `?server=NAME`. Begins a login; an event says how it ended. */
  login: '/control/login',
  /** POST → LoginAnswer; `?server=NAME`. Forgets the tokens of a server. */
  logout: '/control/logout',
  /** POST of DecideRequest → DecideAnswer. Answers a call that waits for approval. */
  decide: '/control/approvals/decide',
  /** POST of AcceptRequest → AcceptAnswer. Accepts an edit that waits. */
  accept: '/control/accept',
  /** GET → ReviewAnswer; `?server=NAME` */
  review: '/control/tools/review',
  /** POST of AcceptToolsRequest → AcceptAnswer. Pins what a person has accepted of a review. */
  acceptTools: '/control/tools/accept',
  /** POST of ValuesRequest → ValuesAnswer. A person says whether values of arguments are kept. */
  values: '/control/values',
  /** POST of GrantRequest → GrantAnswer. Lists, makes, rotates and revokes grants. */
  grants: '/control/grants',
} as const;

/** Either an address that a person has to see and open, or why there is none; neither after a logout. */
export interface LoginAnswer {
  /** https, or this machine. A text of the server: shown whole, opened only when the person says so. */
  readonly url?: string;
  /** For people. */
  readonly problem?: string;
}

export interface GatewayStatus {
  readonly pid: number;
  readonly port: number;
  readonly servers: readonly ServerStatus[];
  /** Edits of files for all servers that wait for a person; absent: none. */
  readonly held?: readonly HeldFile[];
  /** The configuration has been changed, in a way that is in force, or was accepted; it takes effect when the gateway starts again. */
  readonly needsRestart?: true;
  /** Whether values of arguments are kept; `never`: the configuration says no; `not asked`: nobody has been asked yet. */
  readonly values: 'kept' | 'not kept' | 'never' | 'not asked';
  /** What gateways of several machines share; absent: nothing. While there is a `problem`, every server is degraded by it. */
  readonly shared?: {
    /** `host:port (VARIABLE)` */
    readonly address: string;
    /** For people. */
    readonly problem?: string;
  };
}

export interface ValuesRequest {
  /** `false`: those that were kept are removed. */
  readonly keep: boolean;
}

export interface ValuesAnswer {
  /** Why it is not as was asked for, for people. */
  readonly problem?: string;
}

export interface ServerStatus {
  readonly name: string;
  readonly url: string;
  /** `degraded`: the upstream, or what gateways share, cannot be used at the moment; calls are answered with an error. */
  readonly state: 'connecting' | 'ready' | 'degraded';
  /** Why it is degraded, for people. */
  readonly problem?: string;
  /** The server wants a login, or a further permission, that only a person can give. */
  readonly login?: 'needed';
  /** Tools the upstream lists, and how many of them agents are shown. */
  readonly tools?: { readonly listed: number; readonly shown: number };
  readonly policy: PolicyStatus;
  /** What `portcullis.lock.json` does not pin as it is now; absent: nothing, or no lock is wanted. */
  readonly unreviewed?: UnreviewedStatus;
}

/** Names are the server's own: data, never safe to show as they are. */
export interface UnreviewedStatus extends UnreviewedTools {
  /** The server is started or reached in another way than when it was reviewed; with the lock enforced, it is not started. */
  readonly isMoved?: true;
}

export interface PolicyStatus {
  /** Absolute path; absent when the server has no policy (then every call is denied). */
  readonly file?: string;
  /** First 12 hex digits of the SHA-256 of the bytes in force; absent when none is in force. */
  readonly inForce?: string;
  /** Why the file on disk is not the one in force: it is invalid, missing or unreadable, or waits for a person. */
  readonly problem?: string;
  /** The file on disk is valid, and lets through what the policy in force does not. */
  readonly held?: HeldStatus;
  /** Nothing is enforced: what the policy denies passes, and is recorded as `wouldDeny`. */
  readonly isObserved?: true;
}

/** An edit that waits for a person. */
export interface HeldStatus {
  /** Names the content that waits, for `AcceptRequest`. */
  readonly hash: string;
  /** What it lets through, never empty: about which tool, pattern, server or "all tools". Safe to show. */
  readonly loosened: readonly { readonly about: string; readonly what: string }[];
}

/** An edit of a file that is for all servers of the workspace. */
export interface HeldFile extends HeldStatus {
  readonly what: 'configuration' | 'lock';
  /** Absolute path. */
  readonly file: string;
}

/** A person accepts an edit that waits, having seen what it lets through. */
export interface AcceptRequest {
  readonly what: 'policy' | HeldFile['what'];
  /** Whose policy; empty for the others. */
  readonly server: string;
  readonly hash: string;
}

export interface AcceptAnswer {
  /** Why nothing was accepted, for people. */
  readonly problem?: string;
}

export interface ToolsReport {
  readonly server: string;
  readonly readAt: number;
  readonly tools: readonly Tool[];
}

export type ControlEvent =
  | { readonly event: 'status'; readonly status: GatewayStatus }
  | { readonly event: 'record'; readonly record: AuditRecord }
  | { readonly event: 'tools'; readonly report: ToolsReport }
  /** All calls that wait for approval now, oldest first. */
  | { readonly event: 'approvals'; readonly calls: readonly PendingCall[] }
  /** To be kept among the editor's secrets until the next `hello`; without `text`, to be deleted. */
  | { readonly event: 'secret'; readonly key: string; readonly text?: string }
  /** A login that the editor began has ended; `problem`: it failed, and why. */
  | { readonly event: 'login'; readonly server: string; readonly problem?: string };
