/** Rows of docs/security-tests.md that the stateless revision opens anew: each is held by a request written by hand. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from '../../support/folder.ts';
import { eraLaunch } from '../../support/servers/start.ts';
import { ruleOf, send } from '../support/http.ts';
import { modernMessage, postModern, type ModernRequest } from '../support/modern.ts';
import { runGateway, type TestGateway } from '../support/running.ts';

const policy = {
  version: '1',
  default: 'allow',
  hide: ['hidden'],
  tools: { denied: { action: 'deny' }, ask: { limits: [{ counter: 'ask', window: 'day', max: 3 }] } },
};

const resources = new AsyncDisposableStack();
let running: TestGateway;
let record: string;

beforeAll(async () => {
  const folder = resources.use(await makeFolder());
  record = folder.file('record');
  running = resources.use(await runGateway(eraLaunch({ eras: 'modern', record }), { policy }));
});
afterAll(() => resources.disposeAsync());
beforeEach(() => writeFileSync(record, ''));

const post = (request: ModernRequest) => postModern(running, request);
const did = (): string => (existsSync(record) ? readFileSync(record, 'utf8') : '');
const echo = { name: 'echo', arguments: { message: 'm' } };
const denied = { name: 'denied', arguments: {} };

describe('row 17: headers and body', () => {
  test.each<[string, ModernRequest['headers']]>([
    ['no method', { 'mcp-method': undefined }],
    ['another method', { 'mcp-method': 'tools/list' }],
    ['no name', { 'mcp-name': undefined }],
    ['the name of a denied tool', { 'mcp-name': 'denied' }],
    ['a name twice', { 'mcp-name': ['echo', 'echo'] }],
    ['a name in base64 that is none', { 'mcp-name': '=?base64?ZWNobw?=' }],
    ['no revision', { 'mcp-protocol-version': undefined }],
    ['another revision', { 'mcp-protocol-version': '2025-11-25' }],
  ])('%s is refused with 400 and -32020', async (_what, headers) => {
    const answer = await post({ params: echo, headers });
    expect([answer.status, answer.json.error?.code]).toEqual([400, -32020]);
    expect(did()).toBe('');
  });

  test('a header that names an allowed tool does not let a denied one through', async () => {
    expect((await post({ params: denied, headers: { 'mcp-name': 'echo' } })).status).toBe(400);
    expect(ruleOf(await post({ params: denied }))).toBe('/tools/denied/action');
    expect(did()).toBe('');
  });

  test('an encoded name is decoded before it is compared', async () => {
    expect((await post({ params: echo, headers: { 'mcp-name': '=?base64?ZWNobw==?=' } })).status).toBe(200);
  });

  test('an argument and its header must agree', async () => {
    const params = { name: 'mirrored', arguments: { region: 'eu', count: 3 } };
    const right = { 'mcp-param-region': 'eu', 'mcp-param-count': '3.0' };
    expect((await post({ params, headers: right })).status).toBe(200);
    for (const wrong of [{}, { ...right, 'mcp-param-region': 'us' }, { 'mcp-param-region': 'eu' }])
      expect((await post({ params, headers: wrong })).json.error?.code).toBe(-32020);
    const absent = { name: 'mirrored', arguments: { region: 'eu' } };
    expect((await post({ params: absent, headers: right })).json.error?.code).toBe(-32020);
  });
});

describe('row 3: what is not known does not pass', () => {
  test('an unknown parameter, and the task of an older revision', async () => {
    for (const stray of [{ Name: 'denied' }, { task: {} }])
      expect((await post({ params: { ...echo, ...stray } })).json.error?.code).toBe(-32602);
    expect(did()).toBe('');
  });
  test('a revision that is not spoken, and an envelope that is not whole', async () => {
    const meta = { 'io.modelcontextprotocol/protocolVersion': '2099-01-01' };
    const unknown = await post({ params: echo, meta, headers: { 'mcp-protocol-version': '2099-01-01' } });
    expect([unknown.status, unknown.json.error?.code]).toEqual([400, -32022]);
    expect(unknown.json.error?.data).toMatchObject({ supported: ['2026-07-28'], requested: '2099-01-01' });
    const bare = await post({ params: echo, meta: { 'io.modelcontextprotocol/clientCapabilities': undefined } });
    expect([bare.status, bare.json.error?.code]).toEqual([400, -32602]);
  });
});

test('row 8: a batch is refused, whatever is in it', async () => {
  const body = JSON.stringify([modernMessage({ params: echo }), modernMessage({ params: denied })]);
  expect((await send(running, { body, headers: { 'mcp-protocol-version': '2026-07-28' } })).status).toBe(400);
  expect(did()).toBe('');
});

test('row 9: a call without an id is dropped and recorded', async () => {
  const { id: _id, ...notification } = modernMessage({ params: echo });
  const answer = await send(running, {
    body: JSON.stringify(notification),
    headers: { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'echo' },
  });
  expect(answer.status).toBe(400);
  expect(did()).toBe('');
  expect(running.decisions().at(-1)).toMatchObject({ tool: 'echo', decision: 'deny', rule: '/methods/tools/call' });
});

test('row 10: two clients that use the same id each get their own answer', async () => {
  const message = { ...modernMessage({ params: echo }), id: 1 };
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'echo' };
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((word) =>
      send(running, {
        headers,
        body: JSON.stringify({ ...message, params: { ...message.params, arguments: { message: word } } }),
      }),
    ),
  );
  expect(answers.map(({ text }) => /Echo: (\w)/.exec(text)?.[1])).toEqual(['a', 'b', 'c']);
});

test('row 11: a task is nobody’s who did not agree on tasks', async () => {
  const answer = await post({ method: 'tasks/get', params: { taskId: 'guessed' } });
  expect([answer.status, answer.json.error?.code]).toEqual([404, -32601]);
});

describe('row 12: a retry with what was asked for', () => {
  const capabilities = { elicitation: {} };
  const params = { name: 'ask', arguments: { message: 'Who?' } };
  const inputResponses = { name: { action: 'accept', content: { name: 'Ann' } } };

  test('is judged and counted anew, and its state fits only the very same request', async () => {
    const first = await post({ params, capabilities });
    expect(first.json.result).toMatchObject({ resultType: 'input_required' });
    const requestState = String(first.json.result?.['requestState']);
    const retry = (changed: object) =>
      post({ capabilities, params: { ...params, inputResponses, requestState, ...changed } });
    for (const changed of [
      { arguments: { message: 'Me!' } },
      { requestState: `${requestState}x` },
      { requestState: 'state of Who?' },
      { requestState: 5 },
    ])
      expect((await retry(changed)).json.error?.code).toBe(-32602);
    const elsewhere = await post({ capabilities, params: { ...echo, inputResponses, requestState } });
    expect(elsewhere.json.error?.code).toBe(-32602);
    expect((await retry({})).text).toContain('Ann');
    expect((await retry({})).text).toContain('Ann');
    expect(ruleOf(await retry({}))).toContain('/tools/ask/limits');
  });
});

test('row 13: a client that did not say that it answers questions gets none', async () => {
  await using other = await runGateway(eraLaunch({ eras: 'modern', record }), {
    policy: { version: '1', default: 'allow' },
    settings: { methods: { 'elicitation/create': 'deny' } },
  });
  const ask = { name: 'ask', arguments: { message: 'SECRET QUESTION' } };
  // The SDK's server looks at what is declared: closed here, so it is not told of it.
  const closed = await postModern(other, { params: ask, capabilities: { elicitation: {} } });
  expect(closed.text).not.toContain('input_required');
  expect(closed.text).not.toContain('requestedSchema');
});

describe('row 13: a server that asks what it must not', () => {
  test.each([
    ['what the client did not declare', {}, {}, -32021],
    ['what is closed', { sampling: {} }, { 'sampling/createMessage': 'deny' as const }, -32603],
  ])('%s: the question does not arrive', async (_what, capabilities, methods, code) => {
    const server = await askingServer();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
    await using other = await runGateway(
      { kind: 'http', url, headers: {} },
      { policy: { version: '1', default: 'allow' }, settings: { methods } },
    );
    const answer = await postModern(other, { params: { name: 'ask', arguments: {} }, capabilities });
    expect(answer.json.error?.code).toBe(code);
    expect(answer.text).not.toContain('SECRET QUESTION');
    server.closeAllConnections();
    server.close();
  });
});

/** Answers every call with a question, whatever the client can answer. */
async function askingServer(): Promise<http.Server> {
  const question = { method: 'sampling/createMessage', params: { messages: [], systemPrompt: 'SECRET QUESTION' } };
  const results: Readonly<Record<string, object>> = {
    'server/discover': { supportedVersions: ['2026-07-28'], capabilities: { tools: {} } },
    'tools/list': { tools: [{ name: 'ask', inputSchema: { type: 'object' } }] },
    'tools/call': { resultType: 'input_required', inputRequests: { q: question } },
  };
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { id, method } = JSON.parse(body) as { id: unknown; method: string };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { resultType: 'complete', ...results[method] } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

test('row 15: there is no stream to resume, and no session to name', async () => {
  const answer = await post({ params: echo, headers: { 'last-event-id': 'x-1-1', 'mcp-session-id': 'foreign' } });
  expect(answer.status).toBe(200);
  expect(answer.headers['mcp-session-id']).toBeUndefined();
  for (const method of ['GET', 'DELETE'])
    expect((await send(running, { method, headers: { 'mcp-protocol-version': '2026-07-28' } })).status).toBe(405);
});

test('row 16: a request without the token is heard by nobody', async () => {
  expect((await post({ params: echo, headers: { authorization: 'Bearer guessed' } })).status).toBe(401);
  expect((await post({ params: echo, headers: { host: 'evil.example' } })).status).toBe(403);
  expect(did()).toBe('');
});

test('rows 20 and 21: a list has no hidden tool, is for this grant alone, and is soon stale', async () => {
  const { result } = (await post({ method: 'tools/list' })).json;
  expect(JSON.stringify(result)).not.toContain('"hidden"');
  expect(result).toMatchObject({ resultType: 'complete', cacheScope: 'private' });
  expect(result?.['ttlMs']).toBeLessThanOrEqual(5_000);
});

test('methods of the sessions of old do not exist here, nor do unknown ones', async () => {
  for (const method of ['initialize', 'ping', 'logging/setLevel', 'resources/subscribe', 'made/up']) {
    const answer = await post({ method });
    expect([method, answer.status, answer.json.error?.code]).toEqual([method, 404, -32601]);
  }
});
