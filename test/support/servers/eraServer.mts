/**
 * A server on the SDK's successor that speaks the eras it is told to, as a process: `node eraServer.mts '{"eras":"modern","http":true}'`.
 * Over HTTP it prints `{"port":N}`. What happens to its calls it writes to the file `record`, one word a line.
 */
import {
  createMcpHandler,
  fromJsonSchema,
  inputRequired,
  inputResponse,
  isLegacyRequest,
  McpServer,
  WebStandardStreamableHTTPServerTransport as SessionTransport,
} from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EraServerOptions {
  readonly eras: 'legacy' | 'modern' | 'both';
  readonly http?: boolean;
  readonly record?: string;
}

interface Announcer {
  toolsChanged(): void;
  resourceUpdated(uri: string): void;
}

const { eras, http = false, record } = JSON.parse(process.argv[2] ?? '{}') as EraServerOptions;
const note = (word: string): void => {
  if (record !== undefined) appendFileSync(record, `${word}\n`);
};
const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });
const schema = <T,>(properties: object, required: string[] = []) =>
  fromJsonSchema<T>({ type: 'object', properties, required } as Parameters<typeof fromJsonSchema>[0]);

function create(announce?: Announcer): McpServer {
  const server = new McpServer(
    { name: 'era-server', version: '1' },
    {
      capabilities: { tools: { listChanged: true }, resources: { subscribe: true, listChanged: true }, logging: {} },
      instructions: 'Be kind.',
    },
  );
  const news: Announcer = announce ?? {
    toolsChanged: () => server.sendToolListChanged(),
    resourceUpdated: (uri) => void server.server.sendResourceUpdated({ uri }),
  };
  const message = schema<{ message: string }>({ message: { type: 'string' } }, ['message']);
  server.registerTool('echo', { inputSchema: message }, ({ message: said }, { mcpReq }) => {
    note('echo');
    return { ...text(`Echo: ${said}`), _meta: { 'test/asked': Object.keys(mcpReq._meta ?? {}) } };
  });
  for (const name of ['denied', 'hidden'])
    server.registerTool(name, {}, () => {
      note(name);
      return text('This must never be said.');
    });
  server.registerTool('steps', {}, async ({ mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    if (progressToken !== undefined)
      for (const progress of [1, 2, 3])
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 3 } });
    return text('done');
  });
  server.registerTool('wait', {}, async ({ mcpReq }) => {
    note('waiting');
    const progressToken = mcpReq._meta?.progressToken;
    if (progressToken !== undefined)
      await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: 1 } });
    await new Promise<void>((resolve) => mcpReq.signal.addEventListener('abort', () => resolve(), { once: true }));
    note('cancelled');
    return text('never heard');
  });
  server.registerTool('log', {}, async ({ mcpReq }) => {
    await mcpReq.log('info', 'A word.');
    return text('logged');
  });
  server.registerTool('ask', { inputSchema: message }, ({ message: question }, { mcpReq }) => {
    note('ask');
    const answer = inputResponse(mcpReq.inputResponses, 'name');
    if (answer.kind === 'elicit') return text(`Answer: ${answer.action} ${JSON.stringify(answer.content ?? {})}`);
    const requestedSchema = { type: 'object' as const, properties: { name: { type: 'string' as const } } };
    const inputRequests = { name: inputRequired.elicit({ message: question, requestedSchema }) };
    return inputRequired({ inputRequests, requestState: `state of ${question}` });
  });
  const region = {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    count: { type: 'integer', 'x-mcp-header': 'Count' },
  };
  server.registerTool('mirrored', { inputSchema: schema<object>(region) }, (args) => text(JSON.stringify(args)));
  server.registerTool('change', {}, () => {
    news.toolsChanged();
    news.resourceUpdated('test://watched');
    return text('changed');
  });
  server.registerResource('watched', 'test://watched', {}, ({ href }) => ({ contents: [{ uri: href, text: 'seen' }] }));
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', () => ({}));
  server.registerPrompt('greet', {}, () => ({
    messages: [{ role: 'user', content: { type: 'text', text: 'Hello' } }],
  }));
  return server;
}

if (http) serveHttp();
else if (eras === 'legacy') await create().connect(new StdioServerTransport());
else serveStdio(() => create(), { legacy: eras === 'modern' ? 'reject' : 'serve' });

function serveHttp(): void {
  // Whoever started it is gone.
  process.stdin.on('end', () => process.exit()).resume();
  const modern = createMcpHandler(() => create(modern.notify), { legacy: 'reject' });
  const sessions = new Map<string, SessionTransport>();
  const isLegacy = async (request: Request): Promise<boolean> =>
    eras === 'legacy' || (eras === 'both' && (await isLegacyRequest(request)));
  const handle = toNodeHandler({
    fetch: async (request) => ((await isLegacy(request)) ? serveSession(sessions, request) : modern.fetch(request)),
  });
  const server = createServer((request, response) => void handle(request as Parameters<typeof handle>[0], response));
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
}

async function serveSession(sessions: Map<string, SessionTransport>, request: Request): Promise<Response> {
  const id = request.headers.get('mcp-session-id');
  const known = id === null ? undefined : sessions.get(id);
  if (known) return known.handleRequest(request);
  const transport: SessionTransport = new SessionTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (newId) => void sessions.set(newId, transport),
  });
  await create().connect(transport);
  return transport.handleRequest(request);
}
