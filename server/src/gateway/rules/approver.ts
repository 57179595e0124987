/** The port through which a call that needs a person's approval asks for it. */
import type { ApprovalDemand } from '../../policy/decision.ts';
import type { ToolCall } from '../message/toolCall.ts';

export interface ApprovalRequest {
  readonly server: string;
  readonly call: ToolCall;
  readonly demand: ApprovalDemand;
}

/** `unreachable`: nobody can be asked. Every answer but `approved` denies the call. */
export type ApprovalAnswer = 'approved' | 'refused' | 'expired' | 'unreachable';

export type Approver = (request: ApprovalRequest) => Promise<ApprovalAnswer>;

/** Until someone can be asked, nobody is: such calls are denied. */
export const nobody: Approver = () => Promise.resolve('unreachable');

export function refusalSentence(answer: Exclude<ApprovalAnswer, 'approved'>): string {
  if (answer === 'refused') return 'A person was asked to approve this call and refused.';
  if (answer === 'expired') return 'This call needs approval by a person, and nobody answered in time.';
  return 'This call needs approval by a person, and this gateway has nobody to ask. Do not retry it.';
}
