/** Requests other than tool calls: what each of them needs before it goes upstream and before its answer goes down. */
import { nameParameter } from '../../mcp/http/mirrored.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import { completeResult, errorIn } from '../message/eras.ts';
import type { IncomingRequest } from '../message/frame.ts';
import { toValue } from '../../policy/index.ts';
import { UpstreamError } from '../../mcp/index.ts';
import type { Params, ResponseMessage } from '../../mcp/message.ts';
import type { CallContext } from './context.ts';
import type { StateOwner } from '../rules/requestState.ts';
import type { Flight } from './flights.ts';
import { readInput } from './input.ts';
import { knownResult, shownPage } from './listTools.ts';
import { conclude } from './outcome.ts';
import { logOf, progressOf } from './toolCall.ts';

/** Never throws. */
export function forward(context: CallContext, request: IncomingRequest, flight: Flight): void {
  const params = request.params && (toValue(request.params, 'source') as Params);
  const isConnected = context.hub.link.era !== undefined;
  if (isConnected) return forwardNow(context, request, params, flight);
  context.hub.agreement().then(
    () => {
      if (!flight.isOver) forwardNow(context, request, params, flight);
    },
    (error: unknown) => {
      const message = error instanceof UpstreamError ? error.message : 'The server cannot be reached.';
      context.flights.answer(flight, errorIn(context.era, errorAnswer(request.id, errorCodes.upstream, message)));
    },
  );
}

/** What is done depends on the era of the server, so a connection stands or has stood. */
function forwardNow(context: CallContext, request: IncomingRequest, given: Params | undefined, flight: Flight): void {
  const reading = readInput(context, ownerOf(request), given);
  if (!reading.ok) return refuse(context, flight, reading.message);
  const { params } = reading;
  switch (request.method) {
    case 'tools/list':
      return void listTools(context, request, params, flight);
    case 'tasks/get':
    case 'tasks/update':
    case 'tasks/result':
    case 'tasks/cancel':
      return forwardTask(context, request, params, flight);
    case 'tasks/list':
      return pass(context, request, params, flight, (result) => ownTasks(context, result));
    case 'logging/setLevel':
      return setLevel(context, request, params, flight);
    case 'resources/subscribe':
      return void subscribe(context, request, params, flight);
    case 'resources/unsubscribe':
      return unsubscribe(context, request, params, flight);
    default:
      return pass(context, request, params, flight);
  }
}

type Change = (result: Params) => Params | undefined;

/** `change` gives what the client may see of the result; `undefined`: nothing, since it cannot be filtered. */
function pass(
  context: CallContext,
  request: IncomingRequest,
  params: Params | undefined,
  flight: Flight,
  change: Change = (result) => result,
): void {
  const { hub, flights, outlet, era } = context;
  const again = (input: Params): void => pass(context, request, { ...params, ...input }, flight, change);
  const asked = { flight, ...ownerOf(request), again };
  flight.cancel = hub.link.request(
    request.method,
    params,
    {
      answered: (response) => conclude(context, asked, changed({ ...response, id: request.id }, change)),
      failed: (error) =>
        flights.answer(flight, errorIn(era, errorAnswer(request.id, errorCodes.upstream, error.message))),
      progressed: progressOf(flight, outlet),
      postponed: () => flight.reply.postpone?.(),
      related: logOf(flight),
    },
    { client: context.client() },
  );
}

/** What a state that the server gives along with a question is bound to. */
function ownerOf({ method, params }: IncomingRequest): Omit<StateOwner, 'grant'> {
  const name = params?.members.get(nameParameter(method) ?? '')?.value;
  const args = params?.members.get('arguments')?.value;
  return {
    method,
    name: name?.kind === 'string' ? name.value : '',
    arguments: args?.kind === 'object' ? args : undefined,
  };
}

