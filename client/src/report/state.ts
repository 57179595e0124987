/** What a report of the state says, as data. No arguments, environment, headers or queries, and no words of servers: nothing of that is asked for. */

export interface ReportedState {
  /** Name → version. */
  readonly versions: Readonly<Record<string, string>>;
  /** Name → value, of the machine and the window. */
  readonly surroundings: Readonly<Record<string, string>>;
  readonly gateway: string;
  readonly servers: readonly ReportedServer[];
  /** Paths relative to the workspace. */
  readonly policies: readonly string[];
  /** Code of a rule → how many. */
  readonly findings: Readonly<Record<string, number>>;
  /** What waits for a person, in words. */
  readonly waiting: readonly string[];
  readonly failures: readonly ReportedFailure[];
}

export interface ReportedServer {
  readonly name: string;
  readonly transport: string;
  /** Relative to the workspace, or only the file's name. */
  readonly definedIn: string;
  readonly policy: string;
  readonly tools: string;
  readonly state: string;
}

/** What failed, and the kind of error; its message may quote anything, and is left out. */
export interface ReportedFailure {
  /** ISO 8601. */
  readonly at: string;
  readonly what: string;
  readonly kind: string;
}
