/**
 * Drives a server that speaks stdio from a suite that speaks HTTP. The harness adds nothing of its own to a message: the body
 * of a request becomes one line of the server's stdin, a line of its stdout becomes a body or an event, byte for byte. It only
 * reads along to know which answer belongs to which request. What has no counterpart on stdio is its own doing: sessions
 * (a process each), status codes of errors, and a client that hangs up (a cancellation).
 */
import type { ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen, type Face } from './listen.mts';
import { PipedServer } from './pipedServer.mts';

const SESSION = 'mcp-session-id';

/** Scenarios come one after the other, so that all but the latest sessions are done with. */
const MOST_SESSIONS = 2;

/**
 * On stdio the first message settles which revision is spoken, and the suite's first one may be broken on purpose. So the
 * harness opens the connection as a client does; nobody waits for the answer.
 */
const OPENING = JSON.stringify({
  jsonrpc: '2.0',
  id: 'opening',
  method: 'tools/list',
  params: {
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'harness', version: '1.0.0' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
});

class Sessions implements AsyncDisposable {
  readonly #start: () => ChildProcess;
  readonly #open = new Map<string, PipedServer>();
  #stateless: PipedServer | undefined;
  #last = 0;

  constructor(start: () => ChildProcess) {
    this.#start = start;
  }

  get(id: string): PipedServer | undefined {
    return this.#open.get(id);
  }

  /** The one process that serves all requests without a session. */
  get stateless(): PipedServer {
    if (this.#stateless) return this.#stateless;
    this.#stateless = new PipedServer(this.#start());
    this.#stateless.write(OPENING);
    return this.#stateless;
  }

  async open(): Promise<readonly [string, PipedServer]> {
    const id = `session-${(this.#last += 1)}`;
    const server = new PipedServer(this.#start());
    this.#open.set(id, server);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > MOST_SESSIONS) await this.close(oldest);
    return [id, server];
  }

  async close(id: string): Promise<void> {
    const server = this.#open.get(id);
    this.#open.delete(id);
    await server?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.close(id)));
    await this.#stateless?.[Symbol.asyncDispose]();
  }
}

/** `start` starts the server's process, its stdin and stdout piped. */
export function startStdioHarness(start: () => ChildProcess): Promise<Face> {
  const sessions = new Sessions(start);
  const server = createServer((request, response) => void serve(sessions, request, response));
  return listen(server, '/mcp', () => sessions[Symbol.asyncDispose]());
}

async function serve(sessions: Sessions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = request.headers[SESSION];
  const session = typeof id === 'string' ? sessions.get(id) : undefined;
  if (typeof id === 'string' && !session) return void response.writeHead(404).end();
  if (request.method === 'POST') return post(sessions, session, request, response);
  if (typeof id !== 'string' || !session) return void response.writeHead(405).end();
  if (request.method === 'GET') return session.listen(response);
  await sessions.close(id);
  response.writeHead(204).end();
}

async function post(
  sessions: Sessions,
  session: PipedServer | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const line = await text(request);
  if (!isOpening(line, request)) return (session ?? sessions.stateless).send(line, response);
  const [id, server] = await sessions.open();
  response.setHeader(SESSION, id);
  server.send(line, response);
}

/** Whether the message is the handshake of a revision that has sessions; 2026-07-28 says its name in a header. */
function isOpening(line: string, { headers }: IncomingMessage): boolean {
  if ((headers['mcp-protocol-version'] ?? '') >= '2026') return false;
  try {
    return (JSON.parse(line) as { readonly method?: unknown }).method === 'initialize';
  } catch {
    return false;
  }
}