function changed(response: ResponseMessage & { id: IncomingRequest['id'] }, change: Change): ResponseMessage {
  if (!('result' in response)) return response;
  const result = change(response.result);
  if (result) return resultAnswer(response.id, result);
  const message = 'The answer of the server has no list that could be filtered.';
  return errorAnswer(response.id, errorCodes.upstream, message);
}

/** Answers without asking the server. */
function answerHere({ flights, era }: CallContext, request: IncomingRequest, flight: Flight, result: Params): void {
  flights.answer(flight, resultAnswer(request.id, completeResult(era, request.method, result)));
}

function refuse({ flights }: CallContext, flight: Flight, message: string): void {
  flights.answer(flight, errorAnswer(flight.id, errorCodes.invalidParams, message));
}

/** The gateway's own reading comes first: a name may come twice on different pages. */
async function listTools(
  context: CallContext,
  request: IncomingRequest,
  params: Params | undefined,
  flight: Flight,
): Promise<void> {
  const { directory, pages } = context.hub;
  try {
    if (pages.isStale) directory.invalidate();
    await directory.load();
  } catch (error) {
    const message = error instanceof UpstreamError ? error.message : 'The list of tools cannot be read.';
    return context.flights.answer(flight, errorIn(context.era, errorAnswer(request.id, errorCodes.upstream, message)));
  }
  if (flight.isOver) return;
  const known = knownResult(context, params);
  if (known) return context.flights.answer(flight, resultAnswer(request.id, known));
  pass(context, request, params, flight, (page) => shownPage(context, page));
}

/** A task that another grant started does not exist for this one. */
function forwardTask(context: CallContext, request: IncomingRequest, params: Params | undefined, flight: Flight): void {
  const { server, identity, flights } = context;
  if (server.tasks.isOwned(identity.grantId, params?.['taskId'])) return pass(context, request, params, flight);
  flights.answer(flight, errorAnswer(request.id, errorCodes.invalidParams, 'There is no such task.'));
}

function ownTasks({ server, identity }: CallContext, result: Params): Params | undefined {
  const tasks = result['tasks'];
  if (!Array.isArray(tasks)) return undefined;
  const own = (task: unknown): boolean =>
    typeof task === 'object' && task !== null && server.tasks.isOwned(identity.grantId, (task as Params)['taskId']);
  return { ...result, tasks: tasks.filter(own) };
}

/** A server of the modern era is told the level with each request; there is nothing to set. */
function setLevel(context: CallContext, request: IncomingRequest, params: Params | undefined, flight: Flight): void {
  const { hub, listener } = context;
  const wanted = params?.['level'];
  if (typeof wanted === 'string') context.setLevel?.(wanted);
  const level = hub.shared?.setLevel(listener, wanted);
  if (hub.link.era === 'modern') return answerHere(context, request, flight, {});
  pass(context, request, level === undefined ? params : { ...params, level }, flight);
}

/** Noted only when the server has agreed: else there is nothing to be told of. */
async function subscribe(
  context: CallContext,
  request: IncomingRequest,
  params: Params | undefined,
  flight: Flight,
): Promise<void> {
  const { hub, listener } = context;
  const uri = params?.['uri'];
  const problem = hub.shared?.problemOfSubscribing(listener, uri);
  if (problem !== undefined) return refuse(context, flight, problem);
  if (hub.link.era === 'modern') {
    const isWatched = typeof uri === 'string' && (await hub.watch(listener, uri));
    if (isWatched) return answerHere(context, request, flight, {});
    return refuse(context, flight, 'The server does not tell of changes of this resource.');
  }
  pass(context, request, params, flight, (result) => {
    hub.shared?.subscribe(listener, uri);
    return result;
  });
}

function unsubscribe(context: CallContext, request: IncomingRequest, params: Params | undefined, flight: Flight): void {
  const { hub, listener } = context;
  const uri = params?.['uri'];
  if (hub.link.era === 'modern' && typeof uri === 'string') hub.unwatch(listener, uri);
  else if (hub.shared?.unsubscribe(listener, uri) ?? true) return pass(context, request, params, flight);
  answerHere(context, request, flight, {});
}
