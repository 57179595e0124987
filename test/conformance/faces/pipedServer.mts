/** One server process on stdio, and the HTTP exchanges that wait for its answers. */
import type { ChildProcess } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { end } from '../processes.mts';
import { Exchange } from './exchange.mts';

/** As much of a message as the harness must know to pass it on. */
interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: {
    readonly progressToken?: string | number;
    readonly _meta?: { readonly progressToken?: string | number; readonly [SUBSCRIPTION]?: string | number };
  };
  readonly error?: { readonly code: number };
}

const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';

export class PipedServer implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string | number, Exchange>();
  #listener: ServerResponse | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.#receive(line));
    child.once('exit', () => this.#abandon());
  }

  /** Hands a request, notification or answer to the server; only a request is answered with a message. */
  send(line: string, response: ServerResponse): void {
    const { id, method, params } = readMessage(line);
    if (id === undefined || method === undefined) response.writeHead(202).end();
    else this.#await(id, params?._meta?.progressToken, response);
    this.write(line);
  }

  /** A line that nobody awaits an answer to. */
  write(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** The stream for messages that belong to no request. */
  listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    this.#listener = response;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await end(this.#child);
  }

  #await(id: string | number, progressToken: string | number | undefined, response: ServerResponse): void {
    this.#waiting.set(id, new Exchange(response, progressToken));
    response.once('close', () => {
      if (!this.#waiting.delete(id)) return;
      const params = { requestId: id };
      this.write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params }));
    });
  }

  #receive(line: string): void {
    const message = readMessage(line);
    if (message.method !== undefined) return this.#pass(line, message);
    const exchange = message.id === undefined ? undefined : this.#waiting.get(message.id);
    if (message.id === undefined || !exchange) return;
    this.#waiting.delete(message.id);
    exchange.answer(line, message.error?.code);
  }

  /** A message in between goes to the request it names, else to the latest one that still waits, else to the listener. */
  #pass(line: string, { params }: Message): void {
    const subscription = params?._meta?.[SUBSCRIPTION];
    const waiting = [...this.#waiting.values()];
    const named =
      subscription === undefined
        ? waiting.find(({ progressToken }) => progressToken !== undefined && progressToken === params?.progressToken)
        : this.#waiting.get(subscription);
    const exchange = named ?? waiting.at(-1);
    if (exchange) exchange.pass(line);
    else this.#listener?.write(`data: ${line}\n\n`);
  }

  #abandon(): void {
    for (const exchange of this.#waiting.values()) exchange.abandon();
    this.#waiting.clear();
    this.#listener?.end();
  }
}

function readMessage(line: string): Message {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return {};
  }
}
