/** What becomes of a server's answer: the client's era is minded, what asks for input is checked, and the client of old is asked in its way. */
import { randomUUID } from 'node:crypto';
import type { ErrorMessage, Params, ResponseMessage, ResultMessage } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import { completeResult, errorIn } from '../message/eras.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import { capabilityFor, forbiddenQuestion, mayAskForInput, readDemand, type InputDemand } from '../message/input.ts';
import { methodRule } from '../message/method.ts';
import type { StateOwner } from '../rules/requestState.ts';
import { redactionsIn, withRedactionCount } from '../upstream/redacting.ts';
import type { CallContext, Question } from './context.ts';
import type { Flight } from './flights.ts';

/** A server that is never satisfied must not be asked for ever: it may ask for nothing but to be called again. */
const MAX_ROUNDS = 32;

/** The request that was answered. */
export interface Asked extends Omit<StateOwner, 'grant'> {
  readonly flight: Flight;
  /** Sends it once more with what the client has said; every sending is judged anew. */
  readonly again: (input: Params) => void;
}

/** `response` bears the client's own id. Never throws. */
export function conclude(context: CallContext, asked: Asked, response: ResponseMessage): void {
  const { flights, era, server, identity } = context;
  const answer = (message: ResponseMessage): void => flights.answer(asked.flight, message);
  const count = redactionsIn(response);
  const clean = withoutOwnMeta(response);
  if ('error' in clean) return answer(errorIn(era, clean));
  const type = clean.result['resultType'] ?? 'complete';
  if (type === 'complete')
    return answer(
      resultAnswer(asked.flight.id, withRedactionCount(completeResult(era, asked.method, clean.result), count)),
    );
  if (type === 'task' && context.knowsTasks && asked.method === 'tools/call') {
    server.tasks.own(identity.grantId, clean.result['taskId']);
    return answer(clean);
  }
  if (type !== 'input_required' || !mayAskForInput(asked.method))
    return answer(refusal(asked, 'The server gave a result of a kind that cannot be passed on.'));
  passDemand(context, asked, clean);
}

function refusal({ flight }: Asked, message: string, data?: unknown): ErrorMessage {
  return errorAnswer(flight.id, errorCodes.internal, message, data);
}

function passDemand(context: CallContext, asked: Asked, { result }: ResultMessage): void {
  const { flights, era, server, identity } = context;
  const demand = readDemand(result);
  if (!demand) return flights.answer(asked.flight, refusal(asked, 'The server asks for input in no valid way.'));
  const problem = problemOf(context, asked, demand);
  if (problem) return flights.answer(asked.flight, problem);
  if (era === 'legacy') return askAgain(context, asked, demand);
  const owner = { ...asked, grant: identity.grantId };
  const { state } = demand;
  const sealed = state === undefined ? {} : { requestState: server.states.seal(owner, state) };
  flights.answer(asked.flight, resultAnswer(asked.flight.id, { ...result, ...sealed }));
}

/** The question itself never reaches a client that must not or cannot be asked. */
function problemOf({ declared, server }: CallContext, asked: Asked, demand: InputDemand): ErrorMessage | undefined {
  const forbidden = forbiddenQuestion(demand, declared, server.methods);
  if (!forbidden) return undefined;
  const { method, standing } = forbidden;
  const name = JSON.stringify(method.slice(0, 128));
  const data = { 'portcullis/decision': { rule: methodRule(method) } };
  if (standing === 'closed')
    return refusal(asked, `The server asks for ${name}, which the gateway's configuration closes.`, data);
  const capability = capabilityFor(method);
  if (capability === undefined) return refusal(asked, `The server asks for ${name}, which no client answers.`, data);
  const message = `The server asks for ${name}, and the client did not declare that it answers that.`;
  const required = { requiredCapabilities: { [capability]: {} } };
  return errorAnswer(asked.flight.id, errorCodes.missingCapability, message, required);
}

function askAgain(context: CallContext, asked: Asked, demand: InputDemand): void {
  const { flight } = asked;
  flight.rounds = (flight.rounds ?? 0) + 1;
  if (flight.rounds <= MAX_ROUNDS) return void askClient(context, asked, demand);
  context.flights.answer(flight, refusal(asked, `The server asked for input more than ${MAX_ROUNDS} times.`));
}

/** A client of the legacy era is asked by requests; the server's request is then sent again with the answers. */
async function askClient(context: CallContext, asked: Asked, { questions, state }: InputDemand): Promise<void> {
  const { flights } = context;
  const open: Question[] = [];
  const { flight } = asked;
  flight.cancel = () => open.forEach((question) => question.withdraw());
  delete flight.onCancel;
  try {
    const answers: [string, Params][] = [];
    for (const { key, method, params } of questions) {
      const question = context.ask(method, forLegacy(method, params));
      if (!question)
        return flights.answer(flight, refusal(asked, 'The client cannot be asked for what the server needs.'));
      open.push(question);
      answers.push([key, resultOf(await question.answer)]);
    }
    const input = { ...(questions.length > 0 ? { inputResponses: Object.fromEntries(answers) } : {}) };
    if (!flight.isOver) asked.again(state === undefined ? input : { ...input, requestState: state });
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    flights.answer(flight, refusal(asked, `The client did not give the input that the server needs. ${reason}`));
  }
}

/** An address to open has had an id in the legacy era, by which the server would tell of its end. */
function forLegacy(method: string, params: Params): Params {
  const needsId = method === 'elicitation/create' && params['mode'] === 'url' && params['elicitationId'] === undefined;
  return needsId ? { ...params, elicitationId: randomUUID() } : params;
}

/** What a person declines is a result too; an error of the client leaves the server without what it needs. */
function resultOf(response: ResponseMessage): Params {
  if ('result' in response && isObject(response.result)) return response.result;
  throw new Error('It answered with an error.');
}
