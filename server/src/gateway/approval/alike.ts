/** Which calls one approval is meant for. Pure. */
import { toValue } from '../../policy/index.ts';
import type { ApprovalRequest } from './approver.ts';

/** Equal for calls that an approval means alike: by the very text of their arguments, in one session of one grant, under the same rules. */
export function sameCallKey({ server, call, identity, bond }: ApprovalRequest): string {
  const args = call.arguments === undefined ? null : JSON.stringify(toValue(call.arguments, 'source'));
  const { grantId, session } = identity;
  return JSON.stringify([
    server,
    grantId,
    session,
    call.tool,
    args,
    call.asTask,
    bond.policy,
    bond.definition,
    bond.grant,
  ]);
}
