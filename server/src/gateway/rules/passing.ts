/** What observe mode (docs/observe.md) does to a verdict: which denials are lifted, and what is recorded in place of a question to a person. */
import { isUnsafeName, type CompiledPolicy } from '../../policy/index.ts';
import type { ApprovalDemand } from '../../policy/decision.ts';
import type { Decided } from '../../protocol/audit.ts';
import type { ToolStanding } from './standing.ts';

/** Whether a call goes through whatever the policy says of it. */
export function passesAnyway(
  { policy, isObserved }: { readonly policy: CompiledPolicy | undefined; readonly isObserved?: true },
  tool: string,
  { upstream }: Pick<ToolStanding, 'upstream'>,
): boolean {
  return isObserved === true && policy !== undefined && upstream === 'listed' && !isUnsafeName(policy, tool);
}

/** Nobody is asked for what would pass in any case. */
export function withoutAsking({ rule }: ApprovalDemand): Pick<Decided, 'decision' | 'rule' | 'message'> {
  return { decision: 'wouldDeny', rule, message: 'A person would have been asked.' };
}
