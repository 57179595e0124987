/**
 * Reads what a client sends: bytes → strict JSON tree → JSON-RPC messages. Nothing behind this module sees the bytes,
 * and what goes upstream is written anew from the tree, so no other reading of the bytes can differ from the one that is judged.
 */
import { readJson, toValue } from '../../policy/index.ts';
import type { JsonArray, JsonNode, JsonObject, JsonProblem } from '../../policy/json/node.ts';
import type { MessageId, Params } from '../../mcp/message.ts';
import { toolsAimedAt } from './aim.ts';
import { errorCodes } from './answer.ts';

export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_BATCH = 100;
const MAX_ID_LENGTH = 256;
const MAX_METHOD_LENGTH = 256;

export interface IncomingRequest {
  readonly kind: 'request';
  readonly id: MessageId;
  readonly method: string;
  readonly params: JsonObject | undefined;
}

export interface IncomingNotification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: JsonObject | undefined;
}

/** The client's answer to a request of the server. */
export interface IncomingResponse {
  readonly kind: 'response';
  readonly id: MessageId;
  readonly result?: Params;
  readonly error?: Params;
}

export interface Refused {
  readonly kind: 'refused';
  /** Absent where it could not be read or is no valid id. */
  readonly id?: MessageId;
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
  /** What the record tells: the tools that were called, and why not, without any of the message's own values. */
  readonly aim?: { readonly tools: readonly string[]; readonly reason: string };
}

export type Incoming = IncomingRequest | IncomingNotification | IncomingResponse | Refused;

/** `batch`: the messages stood in an array; who reads it decides whether the revision has batches. */
export type Frame =
  | { readonly ok: true; readonly batch: boolean; readonly messages: readonly Incoming[] }
  | { readonly ok: false; readonly refused: Refused };

export type ReadFrame = Extract<Frame, { ok: true }>;

/** Reads one HTTP body or one line of stdio. */
export function readFrame(bytes: Uint8Array): Frame {
  const reading = readJson(bytes, { maxBytes: MAX_FRAME_BYTES, maxDepth: MAX_DEPTH });
  const text = (): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!reading.ok) return { ok: false, refused: refusalOf(reading.problems[0], text()) };
  if (reading.root.kind === 'array') return readBatch(reading.root, text);
  return { ok: true, batch: false, messages: [readWithAim(reading.root, text)] };
}

function readBatch({ items }: JsonArray, text: () => string): Frame {
  if (items.length === 0) return { ok: false, refused: refuse('A batch must not be empty.') };
  if (items.length > MAX_BATCH) {
    const refused = refuse(`A batch holds at most ${MAX_BATCH} messages.`);
    return { ok: false, refused: withAim(refused, text()) };
  }
  return { ok: true, batch: true, messages: items.map((item) => readWithAim(item, text)) };
}

function readWithAim(node: JsonNode, text: () => string): Incoming {
  const message = readMessage(node);
  return message.kind === 'refused' ? withAim(message, text().slice(node.start, node.end)) : message;
}

function withAim(refused: Refused, text: string, reason = refused.message): Refused {
  return { ...refused, aim: { tools: toolsAimedAt(text), reason } };
}

/** Broken syntax is a parse error; what parses but must not be (duplicate keys, overflow) is an invalid request. */
function refusalOf(problem: JsonProblem, text: string): Refused {
  const syntax =
    problem.code === 'json-syntax' || problem.code === 'json-encoding' || problem.code === 'json-surrogate';
  const refused = refuse(
    `The message is not acceptable JSON: ${problem.message}`,
    syntax ? errorCodes.parse : undefined,
  );
  return withAim(refused, text, `The message is not acceptable JSON (${problem.code}).`);
}

function refuse(message: string, code: number = errorCodes.invalidRequest, id?: MessageId): Refused {
  return id === undefined ? { kind: 'refused', code, message } : { kind: 'refused', id, code, message };
}

const CALL_MEMBERS = new Set(['jsonrpc', 'id', 'method', 'params']);
const RESPONSE_MEMBERS = new Set(['jsonrpc', 'id', 'result', 'error']);

function readMessage(node: JsonNode): Incoming {
  if (node.kind !== 'object') return refuse('A message must be a JSON object.');
  const idNode = node.members.get('id')?.value;
  const id = idNode && readId(idNode);
  if (idNode && id === undefined) return refuse('"id" must be a string or a whole number.');
  const version = node.members.get('jsonrpc')?.value;
  if (version?.kind !== 'string' || version.value !== '2.0') return refuse('"jsonrpc" must be "2.0".', undefined, id);
  const isCall = node.members.has('method');
  const stray = strayMember(node, isCall ? CALL_MEMBERS : RESPONSE_MEMBERS);
  if (stray !== undefined)
    return refuse(`The message has a member that JSON-RPC does not know: ${stray}.`, undefined, id);
  return isCall ? readCall(node, id) : readResponse(node, id);
}

function readCall(node: JsonObject, id: MessageId | undefined): Incoming {
  const method = node.members.get('method')?.value;
  const params = node.members.get('params')?.value;
  if (method?.kind !== 'string' || method.value === '' || method.value.length > MAX_METHOD_LENGTH)
    return refuse(`"method" must be a string of 1 to ${MAX_METHOD_LENGTH} characters.`, undefined, id);
  if (params && params.kind !== 'object') return refuse('"params" must be an object.', undefined, id);
  if (id === undefined) return { kind: 'notification', method: method.value, params };
  return { kind: 'request', id, method: method.value, params };
}

function readResponse(node: JsonObject, id: MessageId | undefined): Incoming {
  const result = node.members.get('result')?.value;
  const error = node.members.get('error')?.value;
  const body = result ?? error;
  if (id === undefined || body?.kind !== 'object' || (result && error))
    return refuse('A message must have a "method", or an "id" and either a "result" or an "error".', undefined, id);
  const value = toValue(body, 'source') as Params;
  return result ? { kind: 'response', id, result: value } : { kind: 'response', id, error: value };
}

/** The first member outside the given ones, quoted and shortened. */
export function strayMember(node: JsonObject, known: ReadonlySet<string>): string | undefined {
  for (const key of node.members.keys()) if (!known.has(key)) return JSON.stringify(key.slice(0, 64));
  return undefined;
}

function readId(node: JsonNode): MessageId | undefined {
  if (node.kind === 'string') return node.value.length <= MAX_ID_LENGTH ? node.value : undefined;
  return node.kind === 'number' && node.exact && Number.isSafeInteger(node.value) ? node.value : undefined;
}

/** Tells `1` from `"1"`. */
export function idKey(id: MessageId): string {
  return typeof id === 'string' ? `s${id}` : `n${id}`;
}
