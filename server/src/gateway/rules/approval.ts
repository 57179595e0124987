/**
 * Step 10 of the decision (policy language §3 "Approval"): a person is asked, and then everything is looked at once more. An approval holds only for what
 * it was given for; whatever has changed meanwhile voids it.
 */
import { createHash } from 'node:crypto';
import { fingerprint } from '../../catalog/index.ts';
import type { ApprovalDemand, Denial } from '../../policy/decision.ts';
import type { Bond, Patience } from '../approval/approver.ts';
import { CHANGED } from '../approval/sentences.ts';
import type { ToolStanding } from './standing.ts';

/** How a call may wait for a person, and how its tool is looked up again afterwards. */
export interface Asking extends Patience {
  /** From a new reading of the server's list; `undefined`: it cannot be had. Never rejects. */
  readonly lookAgain: () => Promise<ToolStanding | undefined>;
}

/** For calls that cannot wait: the list is not there. */
export const cannotLook: Asking = { lookAgain: () => Promise.resolve(undefined) };

export function bondOf(policy: Pick<Bond, 'policy' | 'policyFile'>, { tool }: ToolStanding, grant: string): Bond {
  const definition = tool ? fingerprint(tool, sha256) : '';
  return { ...policy, definition, grant };
}

/** `undefined`: nothing that the approval was given for has changed. */
export function broken(before: Bond, now: Bond, { rule }: ApprovalDemand): Denial | undefined {
  const deny = (message: string): Denial => ({ outcome: 'deny', rule, message });
  if (before.grant !== now.grant) return deny(CHANGED.grant);
  if (before.policy !== now.policy || before.policyFile !== now.policyFile) return deny(CHANGED.policy);
  return before.definition === now.definition ? undefined : deny(CHANGED.definition);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
