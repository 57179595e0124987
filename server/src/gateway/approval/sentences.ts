/** What an agent is told when its call was not approved, and what it may do next. Pure. */
import type { ApprovalAnswer } from './approver.ts';

/** `reason`: the policy's own words for a call that is not approved. */
export function denialSentence(answer: ApprovalAnswer, reason: string | undefined): string {
  switch (answer.outcome) {
    case 'refused': {
      const refused = reason ?? 'A person was asked to approve this call and refused. Do not repeat it unchanged.';
      return answer.message === undefined ? refused : `${refused} The person says: ${answer.message}`;
    }
    case 'expired':
      return (
        reason ??
        'This call needs approval by a person, and nobody answered in time. Ask your user before you repeat it.'
      );
    case 'blocked':
      return `A person has refused three calls in a row, so calls that need approval are refused for another ${minutes(answer.seconds)} without asking.`;
    case 'full':
      return 'Three calls wait for approval by a person already. Wait for their answers before you make another one.';
    case 'spent':
      return 'A person has approved one such call, and an identical one was sent by that approval. Repeat this one only if it is to be done twice.';
    case 'withdrawn':
      return 'The client gave this call up before a person had answered.';
    default:
      return reason ?? 'This call needs approval by a person, and this gateway has nobody to ask. Do not retry it.';
  }
}

export const CHANGED = {
  policy: changed('the policy'),
  definition: changed("the tool's definition"),
  grant: changed("this client's grant"),
  unchecked:
    'While this call waited for approval, the list of tools became unavailable, so that the tool cannot be checked. The call was not sent.',
} as const;

function changed(what: string): string {
  return `While this call waited for approval, ${what} was changed, so the approval does not hold. The call was not sent. Repeat it to ask anew.`;
}

function minutes(seconds: number): string {
  const count = Math.max(1, Math.ceil(seconds / 60));
  return count === 1 ? 'minute' : `${count} minutes`;
}
