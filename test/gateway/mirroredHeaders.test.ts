/** Arguments that a modern server wants repeated in headers: what its list says is followed, read again when it refuses, and not trusted to be sound. */
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Launch } from '../../server/src/mcp/definition.ts';
import { eraClient, httpTransport } from './support/eraClient.ts';
import { runGateway, textOf } from './support/running.ts';

const HEADER_MISMATCH = -32020;
const policy = { version: '1', default: 'allow' };

interface Ask {
  readonly id: number;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

/** `calls`: the headers of each `tools/call` that came. */
interface HeaderServer extends AsyncDisposable {
  readonly launch: Launch;
  readonly calls: IncomingMessage['headers'][];
  header: string;
}

/** Its tool `find` wants the argument `region` in the header that `header` names; it refuses a call without. */
async function startHeaderServer(accepts: (headers: IncomingMessage['headers']) => boolean): Promise<HeaderServer> {
  const calls: IncomingMessage['headers'][] = [];
  const answer = ({ method }: Ask, headers: IncomingMessage['headers']): object => {
    if (method === 'server/discover') return { result: discovery };
    if (method === 'tools/list') return { result: { ...cacheable, tools: [tool('find', server.header), unsound] } };
    if (method !== 'tools/call') return { error: { code: -32601, message: 'That is of another era.' } };
    calls.push(headers);
    if (!accepts(headers)) return { error: { code: HEADER_MISMATCH, message: 'The headers do not repeat the body.' } };
    return { result: { resultType: 'complete', content: [{ type: 'text', text: 'found' }] } };
  };
  const listener = http.createServer((request, response) => {
    void textIn(request).then((text) => {
      const ask = JSON.parse(text) as Ask;
      const said = answer(ask, request.headers);
      response.writeHead('error' in said ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: ask.id, ...said }));
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const server: HeaderServer = {
    launch: { kind: 'http', url: `http://127.0.0.1:${port}/mcp`, headers: {} },
    calls,
    header: 'Region',
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return server;
}

const cacheable = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
const discovery = {
  ...cacheable,
  supportedVersions: ['2026-07-28'],
  capabilities: { tools: {} },
  serverInfo: { name: 'header-server', version: '1' },
};

function tool(name: string, header: string): object {
  const region = { type: 'string', 'x-mcp-header': header };
  return { name, inputSchema: { type: 'object', properties: { region } } };
}

/** A header name that would break the message in two. */
const unsound = tool('unsound', 'Region\r\nX-Injected: 1');

async function textIn(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const find = { name: 'find', arguments: { region: 'eu' } };

test('a call that the server refuses for its headers is sent once more, with those that its list names by now', async () => {
  await using server = await startHeaderServer((headers) => headers['mcp-param-zone'] === 'eu');
  await using running = await runGateway(server.launch, { policy });
  await using client = await closing(running);
  await client.listTools();
  server.header = 'Zone';

  expect(textOf(await client.callTool(find))).toBe('found');
  expect(server.calls.map((headers) => [headers['mcp-param-region'], headers['mcp-param-zone']])).toEqual([
    ['eu', undefined],
    [undefined, 'eu'],
  ]);
  expect(running.decisions().map(({ decision }) => decision)).toEqual(['allow']);
});

test('a server that refuses again is not asked a third time, and the client is told', async () => {
  await using server = await startHeaderServer(() => false);
  await using running = await runGateway(server.launch, { policy });
  await using client = await closing(running);

  await expect(client.callTool(find)).rejects.toThrow('The headers do not repeat the body.');
  expect(server.calls).toHaveLength(2);
});

test('a tool whose headers cannot be sent is neither listed nor called', async () => {
  await using server = await startHeaderServer(() => true);
  await using running = await runGateway(server.launch, { policy });
  await using client = await closing(running);

  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['find']);
  const result = await client.callTool({ name: 'unsound', arguments: { region: 'eu' } });
  expect(result.isError).toBe(true);
  expect(server.calls).toEqual([]);
  expect(running.log.some(({ message }) => message.startsWith('A tool is not offered'))).toBe(true);
});

async function closing(running: Parameters<typeof httpTransport>[0]) {
  const client = await eraClient(httpTransport(running), { era: 'modern' });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}
