/** Results in which a server of the modern era asks for input before it goes on, and the members of a retry that bring it. Pure. */
import { TASKS_EXTENSION } from '../../mcp/era/envelope.ts';
import type { Params } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import { LATEST_LEGACY_REVISION } from '../../mcp/revision.ts';
import { standingOfServerRequest, type MethodSettings } from './method.ts';

/** The requests that may be answered so (specification 2026-07-28, "Supported Requests"). */
const ASKING: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'resources/read']);

export function mayAskForInput(method: string): boolean {
  return ASKING.has(method);
}

export const INPUT_MEMBERS = ['inputResponses', 'requestState'] as const;

export interface InputQuestion {
  /** The server's own key. */
  readonly key: string;
  readonly method: string;
  readonly params: Params;
}

export interface InputDemand {
  readonly questions: readonly InputQuestion[];
  readonly state?: string;
}

/** `undefined`: not what such a result must be. */
export function readDemand(result: Params): InputDemand | undefined {
  const { inputRequests = {}, requestState: state } = result;
  if (!isObject(inputRequests) || (state !== undefined && typeof state !== 'string')) return undefined;
  const questions: InputQuestion[] = [];
  for (const [key, request] of Object.entries(inputRequests)) {
    if (!isObject(request) || typeof request['method'] !== 'string') return undefined;
    questions.push({ key, method: request['method'], params: isObject(request['params']) ? request['params'] : {} });
  }
  if (questions.length === 0 && state === undefined) return undefined;
  return state === undefined ? { questions } : { questions, state };
}

/** The first question that must not reach the client, and whether because it is closed or because the client cannot answer it. */
export function forbiddenQuestion(
  { questions }: InputDemand,
  declared: ReadonlySet<string>,
  methods: MethodSettings,
): { readonly method: string; readonly standing: 'unknown' | 'closed' } | undefined {
  for (const { method } of questions) {
    const standing = isInput(method)
      ? standingOfServerRequest(method, LATEST_LEGACY_REVISION, methods, declared)
      : 'unknown';
    if (standing !== 'passes') return { method, standing };
  }
  return undefined;
}

/** The only requests that a result may hold; the table of methods has more. */
const INPUTS: ReadonlyMap<string, string> = new Map([
  ['roots/list', 'roots'],
  ['sampling/createMessage', 'sampling'],
  ['elicitation/create', 'elicitation'],
]);

function isInput(method: string): boolean {
  return INPUTS.has(method);
}

/** The capability that a client must declare to be asked so. */
export function capabilityFor(method: string): string | undefined {
  return INPUTS.get(method);
}

/** Whether a server's answer to `server/discover` offers tasks. */
export function offersTasks(discovered: Params | undefined): boolean {
  const capabilities = discovered?.['capabilities'];
  const extensions = isObject(capabilities) ? capabilities['extensions'] : undefined;
  return isObject(extensions) && Object.hasOwn(extensions, TASKS_EXTENSION);
}
