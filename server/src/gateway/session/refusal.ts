/** Refuses methods that the table does not let through, and records that. */
import type { ErrorMessage } from '../../mcp/message.ts';
import { endedGrant } from '../grants/ended.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import type { IncomingNotification, IncomingRequest } from '../message/frame.ts';
import { methodRule } from '../message/method.ts';
import type { Enforcer, Identity } from '../rules/enforcer.ts';

export function refuseMethod(
  enforcer: Enforcer,
  identity: Identity,
  { id, method }: IncomingRequest,
  standing: 'unknown' | 'closed',
): ErrorMessage {
  const rule = methodRule(method);
  const name = JSON.stringify(method.slice(0, 128));
  const message =
    standing === 'closed'
      ? `The method ${name} is closed by the gateway's configuration.`
      : `There is no method ${name}.`;
  enforcer.recordRefusal(method, '', identity, rule, message);
  return errorAnswer(id, errorCodes.methodNotFound, message, { 'portcullis/decision': { rule } });
}

/** A grant that was revoked or has expired while its client stayed: nothing passes any more. */
export function refuseEndedGrant(
  enforcer: Enforcer,
  identity: Identity,
  { id, method, params }: IncomingRequest,
): ErrorMessage {
  const name = params?.members.get('name')?.value;
  const tool = method === 'tools/call' && name?.kind === 'string' ? name.value : '';
  const { rule, message } = endedGrant;
  enforcer.recordRefusal(method, tool, identity, rule, message);
  return errorAnswer(id, errorCodes.invalidRequest, message, { 'portcullis/decision': { rule } });
}

/** A call without an id would get no answer, but its effect: it must not reach the server. */
export function dropNotification(
  enforcer: Enforcer,
  identity: Identity,
  { method, params }: IncomingNotification,
): void {
  const name = params?.members.get('name')?.value;
  const tool = method === 'tools/call' && name?.kind === 'string' ? name.value : '';
  const message = 'A notification that the protocol does not know was dropped.';
  enforcer.recordRefusal(method, tool, identity, methodRule(method), message);
}

/** The id of a request that the client gives up, and why; `undefined`: it does not say which. */
export function cancelledBy({
  params,
}: IncomingNotification): { readonly id: string | number; readonly reason?: string } | undefined {
  const id = params?.members.get('requestId')?.value;
  const reason = params?.members.get('reason')?.value;
  if (id?.kind !== 'string' && id?.kind !== 'number') return undefined;
  return { id: id.value, ...(reason?.kind === 'string' ? { reason: reason.value } : {}) };
}
