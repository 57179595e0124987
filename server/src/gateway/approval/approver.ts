/** The port through which a call that needs a person's approval asks for it. */
import type { ApprovalDemand, Caller } from '../../policy/decision.ts';
import type { Decided } from '../../protocol/audit.ts';
import type { ToolCall } from '../message/toolCall.ts';
import type { ToolStanding } from '../rules/standing.ts';

export interface ApprovalRequest {
  readonly server: string;
  readonly call: ToolCall;
  readonly demand: ApprovalDemand;
  readonly identity: Caller;
  readonly standing: ToolStanding;
  /** What the approval is bound to beside the call itself: a change of any of it while the call waits voids the approval. */
  readonly bond: Bond;
  /** For the log: what says that the call waits. */
  readonly entry: Decided;
  readonly patience: Patience;
}

/** Texts that are equal exactly when what they stand for is the same. */
export interface Bond {
  /** First 12 hex digits of the SHA-256 of the policy's bytes. */
  readonly policy: string;
  /** Absolute path. */
  readonly policyFile: string;
  /** Digest of the tool's whole definition. */
  readonly definition: string;
  /** Digest of the grant as it stands. */
  readonly grant: string;
}

/** How the client is kept waiting. */
export interface Patience {
  /** Aborted when the client gives the call up. */
  readonly signal?: AbortSignal;
  /** Called now and then while the call waits, with the seconds that are left. */
  readonly remind?: (seconds: number) => void;
  /** The client comes back by itself with the same call when it is told that the call still waits. */
  readonly comesBack?: boolean;
}

/**
 * Every answer but `approved` denies the call; `open`: it still waits, and the client is to come back.
 * `unreachable`: nobody can be asked. `full`: too many calls wait. `blocked`: too many refusals in a row. `spent`: an identical call took the approval.
 */
export type ApprovalAnswer =
  | { readonly outcome: 'approved' | 'expired' | 'unreachable' | 'withdrawn' | 'full' | 'spent' | 'open' }
  | { readonly outcome: 'refused'; readonly message?: string }
  | { readonly outcome: 'blocked'; readonly seconds: number };

export type Approver = (request: ApprovalRequest) => Promise<ApprovalAnswer>;

/** For where nobody is to be asked: such calls are denied. */
export const nobody: Approver = () => Promise.resolve({ outcome: 'unreachable' });
