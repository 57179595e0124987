/** Ways around a policy by how a message travels over HTTP, and who may talk to the gateway at all (rows 16 to 19 of docs/security-tests.md). */
import http from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { HttpFace } from '../../../server/src/gateway/http/face.ts';
import { collectingLog } from '../../support/servers/log.ts';
import { ruleOf, send } from '../support/http.ts';
import { callOf, recordedGateway } from '../support/recorded.ts';

const policy = { version: '1', default: 'allow', tools: { denied: { action: 'deny' } } };
const main = recordedGateway(policy, ['echo', 'denied']);

describe('who may talk to the gateway', () => {
  const hosts = [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost.',
    '0.0.0.0',
    '127.0.0.2',
    'user@127.0.0.1',
    '[::1',
    '',
  ];
  test.each(hosts)('Host %j is refused', async (host) => {
    expect(
      (await main.session.post(callOf('echo'), { host: host && `${host}:${main.running.url.port}` })).status,
    ).toBeGreaterThanOrEqual(400);
    expect(main.calls()).toEqual([]);
  });
  const origins = [
    'null',
    'http://evil.example',
    'https://localhost.evil.example',
    'http://localhost@evil.example',
    'file://',
    'http://127.0.0.1:1/x',
    '',
  ];
  test.each(origins)('Origin %j is refused', async (origin) => {
    expect((await main.session.post(callOf('echo'), { origin })).status).toBe(403);
    expect(main.calls()).toEqual([]);
  });
  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('%s is this machine', async (host) => {
    const authority = `${host}:${main.running.url.port}`;
    expect((await main.session.post(callOf('echo'), { host: authority, origin: `http://${authority}` })).status).toBe(
      200,
    );
  });
  test.each([undefined, '', 'Bearer', 'Bearer wrong', 'Basic dXNlcjpwYXNz', 'Token x'])(
    'Authorization %j is refused, on every path alike',
    async (authorization) => {
      for (const path of [main.running.url.pathname, '/mcp/none', '/', '/control/status', '/control/stop']) {
        const answer = await send(main.running, { path, headers: { authorization }, body: callOf('echo') });
        expect(answer.status).toBe(401);
        expect(answer.text).not.toContain('stub');
      }
      expect(main.calls()).toEqual([]);
    },
  );
  test('a grant token does not open the control channel, nor the control token a server', async () => {
    expect((await send(main.running, { method: 'GET', path: '/control/status' })).status).toBe(401);
    const control = { authorization: 'Bearer control-token-of-the-tests-0123456789abcdefgh' };
    expect((await main.session.post(callOf('echo'), control)).status).toBe(401);
    expect((await send(main.running, { method: 'GET', path: '/control/status', headers: control })).status).toBe(200);
  });
});

test('row 16: a session belongs to who opened it, and its id cannot be guessed', async () => {
  expect(Buffer.from(main.session.id, 'base64url').length).toBeGreaterThanOrEqual(16);
  const guess = await main.session.post(callOf('echo'), { 'mcp-session-id': [...main.session.id].reverse().join('') });
  expect(guess.status).toBe(404);
  const none = await main.session.post(callOf('echo'), { 'mcp-session-id': undefined });
  expect(none.status).toBe(400);
  expect(main.calls()).toEqual([]);
});

describe('row 17: headers decide nothing that the body says', () => {
  test('a header that names another tool changes nothing', async () => {
    const answer = await main.session.post(callOf('denied'), { 'mcp-name': 'echo', 'mcp-method': 'ping' });
    expect(ruleOf(answer)).toBe('/tools/denied/action');
  });
  test('another revision than the agreed one is refused', async () => {
    expect((await main.session.post(callOf('echo'), { 'mcp-protocol-version': '2025-03-26' })).status).toBe(400);
    expect(main.calls()).toEqual([]);
  });
  test.each(['mcp-session-id', 'host', 'authorization', 'content-type', 'origin'])(
    '%s must not come twice',
    async (name) => {
      const values: Record<string, string> = {
        'mcp-session-id': main.session.id,
        host: main.running.url.host,
        authorization: `Bearer ${main.running.token}`,
        'content-type': 'application/json',
        origin: `http://${main.running.url.host}`,
      };
      const answer = await main.session.post(callOf('echo'), { [name]: [values[name] ?? '', values[name] ?? ''] });
      expect(answer.status).toBe(400);
      expect(main.calls()).toEqual([]);
    },
  );
});

describe('row 18: bodies', () => {
  test.each([
    ['text/plain', 415],
    ['application/jsonx', 415],
    ['application/json-rpc', 415],
    ['application/json; charset=utf-16', 415],
    ['application/json; charset=iso-8859-1', 415],
    ['', 415],
    ['application/json; charset=utf-8', 200],
    ['application/json;charset="UTF-8"', 200],
  ])('Content-Type %j: %i', async (type, status) => {
    expect((await main.session.post(callOf('echo'), { 'content-type': type })).status).toBe(status);
  });
  test.each(['gzip', 'br', 'deflate', 'utf-7'])('Content-Encoding %s is refused', async (encoding) => {
    expect((await main.session.post(callOf('echo'), { 'content-encoding': encoding })).status).toBe(415);
  });
  test.each([
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(callOf('echo'))])],
    ['UTF-16', Buffer.from(callOf('echo'), 'utf16le')],
    ['broken UTF-8', Buffer.from(callOf('echo', '{"a":"\u00ff\u00c0"}'), 'latin1')],
    ['half a surrogate pair', Buffer.from(callOf('echo', '{"a":"\\ud800"}'))],
    ['a comment', Buffer.from(`${callOf('echo')} // x`)],
    ['two messages', Buffer.from(`${callOf('echo')}\n${callOf('denied')}`)],
  ])('%s is refused', async (_what, body) => {
    expect((await main.session.post(body)).status).toBe(400);
    expect(main.calls()).toEqual([]);
  });
});

describe('row 19: sizes', () => {
  test('a body over 4 MiB is refused, announced or not', async () => {
    const body = callOf('echo', JSON.stringify({ text: 'x'.repeat(4 * 1024 * 1024) }));
    expect((await main.session.post(body)).status).toBe(413);
    expect((await main.session.post(body, { 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect(main.calls()).toEqual([]);
  });
  test.each([62, 20_000])('arguments %i levels deep are refused', async (depth) => {
    const answer = await main.session.post(callOf('echo', `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`));
    expect(answer.status).toBe(400);
    expect(main.calls()).toEqual([]);
  });
});

test('row 19: who sends slowly is ended: headers have 10 s, a whole request 30 s', async () => {
  const created = vi.spyOn(http, 'createServer');
  const face = new HttpFace({
    servers: new Map(),
    holders: () => [],
    reaches: () => true,
    allowedHosts: new Set(),
    clock: Date.now,
    log: collectingLog().log,
  });
  const options = created.mock.calls[0]?.[0] as http.ServerOptions;
  created.mockRestore();
  expect(options.headersTimeout).toBeLessThanOrEqual(10_000);
  expect(options.requestTimeout).toBeLessThanOrEqual(30_000);
  expect(options.connectionsCheckingInterval).toBeLessThanOrEqual(5_000);
  expect(options.maxHeaderSize).toBeLessThanOrEqual(16 * 1024);
  await face.close();
});
