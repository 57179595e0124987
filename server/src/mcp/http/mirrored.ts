/** Headers in which a request of the modern era repeats what its body says (specification 2026-07-28, "Request Metadata"). Pure. */
import type { Message, Params } from '../message.ts';
import { isObject } from '../parse.ts';
import { carriesEnvelope, metaKeys } from '../era/envelope.ts';

/** Which parameter `Mcp-Name` repeats. */
const NAMED_BY: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['tasks/get', 'taskId'],
  ['tasks/update', 'taskId'],
  ['tasks/cancel', 'taskId'],
]);

/** The name of that parameter; `undefined`: the method has none. */
export function nameParameter(method: string): string | undefined {
  return NAMED_BY.get(method);
}

/** Empty for messages of the legacy era. */
export function mirroredHeaders(message: Message): Readonly<Record<string, string>> {
  if (!('method' in message) || !carriesEnvelope(message.params)) return {};
  const meta = message.params?.['_meta'] as Params;
  const parameter = nameParameter(message.method);
  const name = parameter === undefined ? undefined : message.params?.[parameter];
  return {
    'mcp-protocol-version': String(meta[metaKeys.version]),
    'mcp-method': encodeHeader(message.method),
    ...(typeof name === 'string' ? { 'mcp-name': encodeHeader(name) } : {}),
  };
}

const PLAIN = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;
const WRAPPED = /^=\?base64\?(.*)\?=$/s;

/** A value as a header can carry it. */
export function encodeHeader(value: string): string {
  if (PLAIN.test(value) && !WRAPPED.test(value)) return value;
  return `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;
}

/** `undefined`: no header that a client may send. Only the one canonical spelling of base64 is read, so that nobody reads another value. */
export function decodeHeader(header: string): string | undefined {
  const wrapped = WRAPPED.exec(header)?.[1];
  if (wrapped === undefined) return /^[\t\x20-\x7e]*$/.test(header) ? header : undefined;
  const bytes = Buffer.from(wrapped, 'base64');
  if (bytes.toString('base64') !== wrapped) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** An argument of a tool that is repeated in `Mcp-Param-<name>`. */
export interface MirroredParameter {
  /** Lower case. */
  readonly header: string;
  /** Keys from the arguments' root to the value. */
  readonly path: readonly string[];
}

/** `problem`: the tool's schema says it in a way that the specification forbids, and the tool must not be offered over HTTP. */
export type MirroredReading =
  | { readonly ok: true; readonly parameters: readonly MirroredParameter[] }
  | { readonly ok: false; readonly problem: string };

const KEY = 'x-mcp-header';
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const PRIMITIVE: ReadonlySet<unknown> = new Set(['string', 'integer', 'boolean']);
/** Schemas are not trusted to end. */
const MAX_DEPTH = 64;
/** Nor to be small; each is one header of every call. */
const MAX_PARAMETERS = 64;

export function readMirrored(inputSchema: unknown): MirroredReading {
  const parameters: MirroredParameter[] = [];
  try {
    visit(inputSchema, [], true, parameters);
  } catch (error) {
    if (error instanceof InvalidAnnotation) return { ok: false, problem: error.message };
    throw error;
  }
  return { ok: true, parameters };
}

class InvalidAnnotation extends Error {}

/** `reachable`: only `properties` lie between the root and here. */
function visit(schema: unknown, path: readonly string[], reachable: boolean, found: MirroredParameter[]): void {
  if (path.length > MAX_DEPTH) return;
  if (Array.isArray(schema)) return schema.forEach((each) => visit(each, [...path, '[]'], false, found));
  if (!isObject(schema)) return;
  if (Object.hasOwn(schema, KEY)) found.push(readAnnotation(schema, path, reachable, found));
  for (const [keyword, value] of Object.entries(schema)) {
    if (LITERAL.has(keyword)) continue;
    if (keyword !== 'properties' || !isObject(value)) visit(value, [...path, keyword], false, found);
    else for (const [name, child] of Object.entries(value)) visit(child, [...path, name], reachable, found);
  }
}

/** Keywords whose values are data and no schemas. */
const LITERAL: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples', KEY]);

function readAnnotation(
  schema: Params,
  path: readonly string[],
  reachable: boolean,
  found: readonly MirroredParameter[],
): MirroredParameter {
  const name = schema[KEY];
  const fail = (why: string): never => {
    throw new InvalidAnnotation(`"${KEY}" at ${JSON.stringify(path.join('.').slice(0, 200))} ${why}`);
  };
  if (!reachable || path.length === 0)
    return fail('does not stand on a property that is reached through properties alone.');
  if (typeof name !== 'string' || !TOKEN.test(name)) return fail('is not a header name.');
  if (!PRIMITIVE.has(schema['type'])) return fail('stands on a property that is no string, integer or boolean.');
  const header = `mcp-param-${name.toLowerCase()}`;
  if (found.some((each) => each.header === header)) return fail('comes twice.');
  if (found.length >= MAX_PARAMETERS) return fail(`stands on more than ${MAX_PARAMETERS} properties.`);
  return { header, path };
}

/** The headers for one call. Values that no header can stand for are left out, as is what is absent or null. */
export function parameterHeaders(
  parameters: readonly MirroredParameter[],
  args: unknown,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const { header, path } of parameters) {
    const text = primitiveText(valueAt(args, path));
    if (text !== undefined) headers[header] = encodeHeader(text);
  }
  return headers;
}

/** Own members only. */
function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** How a value is written in a header; `undefined`: not at all. */
export function primitiveText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  // A number whose digits are kept is an object whose JSON is those digits.
  const text = typeof value === 'number' || (typeof value === 'object' && value !== null) ? JSON.stringify(value) : '';
  return /^-?\d/.test(text) && Number.isFinite(Number(text)) ? text : undefined;
}
