/**
 * What a stub MCP server answers, apart from how it is reached. Deliberately free of the SDK and of the product's own code,
 * so that a mistake there cannot hide itself here.
 */
import { appendFileSync } from 'node:fs';

export interface StubOptions {
  readonly name?: string;
  /** Tools `tool_1` … `tool_N`, or the tools themselves. Default: `echo` alone. */
  readonly tools?: number | readonly unknown[];
  /** Tools per page of `tools/list`. Default: all on one. */
  readonly pageSize?: number;
  /** Every page names the same next cursor. */
  readonly cursorLoop?: boolean;
  /** Appends each received message, as the text that arrived, to this file: one JSON string per line. */
  readonly record?: string;
  /** Lines printed to stdout before anything else, and again before each answer (stdio only). */
  readonly garbage?: readonly string[];
  /** Lines printed to stderr on start (stdio only). */
  readonly stderr?: readonly string[];
  /** A call of this tool ends the process with this exit code, without an answer. */
  readonly dieOn?: string;
  readonly exitCode?: number;
  /** Calls of this tool are never answered. */
  readonly hangOn?: string;
  /** Method → result, beside those that the stub knows. */
  readonly answers?: Readonly<Record<string, object>>;
  /** Methods that are never answered, for example `initialize`. */
  readonly hangOnMethods?: readonly string[];
  /** A call of this tool changes the list to these tools and says so (`notifications/tools/list_changed`). */
  readonly changeOn?: string;
  readonly changedTools?: readonly unknown[];
  /** The list changes in the same way right after it was first asked for. */
  readonly listChangedAfterList?: boolean;
  /** Tool → literal JSON text of its whole result, sent without being parsed. */
  readonly rawResults?: Readonly<Record<string, string>>;
  /** Tool → JSON-RPC code of the error that answers its calls. */
  readonly errorCodes?: Readonly<Record<string, number>>;
  /** A call of this tool is answered with a text of so many bytes. */
  readonly bigOn?: { readonly tool: string; readonly bytes: number };
  /** A call of this tool first makes the server print so many bytes without a line break (stdio only). */
  readonly flood?: { readonly tool: string; readonly stream: 'stdout' | 'stderr'; readonly bytes: number };
  /** A call of this tool makes the server ask its client this, whatever the client has declared, under the id "asked". */
  readonly askOn?: { readonly tool: string; readonly method: string };
  /** Capabilities of the initialize answer. Default: tools with listChanged. */
  readonly capabilities?: object;
  readonly protocolVersion?: string;
  /** Ignores SIGTERM and the end of stdin (stdio only). */
  readonly stubborn?: boolean;
  readonly http?: StubHttpOptions;
}

export interface StubHttpOptions {
  readonly kind: 'http' | 'sse';
  /** Default: any that is free. */
  readonly port?: number;
  /** How requests are answered by kind `http`. Default `json`. */
  readonly answers?: 'json' | 'sse';
  /** Refuse requests without this Authorization header with 401. */
  readonly authorization?: string;
  /** Answer every request to the endpoint with this status. */
  readonly status?: number;
  readonly redirectTo?: string;
  /** Where kind `sse` wants messages to be sent. Default: its own `/message`. */
  readonly endpoint?: string;
  /** Answer every request with this text as a web page. */
  readonly page?: string;
  /** Refuse what a client of the revision must not send: other Accept headers, or no revision after the handshake. */
  readonly strict?: boolean;
  /** Every stream breaks off after an event id, and the rest is delivered to whoever resumes with it. */
  readonly breakStream?: boolean;
  /** The process ends when a stream broke off, instead. */
  readonly dieOnBreak?: boolean;
  /** Forget the session after so many requests, once. */
  readonly forgetAfter?: number;
}

export type Sender = (text: string) => void;

interface Incoming {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: {
    readonly name?: string;
    readonly arguments?: unknown;
    readonly cursor?: unknown;
    readonly protocolVersion?: string;
  };
}

export class Behaviour {
  readonly #options: StubOptions;
  #tools: readonly unknown[];

  constructor(options: StubOptions) {
    this.#options = options;
    this.#tools = toolsOf(options.tools);
  }

