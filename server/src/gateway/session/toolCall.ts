/** One `tools/call` of a session: looked up, ruled on, sent, accounted for. Nothing goes upstream before the ruling allows it. */
import { parameterHeaders } from '../../mcp/http/mirrored.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import { completeResult, errorIn } from '../message/eras.ts';
import type { IncomingRequest } from '../message/frame.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import { forwardedParams, readToolCall, type ToolCall } from '../message/toolCall.ts';
import { judge } from '../../policy/index.ts';
import { UpstreamError } from '../../mcp/index.ts';
import type { Message, NotificationMessage, Params, ResponseMessage } from '../../mcp/message.ts';
import type { Admission } from '../rules/admission.ts';
import type { ToolStanding } from '../rules/standing.ts';
import { redactionsIn } from '../upstream/redacting.ts';
import type { CallContext } from './context.ts';
import type { Flight } from './flights.ts';
import { askingFor, openResult, resumed } from './hold.ts';
import { readInput } from './input.ts';
import { conclude } from './outcome.ts';
import type { Outlet } from './reply.ts';
import { shownBy } from './server.ts';

/** Answers by which an upstream says that it did not run the call: its counters are given back (policy language §5). */
const NOT_RUN: ReadonlySet<number> = new Set([
  errorCodes.parse,
  errorCodes.invalidRequest,
  errorCodes.methodNotFound,
  errorCodes.invalidParams,
  errorCodes.headerMismatch,
  errorCodes.unsupportedRevision,
]);

/** The rule of a call that would have passed, but could not be checked against the server's list of tools. */
const UNCHECKED = '(unchecked)';
/** That of one whose parameters are not those of a call. */
const INVALID = '(invalid request)';
const METHOD = 'tools/call';

/** Never rejects. */
export async function callTool(context: CallContext, request: IncomingRequest, flight: Flight): Promise<void> {
  const reading = readToolCall(request.params, context.era);
  try {
    if (reading.ok) return await tryCall(context, reading.call, flight);
    const name = request.params?.members.get('name')?.value;
    const tool = name?.kind === 'string' ? name.value : '';
    refuseInvalid(context, tool, flight, reading.message);
  } catch (error) {
    fail(context, flight, error);
  }
}

function fail({ server, flights }: CallContext, flight: Flight, error: unknown): void {
  const reason = error instanceof Error ? error.name : '';
  server.log.error('A call could not be handled.', { server: server.name, reason });
  const message = "The call could not be handled. The gateway's log says why.";
  flights.answer(flight, errorAnswer(flight.id, errorCodes.internal, message));
}

/** `input`: what the client was asked for on behalf of the server, where this is not the first time that the call is sent. */
async function tryCall(context: CallContext, call: ToolCall, flight: Flight, input: Params = {}): Promise<void> {
  const { flights, server, identity, era } = context;
  const standing = await lookUp(context, call.tool);
  if (standing instanceof UpstreamError) return refuseUnchecked(context, call, flight, standing);
  const owner = { method: METHOD, name: call.tool, arguments: call.arguments };
  const given = resumed(context, owner, forwardedParams(call));
  const reading = given.ok ? readInput(context, owner, given.params) : given;
  if (!given.ok || !reading.ok) return refuseInvalid(context, call.tool, flight, reading.ok ? '' : reading.message);
  const ruling = await server.enforcer.rule(call, identity, standing, askingFor(context, call, flight));
  delete flight.onCancel;
  if (ruling.allowed === 'open')
    return flights.answer(flight, resultAnswer(flight.id, openResult(context, owner, given.params)));
  if (!ruling.allowed)
    return flights.answer(flight, resultAnswer(flight.id, completeResult(era, METHOD, ruling.result)));
  if (flight.isOver) return ruling.admission.refund();
  send(context, { call, flight, admission: ruling.admission, params: { ...reading.params, ...input } });
}

function refuseInvalid(
  { server, identity, flights }: CallContext,
  tool: string,
  flight: Flight,
  message: string,
): void {
  server.enforcer.recordRefusal(METHOD, tool, identity, INVALID, message);
  flights.answer(flight, errorAnswer(flight.id, errorCodes.invalidParams, message));
}

/**
 * Resolves with the error where the list cannot be had: then the call cannot be checked against it and must not be sent.
 * A name that agents are not shown is never looked up: how long that takes would tell whether there is such a tool. Should an edit of
 * the policy show it from this moment on, the call is denied as one of an unknown tool.
 */
