/** The stub server over streamable HTTP or legacy SSE, on a free port of 127.0.0.1; prints `{"port":N}` when it listens. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Behaviour, StubHttpOptions } from './behaviour.mts';

export function serveHttp(behaviour: Behaviour, options: StubHttpOptions): void {
  const face = options.kind === 'sse' ? new SseFace(behaviour, options) : new StreamableFace(behaviour, options);
  const server = createServer((request, response) => {
    if (options.authorization !== undefined && request.headers.authorization !== options.authorization) {
      response.writeHead(401).end();
    } else if (options.redirectTo !== undefined) response.writeHead(307, { location: options.redirectTo }).end();
    else if (options.page !== undefined) response.writeHead(200, { 'content-type': 'text/html' }).end(options.page);
    else if (options.status !== undefined) response.writeHead(options.status).end('no');
    else void face.handle(request, response);
  });
  server.listen(options.port ?? 0, '127.0.0.1', () =>
    console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text;
}

const EVENT_STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

class SseFace {
  readonly #behaviour: Behaviour;
  readonly #endpoint: string;
  readonly #streams = new Map<string, ServerResponse>();

  constructor(behaviour: Behaviour, { endpoint = '/message' }: StubHttpOptions) {
    this.#behaviour = behaviour;
    this.#endpoint = endpoint;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      const session = randomUUID();
      this.#streams.set(session, response);
      response.writeHead(200, EVENT_STREAM).write(`event: endpoint\ndata: ${this.#endpoint}?session=${session}\n\n`);
      return;
    }
    const stream = this.#streams.get(new URL(request.url ?? '', 'http://stub').searchParams.get('session') ?? '');
    if (!stream) return void response.writeHead(405).end();
    const text = await bodyOf(request);
    response.writeHead(202).end();
    const send = (message: string): void => void stream.write(`event: message\ndata: ${message}\n\n`);
    this.#behaviour.receive(text, send, send);
  }
}

class StreamableFace {
  readonly #behaviour: Behaviour;
  readonly #options: StubHttpOptions;
  #session: string | undefined;
  #stream: ServerResponse | undefined;
  #requests = 0;
  /** Event id → what comes after it. */
  readonly #rest = new Map<string, string>();

  constructor(behaviour: Behaviour, options: StubHttpOptions) {
    this.#behaviour = behaviour;
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#requests += 1;
    const session = request.headers['mcp-session-id'];
    if (this.#requests > (this.#options.forgetAfter ?? Infinity)) {
      this.#session = undefined;
      this.#requests = Number.NEGATIVE_INFINITY;
    }
    if (session !== undefined && session !== this.#session) return void response.writeHead(404).end();
    if (this.#options.strict && !isProper(request)) return void response.writeHead(418).end();
    if (request.method === 'DELETE') {
      this.#session = undefined;
      this.#stream?.end();
      return void response.writeHead(204).end();
    }
    if (request.method === 'GET') this.#listen(request, response);
    else this.#post(await bodyOf(request), response);
  }

  #listen(request: IncomingMessage, response: ServerResponse): void {
    const rest = this.#rest.get(String(request.headers['last-event-id']));
    response.writeHead(200, EVENT_STREAM).flushHeaders();
    if (rest !== undefined) response.end(rest);
    else if (this.#options.breakStream && request.headers['last-event-id'] !== 'listening') {
      response.end('id: listening\nretry: 10\ndata:\n\n');
    } else this.#stream = response;
  }

  #post(text: string, response: ServerResponse): void {
    const message = JSON.parse(text) as { id?: unknown; method?: string };
    const headers: Record<string, string> = {};
    if (message.method === 'initialize') headers['mcp-session-id'] = this.#session = randomUUID();
    const notify = (said: string): void => void this.#stream?.write(`data: ${said}\n\n`);
    if (message.id === undefined || message.method === undefined) {
      response.writeHead(202).end();
      return this.#behaviour.receive(text, () => undefined, notify);
    }
    if (this.#options.answers === 'sse') this.#answerBySse(text, response, headers, notify);
    else {
      const answer = (said: string): void =>
        void response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(said);
      this.#behaviour.receive(text, answer, notify);
    }
  }

  #answerBySse(text: string, response: ServerResponse, headers: object, notify: (said: string) => void): void {
    response.writeHead(200, { ...headers, ...EVENT_STREAM }).flushHeaders();
    const answer = (said: string): void => {
      const event = `id: ${randomUUID()}\ndata: ${said}\n\n`;
      if (!this.#options.breakStream) return void response.end(event);
      const id = randomUUID();
      this.#rest.set(id, event);
      const isHandshake = 'mcp-session-id' in headers;
      response.end(`id: ${id}\nretry: 10\ndata:\n\n`, () => {
        if (this.#options.dieOnBreak && !isHandshake) process.exit();
      });
    };
    this.#behaviour.receive(text, answer, notify);
  }
}

function isProper({ method, headers }: IncomingMessage): boolean {
  const accepted = headers.accept ?? '';
  const isInitialize = headers['mcp-session-id'] === undefined;
  if (!isInitialize && headers['mcp-protocol-version'] !== '2025-06-18') return false;
  if (method === 'GET') return accepted === 'text/event-stream';
  return method === 'DELETE' || (accepted.includes('application/json') && accepted.includes('text/event-stream'));
}
