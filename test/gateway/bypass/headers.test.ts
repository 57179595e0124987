/** Row 33 of docs/security-tests.md: what the client sends in headers stays with the gateway, and what the server's definition sends stays with the server. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openSession } from '../support/http.ts';
import { runGateway } from '../support/running.ts';

/** A streamable HTTP server that keeps the headers of every request, and hands out secrets in its own. */
async function headerServer(seen: http.IncomingHttpHeaders[]): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    seen.push(request.headers);
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { id, method } = JSON.parse(body || '{}') as { id?: unknown; method?: string };
      if (id === undefined) {
        response.writeHead(request.method === 'POST' ? 202 : 405).end();
        return;
      }
      const result =
        method === 'initialize' ? greeting : method === 'tools/list' ? { tools: [{ name: 'echo' }] } : { content: [] };
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'own=secret', 'x-secret': 'secret' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const greeting = {
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: { name: 'h', version: '1' },
};

test('row 33: credentials cross in neither direction', async () => {
  const seen: http.IncomingHttpHeaders[] = [];
  const server = await headerServer(seen);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  const launch = { kind: 'http', url, headers: { authorization: 'Bearer of-the-server' } } as const;
  await using running = await runGateway(launch, { policy: { version: '1', default: 'allow' } });
  const session = await openSession(running);
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo' } };
  const answer = await session.post(call, {
    cookie: 'client=1',
    'x-client': '1',
    'proxy-authorization': 'Basic x',
    te: 'trailers',
  });

  expect(answer.json.result).toEqual({ content: [] });
  expect(JSON.stringify(answer.headers)).not.toContain('secret');
  expect(seen.every(({ authorization }) => authorization === 'Bearer of-the-server')).toBe(true);
  expect(JSON.stringify(seen)).not.toContain(running.token);
  expect(JSON.stringify(seen)).not.toContain(session.id);
  for (const name of ['cookie', 'x-client', 'proxy-authorization', 'te'])
    expect(seen.some((each) => name in each)).toBe(false);
  server.closeAllConnections();
  server.close();
});
