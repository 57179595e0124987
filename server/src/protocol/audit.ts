/** Audit records as stored and as shown (docs/audit.md), and the bounds of what is recorded. */
import type { Category, RiskLevel } from '../policy/vocabulary.ts';
import type { Choice, Decider } from './approval.ts';

export type AuditRecord = DecisionRecord | OutcomeRecord | AcceptanceRecord;

interface ChainLink {
  /** 1, 2, 3… without gaps over all kinds. */
  readonly seq: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** HMAC of the previous record; 64 zeros for the first. */
  readonly prev: string;
  /** HMAC-SHA-256, hex, of this record without `hash`. */
  readonly hash: string;
}

/** So many names of arguments are recorded at most, and so many UTF-16 code units of each. */
export const MAX_ARG_KEYS = 64;
export const MAX_ARG_KEY_LENGTH = 128;

/** What the gateway knows when it decides; the store adds the chain. */
export interface Decided {
  readonly kind: 'decision';
  readonly id: string;
  readonly grant: string;
  readonly client: string;
  readonly session: string;
  readonly server: string;
  readonly method: string;
  readonly tool: string;
  readonly decision: 'allow' | 'deny' | 'pending' | 'wouldDeny';
  /** Empty for a plain allow. */
  readonly rule: string;
  readonly message: string;
  /** First 12 hex digits of the SHA-256 of the policy's bytes; empty without a policy. */
  readonly policy: string;
  readonly argKeys: readonly string[];
  readonly argsHmac: string;
  readonly category: Category | '';
  readonly risk: RiskLevel | '';
}

export interface Ended {
  readonly kind: 'outcome';
  /** `id` of the decision. */
  readonly of: string;
  readonly outcome: 'approved' | 'refused' | 'expired' | 'ok' | 'error' | 'unknown';
  readonly latencyMs?: number;
  /** How many places of the server's answer were redacted; absent: none. */
  readonly redacted?: number;
  /** What the call had counted was given back. */
  readonly isRefunded?: boolean;
  /** Where a person decided, and what. */
  readonly approver?: Decider;
  readonly choice?: Choice;
}

/** A person has accepted content that lets through more than what was in force. */
export interface Accepted {
  readonly kind: 'acceptance';
  readonly what: 'policy' | 'grant-policy' | 'lock' | 'configuration';
  /** Empty where the content is for all servers of a workspace. */
  readonly server: string;
  /** Absolute path. */
  readonly file: string;
  /** SHA-256 (hex) of what was in force; empty: nothing was. */
  readonly before: string;
  /** SHA-256 (hex) of what was accepted. */
  readonly after: string;
  /** What it lets through: the first hundred. */
  readonly loosened: readonly { readonly about: string; readonly what: string }[];
  /** How many more there were; absent: none. */
  readonly more?: number;
  readonly approver: Decider;
}

export type Entry = Decided | Ended | Accepted;

export type DecisionRecord = Decided & ChainLink;
export type OutcomeRecord = Ended & ChainLink;
export type AcceptanceRecord = Accepted & ChainLink;
