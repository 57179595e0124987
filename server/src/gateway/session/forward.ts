/** Requests other than tool calls: what each of them needs before it goes upstream and before its answer goes down. */
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import { filterToolsPage, withoutOwnMeta } from '../message/fromUpstream.ts';
import type { IncomingRequest } from '../message/frame.ts';
import { toValue } from '../../policy/index.ts';
import { UpstreamError } from '../../mcp/index.ts';
import type { Params, ResponseMessage } from '../../mcp/message.ts';
import type { UpstreamListener } from '../upstream/hub.ts';
import type { Flight } from './flights.ts';
import { shownBy } from './server.ts';
import { progressOf, type CallContext } from './toolCall.ts';

export interface ForwardContext extends CallContext {
  readonly listener: UpstreamListener;
}

/** Never throws. */
export function forward(context: ForwardContext, request: IncomingRequest, flight: Flight): void {
  const params = request.params && (toValue(request.params, 'source') as Params);
  switch (request.method) {
    case 'tools/list':
      return void listTools(context, request, params, flight);
    case 'tasks/get':
    case 'tasks/result':
    case 'tasks/cancel':
      return forwardTask(context, request, params, flight);
    case 'tasks/list':
      return pass(context, request, params, flight, (result) => ownTasks(context, result));
    case 'logging/setLevel':
      return pass(context, request, withSharedLevel(context, params), flight);
    case 'resources/subscribe':
      return subscribe(context, request, params, flight);
    case 'resources/unsubscribe':
      return unsubscribe(context, request, params, flight);
    default:
      return pass(context, request, params, flight);
  }
}

type Change = (result: Params) => Params | undefined;

/** `change` gives what the client may see of the result; `undefined`: nothing, since it cannot be filtered. */
function pass(
  { hub, flights, outlet }: ForwardContext,
  request: IncomingRequest,
  params: Params | undefined,
  flight: Flight,
  change: Change = (result) => result,
): void {
  flight.cancel = hub.link.request(request.method, params, {
    answered: (response) => flights.answer(flight, changed({ ...response, id: request.id }, change)),
    failed: (error) => flights.answer(flight, errorAnswer(request.id, errorCodes.upstream, error.message)),
    progressed: progressOf(flight, outlet),
  });
}

function changed(response: ResponseMessage & { id: IncomingRequest['id'] }, change: Change): ResponseMessage {
  if (!('result' in response)) return withoutOwnMeta(response);
  const result = change(response.result);
  if (!result)
    return errorAnswer(
      response.id,
      errorCodes.upstream,
      'The answer of the server has no list that could be filtered.',
    );
  return resultAnswer(response.id, withoutOwnMeta(result));
}

/** The gateway's own reading comes first: a name may come twice on different pages. */
async function listTools(
  context: ForwardContext,
  request: IncomingRequest,
  params: Params | undefined,
  flight: Flight,
): Promise<void> {
  const { directory } = context.hub;
  try {
    await directory.load();
  } catch (error) {
    const message = error instanceof UpstreamError ? error.message : 'The list of tools cannot be read.';
    return context.flights.answer(flight, errorAnswer(request.id, errorCodes.upstream, message));
  }
  if (flight.isOver) return;
  pass(context, request, params, flight, (page) => {
    const isShown = shownBy(context.server);
    return filterToolsPage(page, (name) => isShown(name) && !directory.isDuplicate(name));
  });
}

/** A task that another grant started does not exist for this one. */
function forwardTask(
  context: ForwardContext,
  request: IncomingRequest,
  params: Params | undefined,
  flight: Flight,
): void {
  const { server, identity, flights } = context;
  if (server.tasks.isOwned(identity.grantId, params?.['taskId'])) return pass(context, request, params, flight);
  flights.answer(flight, errorAnswer(request.id, errorCodes.invalidParams, 'There is no such task.'));
}

function ownTasks({ server, identity }: ForwardContext, result: Params): Params | undefined {
  const tasks = result['tasks'];
  if (!Array.isArray(tasks)) return undefined;
  const own = (task: unknown): boolean =>
    typeof task === 'object' && task !== null && server.tasks.isOwned(identity.grantId, (task as Params)['taskId']);
  return { ...result, tasks: tasks.filter(own) };
}

function withSharedLevel({ hub, listener }: ForwardContext, params: Params | undefined): Params | undefined {
  const level = hub.shared?.setLevel(listener, params?.['level']);
  return level === undefined ? params : { ...params, level };
}

/** Noted only when the server has agreed: else there is nothing to be told of. */
function subscribe(
  context: ForwardContext,
  request: IncomingRequest,
  params: Params | undefined,
  flight: Flight,
): void {
  const { hub, listener, flights } = context;
  const uri = params?.['uri'];
  const problem = hub.shared?.problemOfSubscribing(listener, uri);
  if (problem !== undefined) return flights.answer(flight, errorAnswer(request.id, errorCodes.invalidParams, problem));
  pass(context, request, params, flight, (result) => {
    hub.shared?.subscribe(listener, uri);
    return result;
  });
}

function unsubscribe(
  context: ForwardContext,
  request: IncomingRequest,
  params: Params | undefined,
  flight: Flight,
): void {
  const { hub, listener, flights } = context;
  if (hub.shared?.unsubscribe(listener, params?.['uri']) ?? true) return pass(context, request, params, flight);
  flights.answer(flight, resultAnswer(request.id, {}));
}
