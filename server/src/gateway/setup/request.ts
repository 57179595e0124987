/** What a gateway is asked to serve, and with whose help. */
import type { GroupWatch, UserPlace } from '../../mcp/index.ts';
import type { Launch } from '../../mcp/definition.ts';
import type { Log, SecretRecords } from '../../ports.ts';
import type { AcceptedStore } from '../../state/ports.ts';

/** The configuration does not say what to serve. `message` is for people, and says what to do. */
export class PlanError extends Error {
  readonly code = 'plan';
}

export interface PlanRequest {
  /** Absolute. */
  readonly folder: string;
  /** Only these servers; empty: all that the workspace defines. */
  readonly servers: readonly string[];
  /** Absolute. */
  readonly config?: string | undefined;
  /** Absolute; for the one server. */
  readonly policy?: string | undefined;
  /** From the command line; then configuration files are not read. */
  readonly launch?: Launch;
  /** Where user-level configuration stands. */
  readonly user: UserPlace;
  /** Answers to `${input:…}`; what is missing falls back to the input's default. */
  readonly inputs: (id: string) => string | undefined;
  readonly logins: LoginPlan;
  readonly log: Log;
  /** Keeps what a person has accepted: looser edits of the configuration wait. Absent: they do not. */
  readonly accepted?: AcceptedStore;
  /** Ends the servers should the gateway be killed. */
  readonly guard?: GroupWatch;
}

/** How servers that want a login get one. */
export interface LoginPlan {
  /** Where tokens are kept; `directory`: the state folder that the configuration names. */
  readonly store: (directory: string | undefined) => SecretRecords;
  /** What a person has to do to log in to a server, as a sentence. */
  readonly advice: (server: string) => string;
}
