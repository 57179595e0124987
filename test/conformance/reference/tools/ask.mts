/**
 * How a handler asks the client and comes back with the answers. Under 2026-07-28 the request is answered with
 * `input_required` and repeated by the client; under older revisions the SDK sends real requests and calls the handler
 * again, so a tool is written once.
 */
import {
  inputRequired,
  inputResponse,
  type ElicitRequestFormParams,
  type InputRequest,
  type InputRequests,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';

type Answers = ServerContext['mcpReq']['inputResponses'];
type FormSchema = ElicitRequestFormParams['requestedSchema'];

export function askForm(message: string, requestedSchema: FormSchema): InputRequest {
  return inputRequired.elicit({ message, requestedSchema });
}

/** A form with one required text field. */
export function askText(message: string, field: string): InputRequest {
  return askForm(message, { type: 'object', properties: { [field]: { type: 'string' } }, required: [field] });
}

export function askModel(text: string, maxTokens = 100): InputRequest {
  return inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text } }], maxTokens });
}

/** What the user accepted in the form, if it fits the question; answers come from the client and are not to be trusted. */
export function acceptedText(answers: Answers, key: string, field: string): string | undefined {
  const answer = inputResponse(answers, key);
  const value = answer.kind === 'elicit' && answer.action === 'accept' ? answer.content?.[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}

export function modelText(answers: Answers, key: string): string | undefined {
  const answer = inputResponse(answers, key);
  if (answer.kind !== 'sampling') return undefined;
  const [content] = [answer.result.content].flat();
  return content?.type === 'text' ? content.text : undefined;
}

export function rootNames(answers: Answers, key: string): string | undefined {
  const answer = inputResponse(answers, key);
  return answer.kind === 'roots' ? answer.roots.map(({ uri, name }) => name ?? uri).join(', ') : undefined;
}

export function ask(inputRequests: InputRequests, requestState?: string): InputRequiredResult {
  return inputRequired({ inputRequests, ...(requestState !== undefined && { requestState }) });
}
