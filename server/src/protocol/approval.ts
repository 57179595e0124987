/** A call that waits for a person, and what a person can say to it (docs/approvals.md). Types only. */
import type { Category, RiskLevel } from '../policy/vocabulary.ts';

/** Everything that the person who decides gets to see. Texts of agents and servers are escaped already: they can be shown as they are. */
export interface PendingCall {
  readonly id: string;
  /** Milliseconds since the epoch. The gateway's own timer decides when the time is up. */
  readonly askedAt: number;
  readonly expiresAt: number;
  /** The client's name as it gave it itself; empty when it gave none. */
  readonly client: string;
  /** Label of the grant. */
  readonly grant: string;
  readonly session: string;
  readonly server: string;
  readonly tool: string;
  /** The server's own words about the tool; a longer text ends in `…`. */
  readonly description: string;
  readonly category: Category | '';
  readonly risk: RiskLevel | '';
  /** Rule in the log, for example `/tools/pay/approval`. */
  readonly rule: string;
  /** Absolute path. */
  readonly policyFile: string;
  /** First 12 hex digits of the SHA-256 of the policy's bytes. */
  readonly policy: string;
  /** From the policy, for the person. */
  readonly message: string;
  /** The complete arguments as JSON, numbers with their own digits, every character that hides or reorders text as `\uXXXX`. Empty: the call has none. */
  readonly arguments: string;
  /** Whether the server shall answer with a task. */
  readonly asTask: boolean;
  /** Whether `session` may be chosen. */
  readonly mayRemember: boolean;
}

/** `session`: identical calls of the same session pass from now on, while policy and tool stay as they are. */
export type Choice = 'once' | 'session' | 'deny';

export type Decider = 'editor' | 'shell';

export interface Verdict {
  readonly choice: Choice;
  readonly by: Decider;
  /** For the agent, beside a refusal. */
  readonly message?: string;
}

/** The body of a decision over the control channel. */
export interface DecideRequest {
  readonly id: string;
  readonly choice: Choice;
  readonly message?: string;
}

/** `problem`: why the decision does not count, for the person who was late or mistaken. */
export type DecideAnswer = { readonly ok: true } | { readonly ok: false; readonly problem: string };
