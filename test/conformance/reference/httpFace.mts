/**
 * The reference server over HTTP. One address serves revision 2026-07-28 without sessions and older revisions with them, a
 * second one the legacy transport with server-sent events.
 */
import {
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport as SessionTransport,
} from '@modelcontextprotocol/server';
import { localhostHostValidation, localhostOriginValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createReferenceServer } from './createServer.mts';
import { MemoryEventStore } from './eventStore.mts';
import { SseFace } from './sseFace.mts';

/** Milliseconds that a client shall wait before it resumes a stream. */
const RETRY_INTERVAL = 100;

/** Prints `{"port":N}` when it listens. `guarded`: Host and Origin must be those of this machine. */
export function serveHttp({ guarded }: { readonly guarded: boolean }): void {
  const modern = createMcpHandler(() => createReferenceServer(modern.notify), { legacy: 'reject' });
  const sessions = new Map<string, SessionTransport>();
  const handle = toNodeHandler({
    fetch: async (request) =>
      (await isLegacyRequest(request)) ? serveLegacy(sessions, request) : modern.fetch(request),
  });
  const sse = new SseFace();
  const hostIsOurs = localhostHostValidation();
  const originIsOurs = localhostOriginValidation();
  const server = createServer((request, response) => {
    if (guarded && !(hostIsOurs(request, response) && originIsOurs(request, response))) return;
    if (request.url?.startsWith('/mcp')) void handle(request as Parameters<typeof handle>[0], response);
    else void sse.handle(request, response);
  });
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
}

async function serveLegacy(sessions: Map<string, SessionTransport>, request: Request): Promise<Response> {
  const id = request.headers.get('mcp-session-id');
  const known = id === null ? undefined : sessions.get(id);
  if (known) return known.handleRequest(request);
  if (id !== null) return refuse(404, -32001, 'Session not found');
  if (!(await opensSession(request))) return refuse(400, -32000, 'A session id is required');
  return (await openSession(sessions)).handleRequest(request);
}

async function opensSession(request: Request): Promise<boolean> {
  if (request.method !== 'POST') return false;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  return isInitializeRequest(body);
}

async function openSession(sessions: Map<string, SessionTransport>): Promise<SessionTransport> {
  const transport = new SessionTransport({
    sessionIdGenerator: randomUUID,
    eventStore: new MemoryEventStore(),
    retryInterval: RETRY_INTERVAL,
    onsessioninitialized: (id) => void sessions.set(id, transport),
    onsessionclosed: (id) => void sessions.delete(id),
  });
  await createReferenceServer().connect(transport);
  return transport;
}

function refuse(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status });
}