async function lookUp({ hub, server, identity }: CallContext, tool: string): Promise<ToolStanding | UpstreamError> {
  if (!shownBy(server, identity.grantId)(tool)) return { upstream: 'missing' };
  try {
    return await hub.directory.lookUp(tool);
  } catch (error) {
    return error instanceof UpstreamError ? error : new UpstreamError('garbage', 'The list of tools cannot be read.');
  }
}

/** Whether the policy denies the call whatever the server lists. */
function isDenied({ server, identity }: CallContext, call: ToolCall): boolean {
  const { policy, file } = server.policyFor(identity.grantId).current();
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
    if (ruling.allowed === false)
      return flights.answer(flight, resultAnswer(flight.id, completeResult(context.era, METHOD, ruling.result)));
    // The policy was edited within this instant.
    if (ruling.allowed === true) ruling.admission.refund();
  }
  const message = `The call was not sent, since the server's list of tools cannot be had. ${trouble.message}`;
  server.enforcer.recordRefusal(METHOD, call.tool, identity, UNCHECKED, message);
  flights.answer(flight, errorIn(context.era, errorAnswer(flight.id, errorCodes.upstream, message)));
}

interface Admitted {
  readonly call: ToolCall;
  readonly flight: Flight;
  readonly admission: Admission;
  readonly params: Params;
  /** The server has refused it once for headers that its list of tools no longer explained. */
  readonly isRepeated?: boolean;
}

function send(context: CallContext, admitted: Admitted): void {
  const { hub, flights, era } = context;
  const { call, flight, admission, params } = admitted;
  flight.onCancel = () => admission.end('unknown');
  const failed = (error: UpstreamError): void => {
    if (error.sent) admission.end('unknown');
    else admission.refund();
    flights.answer(flight, errorIn(era, errorAnswer(flight.id, errorCodes.upstream, error.message)));
  };
  const answered = (response: ResponseMessage): void => {
    if (!isHeaderMismatch(context, admitted, response)) return arrive(context, admitted, response);
    void repeat(context, admitted, response).catch((error: unknown) => fail(context, flight, error));
  };
  const postponed = (): void => flight.reply.postpone?.();
  const waiting = {
    answered,
    failed,
    postponed,
    progressed: progressOf(flight, context.outlet),
    related: logOf(flight),
  };
  const headers = parameterHeaders(hub.directory.mirrored(call.tool), params['arguments']);
  const client = context.client();
  flight.cancel = hub.link.request(METHOD, params, waiting, { progressOutlivesAnswer: call.asTask, client, headers });
}

/** By that code the server says that it has not run the call, so to send it again is no repetition. */
function isHeaderMismatch({ hub }: CallContext, { isRepeated, flight }: Admitted, response: ResponseMessage): boolean {
  const code = 'error' in response ? response.error.code : undefined;
  return code === errorCodes.headerMismatch && hub.link.era === 'modern' && !isRepeated && !flight.isOver;
}

/** With the headers that the server's list defines by now; what the client has given up meanwhile is not sent. */
async function repeat(context: CallContext, admitted: Admitted, response: ResponseMessage): Promise<void> {
  const { directory } = context.hub;
  directory.invalidate();
  const isRead = await directory.load().then(
    () => true,
    () => false,
  );
  if (admitted.flight.isOver) return;
  if (isRead) send(context, { ...admitted, isRepeated: true });
  else arrive(context, admitted, response);
}

function arrive(context: CallContext, { call, flight, admission }: Admitted, response: ResponseMessage): void {
  const { server, identity } = context;
  settle(admission, response);
  if (call.asTask) server.tasks.own(identity.grantId, taskIdOf(response));
  const again = (input: Params): void =>
    void tryCall(context, call, flight, input).catch((error: unknown) => fail(context, flight, error));
  const asked = { flight, method: METHOD, name: call.tool, arguments: call.arguments, again };
  conclude(context, asked, { ...response, id: flight.id });
}

function settle(admission: Admission, response: ResponseMessage): void {
  const redacted = redactionsIn(response);
  if (!('error' in response)) admission.end(response.result['isError'] === true ? 'error' : 'ok', redacted);
  else if (NOT_RUN.has(response.error.code)) admission.refund();
  else admission.end('error', redacted);
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

/** What a server of the modern era logs about a request; the client gets it only where it has asked for it. */
export function logOf(flight: Flight): (message: NotificationMessage) => void {
  return (message) => {
    if (message.method === 'notifications/message' && !flight.isOver) flight.reply.relate(withoutOwnMeta(message));
  };
}
