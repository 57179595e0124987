/** What the agent gets for a denied call: a tool result that it can read, not a transport error (policy language §6). */
import { agentDenial } from '../../policy/index.ts';
import type { Denial } from '../../policy/decision.ts';
import type { Params } from '../../mcp/message.ts';

/** `policy`: first 12 hex digits of the SHA-256 of the policy's bytes; empty without a policy in force. */
export function denialResult(denial: Denial, policy: string): Params {
  const { rule, message } = agentDenial(denial);
  const retry = denial.retryAfter === undefined ? {} : { retryAfter: denial.retryAfter };
  return {
    content: [{ type: 'text', text: `[POLICY DENIED] ${message}` }],
    isError: true,
    _meta: { 'portcullis/decision': { rule, policy, ...retry } },
  };
}