  /** Takes one message as it arrived; `answer` gets the response's text, `notify` what the server says of its own accord. */
  receive(text: string, answer: Sender, notify: Sender): void {
    if (this.#options.record) appendFileSync(this.#options.record, `${JSON.stringify(text)}\n`);
    const message = JSON.parse(text) as Incoming;
    if (message.method === undefined || message.id === undefined) return;
    if (this.#options.hangOnMethods?.includes(message.method)) return;
    const { flood } = this.#options;
    if (message.params?.name !== flood?.tool || !flood) return this.#respond(message, answer, notify);
    void pour(process[flood.stream], flood.bytes).then(() => this.#respond(message, answer, notify));
  }

  #respond(message: Incoming, answer: Sender, notify: Sender): void {
    const result = this.#result(message, notify);
    if (result !== undefined) answer(`{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},${result}}`);
    if (message.method === 'tools/list' && this.#options.listChangedAfterList) this.#change(notify);
  }

  #result(message: Incoming, notify: Sender): string | undefined {
    switch (message.method) {
      case 'initialize':
        return `"result":${JSON.stringify(this.#initialize(message))}`;
      case 'ping':
        return '"result":{}';
      case 'tools/list':
        return `"result":${JSON.stringify(this.#page(message.params?.cursor))}`;
      case 'tools/call':
        return this.#call(message, notify);
      default:
        if (message.method && this.#options.answers?.[message.method])
          return `"result":${JSON.stringify(this.#options.answers[message.method])}`;
        return '"error":{"code":-32601,"message":"Method not found"}';
    }
  }

  #initialize(message: Incoming): object {
    return {
      protocolVersion: this.#options.protocolVersion ?? message.params?.protocolVersion,
      capabilities: this.#options.capabilities ?? { tools: { listChanged: true } },
      serverInfo: { name: this.#options.name ?? 'stub', version: '1.0.0' },
    };
  }

  #page(cursor: unknown): object {
    const { pageSize = this.#tools.length, cursorLoop } = this.#options;
    // Whoever asks may send anything.
    const start = typeof cursor === 'string' ? Number(cursor) : 0;
    const end = start + pageSize;
    const tools = this.#tools.slice(start, end);
    if (cursorLoop) return { tools, nextCursor: '0' };
    return end < this.#tools.length ? { tools, nextCursor: String(end) } : { tools };
  }

  #call({ params }: Incoming, notify: Sender): string | undefined {
    const { dieOn, exitCode, hangOn, changeOn, rawResults, errorCodes, bigOn, askOn } = this.#options;
    const name = params?.name ?? '';
    if (name === dieOn) process.exit(exitCode ?? 1);
    if (name === hangOn) return undefined;
    if (name === changeOn) this.#change(notify);
    if (name === askOn?.tool) notify(JSON.stringify({ jsonrpc: '2.0', id: 'asked', method: askOn.method, params: {} }));
    const code = errorCodes?.[name];
    if (code !== undefined) return `"error":{"code":${code},"message":"no"}`;
    const raw = rawResults?.[name];
    if (raw !== undefined) return `"result":${raw}`;
    const text = name === bigOn?.tool ? 'x'.repeat(bigOn.bytes) : JSON.stringify(params?.arguments ?? null);
    return `"result":${JSON.stringify({ content: [{ type: 'text', text }] })}`;
  }

  #change(notify: Sender): void {
    this.#tools = this.#options.changedTools ?? [];
    notify('{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}');
  }
}

async function pour(stream: NodeJS.WriteStream, bytes: number): Promise<void> {
  const piece = 'x'.repeat(1024 * 1024);
  for (let poured = 0; poured < bytes; poured += piece.length)
    if (!stream.write(piece)) await new Promise((resolve) => stream.once('drain', resolve));
  stream.write('\n');
}

function toolsOf(tools: StubOptions['tools']): readonly unknown[] {
  if (typeof tools !== 'number') return tools ?? [stubTool('echo')];
  return Array.from({ length: tools }, (_, index) => stubTool(`tool_${index + 1}`));
}

export function stubTool(name: string): object {
  const inputSchema = { type: 'object', properties: { text: { type: 'string' } } };
  return { name, description: `Stub tool ${name}`, inputSchema };
}
