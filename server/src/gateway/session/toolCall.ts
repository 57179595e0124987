/** One `tools/call` of a session: looked up, ruled on, sent, accounted for. Nothing goes upstream before the ruling allows it. */
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import type { IncomingRequest } from '../message/frame.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import { forwardedParams, readToolCall, type ToolCall } from '../message/toolCall.ts';
import { UpstreamError } from '../../mcp/index.ts';
import type { Message, Params, ResponseMessage } from '../../mcp/message.ts';
import type { Admission } from '../rules/admission.ts';
import type { Identity, ToolStanding } from '../rules/enforcer.ts';
import type { Hub } from '../upstream/hub.ts';
import type { Flight, Flights } from './flights.ts';
import type { Outlet } from './reply.ts';
import type { GovernedServer } from './server.ts';

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

/** Never rejects. */
export async function callTool(context: CallContext, request: IncomingRequest, flight: Flight): Promise<void> {
  const { flights, server, identity } = context;
  const reading = readToolCall(request.params);
  if (!reading.ok) return flights.answer(flight, errorAnswer(request.id, errorCodes.invalidParams, reading.message));
  const { standing, trouble } = await lookUp(context.hub, reading.call.tool);
  const ruling = await server.enforcer.rule(reading.call, identity, standing);
  if (!ruling.allowed) return flights.answer(flight, resultAnswer(request.id, ruling.result));
  const { admission } = ruling;
  if (flight.isOver) return admission.refund();
  if (trouble) {
    admission.refund();
    return flights.answer(flight, errorAnswer(request.id, errorCodes.upstream, trouble.message));
  }
  send(context, reading.call, flight, admission);
}

interface LookUp {
  readonly standing: ToolStanding;
  /** The list cannot be had, so the call cannot be checked against it and must not be sent. */
  readonly trouble?: UpstreamError;
}

async function lookUp(hub: Hub, tool: string): Promise<LookUp> {
  try {
    return { standing: await hub.directory.lookUp(tool) };
  } catch (error) {
    const trouble =
      error instanceof UpstreamError ? error : new UpstreamError('garbage', 'The list of tools cannot be read.');
    return { standing: { upstream: 'unchecked' }, trouble };
  }
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
