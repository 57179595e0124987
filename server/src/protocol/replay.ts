/** What an edited policy would have changed (docs/observe.md), between language server and editor. Types only. */
import type { WireRange } from './language.ts';

export interface ReplayParams {
  /** Of the policy: its text as it is in the editor counts. */
  readonly policyUri: string;
  /** Milliseconds since the epoch: calls from then on are shown. */
  readonly since: number;
}

/** Texts of servers, agents and policies are escaped: they can be shown as they are. */
export type ReplayResult =
  | {
      readonly kind: 'difference';
      readonly server: string;
      /** How many calls were decided again, would be decided otherwise, and cannot be known. */
      readonly calls: number;
      readonly changed: number;
      readonly unknown: number;
      /** The most frequent first. */
      readonly groups: readonly ReplayGroup[];
    }
  /** Why there is none, for people. */
  | { readonly kind: 'problem'; readonly problem: string };

/** Calls of one tool for which the same would change. */
export interface ReplayGroup {
  readonly tool: string;
  readonly before: ReplayVerdict;
  readonly after: ReplayVerdict;
  /** The rule, or why it cannot be known. */
  readonly why: string;
  readonly count: number;
  /** Where the rule stands in the policy, or what else speaks of the tool there. */
  readonly range?: WireRange;
  /** The newest of them, newest first. */
  readonly calls: readonly { readonly at: string; readonly client: string; readonly grant: string }[];
}

export type ReplayVerdict = 'allow' | 'deny' | 'needs_approval' | 'unknown';
