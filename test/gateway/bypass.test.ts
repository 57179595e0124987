/**
 * Ways around a policy that worked elsewhere, one test each, by the numbers of the bypass checklist. The upstream records every message
 * that reaches it, as text: what is not there never arrived.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { makeFolder, type Folder } from '../support/folder.ts';
import { received, receivedTexts, stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession, ruleOf, send, type RawSession } from './support/http.ts';
import { runGateway, type TestGateway } from './support/running.ts';

const policy = {
  version: '1',
  default: 'allow',
  hide: ['hidden'],
  tools: {
    denied: { action: 'deny' },
    pay: { deny_if: [{ path: 'args.amount', op: 'gt', value: 100 }] },
    constructor: { action: 'deny' },
    ten: { limits: [{ counter: 'ten', window: 'day', max: 10 }] },
  },
};
const names = ['echo', 'denied', 'hidden', 'pay', 'constructor', 'ten', '__proto__', 'Denied', 'twice', 'twice'];

let folder: Folder;
let record: string;
let running: TestGateway;
let session: RawSession;

beforeAll(async () => {
  folder = await makeFolder();
  record = folder.file('received');
  running = await runGateway(stubLaunch({ record, tools: names.map(stubTool) }), { policy });
  session = await openSession(running);
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});
beforeEach(() => {
  writeFileSync(record, '');
});

/** The calls that arrived since the test began. */
const calls = () => received(record).filter(({ method }) => method === 'tools/call');
const callOf = (name: string, args = '{}', id: unknown = randomUUID()): string =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"tools/call","params":{"name":${JSON.stringify(name)},"arguments":${args}}}`;

describe('1 names', () => {
  test.each([
    'denied\u0000',
    ' denied',
    'denied ',
    'ｄenied',
    'denied\u200b',
    'den\u202eied',
    '',
    '*',
    'x'.repeat(129),
  ])('%j is not a way to spell a tool', async (name) => {
    expect(ruleOf(await session.call(name))).toBe('(unavailable)');
    expect(calls()).toEqual([]);
  });
  test('case counts: "Denied" is another tool than "denied"', async () => {
    expect(ruleOf(await session.call('denied'))).toBe('/tools/denied/action');
    expect(ruleOf(await session.call('Denied'))).toBeUndefined();
    expect(calls().map(({ params }) => params?.['name'])).toEqual(['Denied']);
  });
});

describe('3 keys', () => {
  test.each([
    ['the name twice', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","name":"denied"}}'],
    [
      'the name twice, escaped',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","n\\u0061me":"denied"}}',
    ],
    [
      'params twice',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"},"params":{"name":"denied"}}',
    ],
    ['an argument twice', callOf('pay', '{"amount":1,"amount":1000}')],
    [
      'a method beside the method',
      '{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call","params":{"name":"denied"}}',
    ],
    [
      'a Name beside the name',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","Name":"denied"}}',
    ],
    ['a Kelvin sign', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","tas\u212a":{}}}'],
    ['a request that is a response too', '{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}'],
  ])('%s is refused', async (_what, body) => {
    const answer = await session.post(body);
    expect(answer.json.error?.code).toBeLessThanOrEqual(-32600);
    expect(calls()).toEqual([]);
  });
});

describe('4 prototypes', () => {
  test('a tool called "constructor" obeys its own rule, one called "__proto__" the default', async () => {
    expect(ruleOf(await session.call('constructor'))).toBe('/tools/constructor/action');
    expect(ruleOf(await session.call('__proto__'))).toBeUndefined();
    expect(ruleOf(await session.call('toString'))).toBe('(unavailable)');
  });
  test('an argument "__proto__" is an argument, to the policy and to the server', async () => {
    const args = '{"__proto__":{"amount":1},"amount":1000}';
    expect(ruleOf(await session.post(callOf('pay', args)))).toBe('/tools/pay/deny_if/args.amount-gt');
    await session.post(callOf('pay', '{"__proto__":{"amount":1000}}'));
    expect(receivedTexts(record).at(-1)).toContain('"arguments":{"__proto__":{"amount":1000}}');
  });
});

describe('5 numbers', () => {
  test.each(['1e400', '-1e400'])('%s is no number that can be forwarded', async (number) => {
    expect((await session.post(callOf('echo', `{"n":${number}}`))).status).toBe(400);
    expect(calls()).toEqual([]);
  });
  test.each(['9007199254740993', '100.00000000000000000001', '"99999"', '[1000]', 'null', 'true'])(
    'an amount of %s cannot be compared, so the call is denied',
    async (amount) => {
      expect(ruleOf(await session.post(callOf('pay', `{"amount":${amount}}`)))).toBe(
        '/tools/pay/deny_if/args.amount-gt',
      );
      expect(calls()).toEqual([]);
    },
  );
  test('digits travel as they were written', async () => {
    await session.post(callOf('echo', '{"n":9007199254740993,"x":1.000000000000000005,"z":-0,"e":1E2}'));
    expect(receivedTexts(record).at(-1)).toContain('{"n":9007199254740993,"x":1.000000000000000005,"z":-0,"e":1E2}');
  });
});

describe('8 batches', () => {
  const batch = `[${callOf('echo')},${callOf('denied')},${callOf('hidden')}]`;
  test.each(['2025-06-18', '2025-11-25'])('are refused on %s', async (revision) => {
    const own = await openSession(running, { revision });
    expect((await own.post(batch)).status).toBe(400);
    expect(calls()).toEqual([]);
  });
  test.each(['2024-11-05', '2025-03-26'])('are judged one by one on %s', async (revision) => {
    const own = await openSession(running, { revision });
    const answer = await own.post(batch);
    expect(JSON.parse(answer.text)).toHaveLength(3);
    expect(calls().map(({ params }) => params?.['name'])).toEqual(['echo']);
  });
  test('cannot hold an "initialize"', async () => {
    const own = await openSession(running, { revision: '2025-03-26' });
    const init =
      '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{}}}';
    expect((await own.post(`[${init}]`)).status).toBe(400);
  });
});

test('9 a call without an id is dropped and recorded', async () => {
  await session.post('{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo","arguments":{}}}');
  await session.call('echo', { after: true });
  expect(calls()).toHaveLength(1);
  expect(running.decisions().at(-2)).toMatchObject({ decision: 'deny', tool: 'echo', rule: '/methods/tools/call' });
});

describe('10 ids', () => {
  test.each(['null', 'true', '{}', '[1]', '1.5', '9007199254740993', '1e400'])('%s is no id', async (id) => {
    const answer = await session.post(`{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"echo"}}`);
    expect(answer.status).toBe(400);
    expect(calls()).toEqual([]);
  });
  test("the server never sees a client's id, and every client gets its own answer", async () => {
    const others = await Promise.all(Array.from({ length: 20 }, () => openSession(running)));
    const answers = await Promise.all(others.map((other, index) => other.post(callOf('echo', `{"who":${index}}`, 7))));
    answers.forEach(({ text }, index) => expect(text).toContain(`{\\"who\\":${index}}`));
    const ids = calls().map((call) => (call as { id?: unknown }).id);
    expect(new Set(ids).size).toBe(20);
  });
});

describe('14 methods', () => {
  test.each([
    'tools/call ',
    'Tools/Call',
    'tools/list/../call',
    'server/discover',
    'sampling/createMessage',
    'rpc.discover',
  ])('%j is not a method that passes', async (method) => {
    const answer = await session.post({ jsonrpc: '2.0', id: 1, method, params: { name: 'denied' } });
    expect(answer.json.error).toMatchObject({
      code: -32601,
      data: { 'portcullis/decision': { rule: `/methods/${method}` } },
    });
    expect(received(record)).toEqual([]);
  });
  test('tasks came with 2025-11-25', async () => {
    const own = await openSession(running, { revision: '2025-06-18' });
    expect((await own.post({ jsonrpc: '2.0', id: 1, method: 'tasks/list' })).json.error?.code).toBe(-32601);
  });
});

test('11 a task-augmented call is judged as any other, and tasks of nobody cannot be fetched', async () => {
  const asTask = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'denied', task: { ttl: 1000 } } };
  const denied = await session.post(asTask);
  expect(ruleOf(denied)).toBe('/tools/denied/action');
  expect(denied.json.result).not.toHaveProperty('task');
  const guessed = await session.post({ jsonrpc: '2.0', id: 2, method: 'tasks/result', params: { taskId: 'guess' } });
  expect(guessed.json.error?.code).toBe(-32602);
  expect(received(record)).toEqual([]);
});

test('12 parameters of a retry that this revision does not know are refused', async () => {
  const params = { name: 'echo', arguments: {}, inputResponses: {}, requestState: 'x' };
  const answer = await session.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  expect(answer.json.error?.code).toBe(-32602);
  expect(calls()).toEqual([]);
});

test('16 a session belongs to who opened it, and its id cannot be guessed', async () => {
  expect(Buffer.from(session.id, 'base64url').length).toBeGreaterThanOrEqual(16);
  const guess = await session.post(callOf('echo'), { 'mcp-session-id': [...session.id].reverse().join('') });
  expect(guess.status).toBe(404);
  const none = await session.post(callOf('echo'), { 'mcp-session-id': undefined });
  expect(none.status).toBe(400);
  expect(calls()).toEqual([]);
});

describe('17 headers decide nothing that the body says', () => {
  test('a header that names another tool changes nothing', async () => {
    const answer = await session.post(callOf('denied'), { 'mcp-name': 'echo', 'mcp-method': 'ping' });
    expect(ruleOf(answer)).toBe('/tools/denied/action');
  });
  test('another revision than the agreed one is refused', async () => {
    expect((await session.post(callOf('echo'), { 'mcp-protocol-version': '2025-03-26' })).status).toBe(400);
    expect(calls()).toEqual([]);
  });
  test.each(['mcp-session-id', 'host', 'authorization', 'content-type', 'origin'])(
    '%s must not come twice',
    async (name) => {
      const values: Record<string, string> = {
        'mcp-session-id': session.id,
        host: running.url.host,
        authorization: `Bearer ${running.token}`,
        'content-type': 'application/json',
        origin: `http://${running.url.host}`,
      };
      const answer = await session.post(callOf('echo'), { [name]: [values[name] ?? '', values[name] ?? ''] });
      expect(answer.status).toBe(400);
      expect(calls()).toEqual([]);
    },
  );
});

