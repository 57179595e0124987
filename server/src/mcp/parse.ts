/**
 * Reads what an upstream server says: JSON text → validated JSON-RPC messages whose number text survives.
 * Lenient where a reader can be (duplicate keys, unknown members), because the upstream is not what is being judged;
 * strict about the shape, because everything behind this relies on it.
 */
import { isDeeperThan, withoutDepth } from './depth.ts';
import type { ErrorMessage, Message, MessageId, Params } from './message.ts';

/** Arrays and objects open at once. Whatever walks a message may recurse: this deep is still far from the end of any stack. */
const MAX_DEPTH = 512;

/** JSON-RPC's range for errors of an implementation. */
const TOO_DEEP = -32000;

/** Several messages only where the text is a batch (revision 2025-03-26). */
export type MessageReading =
  { readonly ok: true; readonly messages: readonly Message[] } | { readonly ok: false; readonly problem: string };

/** An answer that is nested too deeply comes out as an error in its place, so that whoever asked is told. */
export function parseMessage(text: string): MessageReading {
  if (isDeeperThan(MAX_DEPTH, text)) return refuseDepth(text);
  let value: unknown;
  try {
    value = parseKeepingNumbers(text);
  } catch {
    return { ok: false, problem: 'it is not JSON' };
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const messages: Message[] = [];
  for (const item of items) {
    const message = readMessage(item);
    if (!message) return { ok: false, problem: 'it is not a JSON-RPC 2.0 message' };
    messages.push(message);
  }
  return { ok: true, messages };
}

function refuseDepth(text: string): MessageReading {
  const problem = `it is nested deeper than ${MAX_DEPTH} levels`;
  const error = { code: TOO_DEEP, message: `The server's answer was dropped: ${problem}.` };
  const shallow = parseMessage(withoutDepth(text));
  const messages: Message[] = [];
  for (const message of shallow.ok ? shallow.messages : [])
    if (!('method' in message) && message.id !== undefined) messages.push({ jsonrpc: '2.0', id: message.id, error });
  return messages.length === 0 ? { ok: false, problem } : { ok: true, messages };
}

/** A number at a value's place whose text a double might not give back: a fraction, an exponent, 16 digits, or −0. */
const FRAGILE_NUMBER = /[[:,]\s*(?:-0|-?\d{16}|-?\d+[.eE])/;

/** `JSON.parse`, but a number that `JSON.stringify` would write differently becomes a `JSON.rawJSON` object (Node ≥ 22; else a double). */
export function parseKeepingNumbers(text: string): unknown {
  const raw = sourceText.rawJSON;
  if (!raw || !FRAGILE_NUMBER.test(text)) return JSON.parse(text);
  const keep = (_key: string, value: unknown, context: { readonly source?: string }): unknown =>
    typeof value === 'number' && context.source !== undefined && String(value) !== context.source
      ? raw(context.source)
      : value;
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}
/** The same value with doubles in place of kept number texts: for catalogs, which people read and nothing forwards. */
export function withPlainNumbers(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}

/** "JSON.parse source text access" (ECMAScript proposal, stage 4), which TypeScript's library does not describe yet. */
const sourceText = JSON as JSON & { rawJSON?: (text: string) => unknown; isRawJSON?: (value: unknown) => boolean };

function readMessage(value: unknown): Message | undefined {
  if (!isObject(value) || value['jsonrpc'] !== '2.0') return undefined;
  const id = readId(value['id']);
  if (id === false) return undefined;
  if ('method' in value) return value['id'] === null ? undefined : readCall(value, id);
  if ('error' in value) return readError(value, id);
  if (id === undefined || !isObject(value['result'])) return undefined;
  return { jsonrpc: '2.0', id, result: value['result'] };
}

function readCall(value: Params, id: MessageId | undefined): Message | undefined {
  const { method, params } = value;
  if (typeof method !== 'string' || (params !== undefined && !isObject(params))) return undefined;
  return { jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method, ...(params === undefined ? {} : { params }) };
}

function readError(value: Params, id: MessageId | undefined): ErrorMessage | undefined {
  const error = value['error'];
  if (!isObject(error)) return undefined;
  const code = Number(isKeptNumber(error['code']) ? JSON.stringify(error['code']) : error['code']);
  if (!Number.isInteger(code) || typeof error['message'] !== 'string') return undefined;
  const data = 'data' in error ? { data: error['data'] } : {};
  return { jsonrpc: '2.0', ...(id === undefined ? {} : { id }), error: { code, message: error['message'], ...data } };
}

/** Absent and null are the same here. False: an id that could not be answered faithfully. */
function readId(value: unknown): MessageId | undefined | false {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  const id = isKeptNumber(value) ? Number(JSON.stringify(value)) : value;
  return Number.isSafeInteger(id) ? (id as number) : false;
}

export function isKeptNumber(value: unknown): boolean {
  return sourceText.isRawJSON?.(value) ?? false;
}

export function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
