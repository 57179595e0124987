/** One `tools/call` of a session: looked up, ruled on, sent, accounted for. Nothing goes upstream before the ruling allows it. */
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import type { IncomingRequest } from '../message/frame.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import { forwardedParams, readToolCall, type ToolCall } from '../message/toolCall.ts';
import { judge } from '../../policy/index.ts';
import { UpstreamError } from '../../mcp/index.ts';
import type { Message, Params, ResponseMessage } from '../../mcp/message.ts';
import type { Admission } from '../rules/admission.ts';
import type { Identity, ToolStanding } from '../rules/enforcer.ts';
import type { Hub } from '../upstream/hub.ts';
import type { Flight, Flights } from './flights.ts';
import type { Outlet } from './reply.ts';
import { shownBy, type GovernedServer } from './server.ts';

/** Answers by which an upstream says that it did not run the call: its counters are given back (policy language §5). */
const NOT_RUN: ReadonlySet<number> = new Set([
  errorCodes.parse,
  errorCodes.invalidRequest,
  errorCodes.methodNotFound,
  errorCodes.invalidParams,
]);

export interface CallContext {
  readonly server: GovernedServer;
  readonly hub: Hub;
  readonly identity: Identity;
  readonly flights: Flights;
  readonly outlet: Outlet;
}

/** The rule of a call that would have passed, but could not be checked against the server's list of tools. */
const UNCHECKED = '(unchecked)';
/** That of one whose parameters are not those of a call. */
const INVALID = '(invalid request)';

/** Never rejects. */
export async function callTool(context: CallContext, request: IncomingRequest, flight: Flight): Promise<void> {
  const reading = readToolCall(request.params);
  try {
    if (reading.ok) return await tryCall(context, reading.call, flight);
    const name = request.params?.members.get('name')?.value;
    const tool = name?.kind === 'string' ? name.value : '';
    context.server.enforcer.recordRefusal('tools/call', tool, context.identity, INVALID, reading.message);
    context.flights.answer(flight, errorAnswer(request.id, errorCodes.invalidParams, reading.message));
  } catch (error) {
    const reason = error instanceof Error ? error.name : '';
    context.server.log.error('A call could not be handled.', { server: context.server.name, reason });
    const message = "The call could not be handled. The gateway's log says why.";
    context.flights.answer(flight, errorAnswer(request.id, errorCodes.internal, message));
  }
}

async function tryCall(context: CallContext, call: ToolCall, flight: Flight): Promise<void> {
  const { flights, server, identity } = context;
  const standing = await lookUp(context, call.tool);
  if (standing instanceof UpstreamError) return refuseUnchecked(context, call, flight, standing);
  const ruling = await server.enforcer.rule(call, identity, standing);
  if (!ruling.allowed) return flights.answer(flight, resultAnswer(flight.id, ruling.result));
  if (flight.isOver) return ruling.admission.refund();
  send(context, call, flight, ruling.admission);
}

/**
 * Resolves with the error where the list cannot be had: then the call cannot be checked against it and must not be sent.
 * A name that agents are not shown is never looked up: how long that takes would tell whether there is such a tool. Should an edit of
 * the policy show it from this moment on, the call is denied as one of an unknown tool.
 */
async function lookUp({ hub, server }: CallContext, tool: string): Promise<ToolStanding | UpstreamError> {
  if (!shownBy(server)(tool)) return { upstream: 'missing' };
  try {
    return await hub.directory.lookUp(tool);
  } catch (error) {
    return error instanceof UpstreamError ? error : new UpstreamError('garbage', 'The list of tools cannot be read.');
  }
}

/** Whether the policy denies the call whatever the server lists. */
function isDenied({ server, identity }: CallContext, call: ToolCall): boolean {
  const { policy, file } = server.policy.current();
  const args = call.arguments ? { arguments: call.arguments } : {};
  const subject = { tool: call.tool, caller: identity, upstream: 'unchecked' as const, ...args };
  return judge(policy, subject, { server: server.name, policyFile: file }).outcome === 'deny';
}

/** What the policy denies in any case is denied as ever; what it would let through is recorded as what it is: not sent. */
async function refuseUnchecked(
  context: CallContext,
  call: ToolCall,
  flight: Flight,
  trouble: UpstreamError,
): Promise<void> {
  const { flights, server, identity } = context;
  if (isDenied(context, call)) {
    const ruling = await server.enforcer.rule(call, identity, { upstream: 'unchecked' });
    if (!ruling.allowed) return flights.answer(flight, resultAnswer(flight.id, ruling.result));
    // The policy was edited within this instant.
    ruling.admission.refund();
  }
  const message = `The call was not sent, since the server's list of tools cannot be had. ${trouble.message}`;
  server.enforcer.recordRefusal('tools/call', call.tool, identity, UNCHECKED, message);
  flights.answer(flight, errorAnswer(flight.id, errorCodes.upstream, message));
}

function send(context: CallContext, call: ToolCall, flight: Flight, admission: Admission): void {
  const { hub, flights, server, identity } = context;
  flight.onCancel = () => admission.end('unknown');
  const answered = (response: ResponseMessage): void => {
    const answer = withoutOwnMeta({ ...response, id: flight.id });
    settle(admission, response);
    if (call.asTask) server.tasks.own(identity.grantId, taskIdOf(response));
    flights.answer(flight, answer);
  };
  const failed = (error: UpstreamError): void => {
    if (error.sent) admission.end('unknown');
    else admission.refund();
    flights.answer(flight, errorAnswer(flight.id, errorCodes.upstream, error.message));
  };
  const waiting = { answered, failed, progressed: progressOf(flight, context.outlet) };
  flight.cancel = hub.link.request('tools/call', forwardedParams(call), waiting, {
    progressOutlivesAnswer: call.asTask,
  });
}

function settle(admission: Admission, response: ResponseMessage): void {
  if (!('error' in response)) admission.end(response.result['isError'] === true ? 'error' : 'ok');
  else if (NOT_RUN.has(response.error.code)) admission.refund();
  else admission.end('error');
}

function taskIdOf(response: ResponseMessage): unknown {
  const task: unknown = 'result' in response ? response.result['task'] : undefined;
  return typeof task === 'object' && task !== null ? (task as Params)['taskId'] : undefined;
}

/** Progress goes where the answer goes; that of a task goes on after the answer, which only named the task. */
export function progressOf(flight: Flight, outlet: Outlet): (params: Params) => void {
  return (params) => {
    const message: Message = { jsonrpc: '2.0', method: 'notifications/progress', params: withoutOwnMeta(params) };
    if (flight.isOver) outlet(message);
    else flight.reply.relate(message);
  };
}