describe('18 bodies', () => {
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
    expect((await session.post(callOf('echo'), { 'content-type': type })).status).toBe(status);
  });
  test.each(['gzip', 'br', 'deflate', 'utf-7'])('Content-Encoding %s is refused', async (encoding) => {
    expect((await session.post(callOf('echo'), { 'content-encoding': encoding })).status).toBe(415);
  });
  test.each([
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(callOf('echo'))])],
    ['UTF-16', Buffer.from(callOf('echo'), 'utf16le')],
    [
      'broken UTF-8',
      Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":"'), Buffer.from([0xff, 0xc0]), Buffer.from('"}')]),
    ],
    ['half a surrogate pair', Buffer.from(callOf('echo', '{"a":"\\ud800"}'))],
    ['a comment', Buffer.from(`${callOf('echo')} // x`)],
    ['two messages', Buffer.from(`${callOf('echo')}\n${callOf('denied')}`)],
  ])('%s is refused', async (_what, body) => {
    expect((await session.post(body)).status).toBe(400);
    expect(calls()).toEqual([]);
  });
});

describe('19 sizes', () => {
  test('a body over 4 MiB is refused, announced or not', async () => {
    const body = callOf('echo', JSON.stringify({ text: 'x'.repeat(4 * 1024 * 1024) }));
    expect((await session.post(body)).status).toBe(413);
    expect((await session.post(body, { 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect(calls()).toEqual([]);
  });
  test.each([62, 20_000])('arguments %i levels deep are refused', async (depth) => {
    const answer = await session.post(callOf('echo', `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`));
    expect(answer.status).toBe(400);
    expect(calls()).toEqual([]);
  });
});

test('20 a hidden tool, and one that is listed twice, is on no page and cannot be called', async () => {
  await using paged = await runGateway(stubLaunch({ record, tools: names.map(stubTool), pageSize: 2 }), { policy });
  const client = await paged.client();
  const listed: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await client.listTools(cursor === undefined ? {} : { cursor });
    listed.push(...page.tools.map(({ name }) => name));
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  expect(listed).toEqual(names.filter((name) => !['hidden', 'twice'].includes(name)));
  const own = await openSession(paged);
  expect(ruleOf(await own.call('twice'))).toBe('(unavailable)');
  expect(calls()).toEqual([]);
});

test('20 pages that never end are an error, and nothing is called', async () => {
  await using looping = await runGateway(stubLaunch({ record, cursorLoop: true, tools: 3, pageSize: 1 }), { policy });
  const own = await openSession(looping);
  expect((await own.call('tool_1')).json.error?.message).toContain('never end');
  expect(calls()).toEqual([]);
});

test('22 the gateway adds no arguments', async () => {
  await session.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo' } });
  expect(calls()[0]?.params).toEqual({ name: 'echo' });
});

test('25 a limit of ten holds among a hundred calls at once, over several sessions', async () => {
  const sessions = await Promise.all(Array.from({ length: 4 }, () => openSession(running)));
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => (sessions[index % 4] as RawSession).post(callOf('ten'))),
  );
  expect(answers.filter((answer) => ruleOf(answer) === undefined)).toHaveLength(10);
  expect(calls()).toHaveLength(10);
  const refused = answers.find((answer) => ruleOf(answer) !== undefined);
  expect(refused?.json.result?.['_meta']).toMatchObject({
    'portcullis/decision': { retryAfter: expect.any(Number) as number },
  });
});

test('32 argument values are in no record and no log line', async () => {
  await session.call('echo', { password: 'hunter2-secret' });
  await session.call('denied', { password: 'hunter2-secret' });
  const records = JSON.stringify(running.state.audit.read({}));
  expect(records).toContain('password');
  expect(records).not.toContain('hunter2');
  expect(JSON.stringify(running.log)).not.toContain('hunter2');
  expect(JSON.stringify([records, running.log])).not.toContain(session.id);
});

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
      (await session.post(callOf('echo'), { host: host && `${host}:${running.url.port}` })).status,
    ).toBeGreaterThanOrEqual(400);
    expect(calls()).toEqual([]);
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
    expect((await session.post(callOf('echo'), { origin })).status).toBe(403);
    expect(calls()).toEqual([]);
  });
  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('%s is this machine', async (host) => {
    const authority = `${host}:${running.url.port}`;
    expect((await session.post(callOf('echo'), { host: authority, origin: `http://${authority}` })).status).toBe(200);
  });
  test.each([undefined, '', 'Bearer', 'Bearer wrong', 'Basic dXNlcjpwYXNz', 'Token x'])(
    'Authorization %j is refused, on every path alike',
    async (authorization) => {
      for (const path of [running.url.pathname, '/mcp/none', '/', '/control/status', '/control/stop']) {
        const answer = await send(running, { path, headers: { authorization }, body: callOf('echo') });
        expect(answer.status).toBe(401);
        expect(answer.text).not.toContain('stub');
      }
      expect(calls()).toEqual([]);
    },
  );
  test('a grant token does not open the control channel, nor the control token a server', async () => {
    expect((await send(running, { method: 'GET', path: '/control/status' })).status).toBe(401);
    const control = { authorization: 'Bearer control-token-of-the-tests-0123456789abcdefgh' };
    expect((await session.post(callOf('echo'), control)).status).toBe(401);
    expect((await send(running, { method: 'GET', path: '/control/status', headers: control })).status).toBe(200);
  });
});
