/**
 * The pretended shop as an MCP server on stdio: JSON-RPC, one message a line (MCP 2025-11-25, "stdio"). Written by hand because it is all that the demo
 * needs of the protocol: the shipped program must not grow by an SDK for it.
 */
import { createInterface } from 'node:readline';
import { Shop } from './shop.ts';
import { demoTools, type ArgumentSchema, type Arguments, type DemoTool } from './tools.ts';

const REVISION = '2025-11-25';

/** JSON-RPC's codes. */
const METHOD_NOT_FOUND = -32601;
const PARSE_ERROR = -32700;
const INVALID_PARAMS = -32602;

interface Incoming {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: {
    readonly name?: string;
    readonly arguments?: Readonly<Record<string, unknown>>;
  };
}

type Answer = { readonly result: object } | { readonly error: { readonly code: number; readonly message: string } };

/** Resolves when `input` ends. */
export async function serveDemo(input: NodeJS.ReadableStream, print: (text: string) => void): Promise<void> {
  const shop = new Shop();
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const said = answerTo(line, shop);
    if (said !== undefined) print(`${JSON.stringify({ jsonrpc: '2.0', ...said })}\n`);
  }
}

function answerTo(line: string, shop: Shop): ({ readonly id: number | string | null } & Answer) | undefined {
  const message = read(line);
  if (message === undefined) return { id: null, ...failed(PARSE_ERROR, 'This line is no JSON object.') };
  // Nobody waits for an answer to a notification.
  return message.id === undefined ? undefined : { id: message.id, ...answer(message, shop) };
}

function read(line: string): Incoming | undefined {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}

function answer({ method, params }: Incoming, shop: Shop): Answer {
  switch (method) {
    case 'initialize':
      return {
        result: {
          protocolVersion: REVISION,
          capabilities: { tools: {} },
          serverInfo: { name: 'portcullis-demo-shop', title: 'Demo Shop', version: '1.0.0' },
          instructions: 'A shop that pretends. Nothing here is real, and everything is forgotten when the server ends.',
        },
      };
    case 'ping':
      return { result: {} };
    case 'tools/list':
      return { result: { tools: demoTools.map(listed) } };
    case 'tools/call':
      return called(shop, params ?? {});
    default:
      return failed(METHOD_NOT_FOUND, `This server has no method ${String(method)}.`);
  }
}

const failed = (code: number, message: string): Answer => ({ error: { code, message } });

function listed({ name, description, properties, annotations }: DemoTool): object {
  const inputSchema = { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
  return { name, description, inputSchema, ...(annotations && { annotations }) };
}

function called(shop: Shop, { name, arguments: given = {} }: NonNullable<Incoming['params']>): Answer {
  const tool = demoTools.find((each) => each.name === name);
  if (tool === undefined) return failed(INVALID_PARAMS, `This server has no tool ${String(name)}.`);
  try {
    return { result: contentOf(JSON.stringify(tool.run(shop, argumentsFor(tool, given)))) };
  } catch (error) {
    return { result: { ...contentOf(error instanceof Error ? error.message : String(error)), isError: true } };
  }
}

const contentOf = (text: string): object => ({ content: [{ type: 'text', text }] });

/** Refuses what the schema does not allow: the policy looks at the same arguments. */
function argumentsFor(tool: DemoTool, given: Readonly<Record<string, unknown>>): Arguments {
  for (const [name, schema] of Object.entries(tool.properties)) {
    const unmet = unmetBy(given[name], schema);
    if (unmet !== undefined) throw new Error(`"${name}" must be ${unmet}.`);
  }
  return { text: (name) => String(given[name]), number: (name) => Number(given[name]) };
}

/** What the schema demands and the value is not. */
function unmetBy(
  value: unknown,
  { type, minimum = -Infinity, exclusiveMinimum = -Infinity, enum: words }: ArgumentSchema,
): string | undefined {
  if (type === 'string') {
    if (typeof value !== 'string') return 'a string';
    return words?.includes(value) === false ? `one of ${words.join(', ')}` : undefined;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'a number';
  if (type === 'integer' && !Number.isInteger(value)) return 'a whole number';
  if (value < minimum) return `at least ${minimum}`;
  return value <= exclusiveMinimum ? `more than ${exclusiveMinimum}` : undefined;
}
