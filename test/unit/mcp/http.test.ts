import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteLaunch } from '../../../server/src/mcp/definition.ts';
import { UpstreamError } from '../../../server/src/mcp/errors.ts';
import { openTransport } from '../../../server/src/mcp/open.ts';
import type { StubHttpOptions } from '../../support/servers/behaviour.mts';
import { converse, textOf } from '../../support/servers/conversation.ts';
import { collectingLog } from '../../support/servers/log.ts';
import { received, startEverything, startStub, type RunningServer } from '../../support/servers/start.ts';

describe.each(['http', 'sse'] as const)('the real server-everything over %s', (kind) => {
  let server: RunningServer;
  beforeAll(async () => (server = await startEverything(kind)));
  afterAll(() => server.stop());

  test('answers calls', async () => {
    await using talk = await converse(server.launch);
    await talk.initialize();
    const answer = await talk.ask('tools/call', { name: 'echo', arguments: { message: 'hi' } });
    expect(textOf(answer)).toContain('hi');
  });

  test('notifies of its own accord', async () => {
    await using talk = await converse(server.launch);
    await talk.initialize();
    const answer = await talk.ask('tools/call', { name: 'toggle-simulated-logging', arguments: {} });
    expect(textOf(answer)).toContain('Started');
    await expect(talk.told('notifications/message')).resolves.toBeDefined();
  });
});

test('`http` falls back to legacy SSE where the server speaks only that', async () => {
  await using server = await startStub({ kind: 'sse' });
  await using talk = await converse({ ...server.launch, kind: 'http' });
  await talk.initialize();
  expect(textOf(await talk.ask('tools/call', { name: 'echo', arguments: { a: 1 } }))).toBe('{"a":1}');
});

describe.each<StubHttpOptions>([
  { kind: 'http', answers: 'json' },
  { kind: 'http', answers: 'sse' },
  { kind: 'http', answers: 'sse', breakStream: true },
  { kind: 'sse' },
])('a stub over %j', (options) => {
  let server: RunningServer;
  const record = path.join(mkdtempSync(path.join(tmpdir(), 'stub-')), 'received');
  const rawResults = { precise: '{"amount":1.000000000000000005,"content":[]}' };
  const bigOn = { tool: 'big', bytes: 300_000 };
  beforeAll(
    async () => (server = await startStub(options, { record, rawResults, bigOn, dieOn: 'boom', hangOn: 'hang' })),
  );
  afterAll(() => server.stop());

  test('number text survives', async () => {
    await using talk = await converse(server.launch);
    await talk.initialize();
    expect(JSON.stringify(await talk.ask('tools/call', { name: 'precise' }))).toContain('1.000000000000000005');
    expect(received(record).map(({ method }) => method)).toContain('notifications/initialized');
  });

  test('an answer over the limit is refused', async () => {
    await using talk = await converse(server.launch, { maxMessageBytes: 100_000 });
    await talk.initialize();
    const refused = Promise.race([talk.ask('tools/call', { name: 'big' }), talk.closed]);
    const reason = await refused.catch((error: unknown) => error);
    expect(reason).toMatchObject({ code: 'too-large', sent: true });
  });

  test('closing during a call ends the connection without a reason', async () => {
    const talk = await converse(server.launch);
    await talk.initialize();
    const call = talk.transport.send({ jsonrpc: '2.0', id: 99, method: 'tools/call', params: { name: 'hang' } });
    // Legacy SSE accepts a message before it is answered; the other way, the send waits for the answer.
    const settled = call.then(
      () => 'accepted',
      (error: UpstreamError) => error.code,
    );
    if (options.kind === 'sse') await settled;
    await talk.transport.close();
    expect(await settled).toBe(options.kind === 'sse' ? 'accepted' : 'closed');
    expect(await talk.closed).toBeUndefined();
  });

  test('its death reaches the caller, and whoever calls later', async () => {
    await using talk = await converse(server.launch);
    await talk.initialize();
    const lost = Promise.race([talk.ask('tools/call', { name: 'boom' }), talk.closed]).catch((error: unknown) => error);
    expect(await lost).toMatchObject({ code: expect.stringMatching(/died|unreachable/) as string });
    await expect(talk.ask('ping')).rejects.toBeInstanceOf(UpstreamError);
  });
});

/** What a client is told that initializes against a server which behaves like this. */
async function failureOf(http: Omit<StubHttpOptions, 'kind'>, headers: RemoteLaunch['headers'] = {}): Promise<unknown> {
  await using server = await startStub({ kind: 'http', ...http });
  await using talk = await converse({ ...server.launch, headers });
  return await talk.initialize().then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a server that refuses', () => {
  test.each([401, 403])('%i: credentials', async (status) => {
    expect(await failureOf({ status })).toMatchObject({ code: 'unauthorized', status, sent: true });
  });

  test.each([400, 404, 405, 500])('%i, and no legacy SSE either', async (status) => {
    expect(await failureOf({ status })).toMatchObject({ code: 'refused', status });
  });

  test('the right header opens it, and no message shows a wrong one', async () => {
    const authorization = 'Bearer s3cret-token';
    expect(await failureOf({ authorization }, { Authorization: authorization })).toBeUndefined();
    const refused = (await failureOf({ authorization }, { Authorization: 'Bearer wr0ng-token' })) as Error;
    expect(refused.message).not.toContain('wr0ng-token');
  });

  test('a redirect is not followed, and only its origin is shown', async () => {
    const failure = (await failureOf({ redirectTo: 'https://elsewhere.example/mcp?key=secret' })) as Error;
    expect(failure.message).toContain('redirects to https://elsewhere.example, and redirects are not followed');
    expect(failure.message).not.toContain('secret');
  });
});

test('legacy SSE: messages, and with them credentials, go to no other origin', async () => {
  const endpoint = 'http://127.0.0.2:1/message';
  await using server = await startStub({ kind: 'sse', endpoint });
  await expect(converse(server.launch)).rejects.toMatchObject({ code: 'garbage' });
  await expect(converse(server.launch)).rejects.toThrow('another origin');
});

test('an answer that can no longer be fetched is lost, and its request counts as sent', async () => {
  await using server = await startStub({ kind: 'http', answers: 'sse', breakStream: true, dieOnBreak: true });
  await using talk = await converse(server.launch);
  await talk.initialize();
  await expect(talk.ask('tools/call', { name: 'echo' })).rejects.toMatchObject({ code: 'died', sent: true });
});

test('a forgotten session ends the connection', async () => {
  await using server = await startStub({ kind: 'http', forgetAfter: 3 });
  await using talk = await converse(server.launch);
  await talk.initialize();
  await expect(talk.ask('ping')).rejects.toMatchObject({ code: 'session-lost' });
  expect(await talk.closed).toMatchObject({ code: 'session-lost' });
});

test('a cancelled request gives its stream up', async () => {
  await using server = await startStub({ kind: 'http' }, { hangOn: 'hang' });
  await using talk = await converse(server.launch);
  await talk.initialize();
  const ended = expect(talk.ask('tools/call', { name: 'hang' })).rejects.toMatchObject({ code: 'closed', sent: true });
  const requestId = 2;
  await talk.transport.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  await ended;
  expect(textOf(await talk.ask('tools/call', { name: 'echo' }))).toBe('null');
});

test.each([
  ['on the GET stream', { kind: 'http', strict: true }],
  ['also after that stream broke', { kind: 'http', strict: true, breakStream: true }],
] as const)('what the server says of its own accord arrives %s', async (_, http) => {
  await using server = await startStub(http, { changeOn: 'grow', changedTools: [] });
  await using talk = await converse(server.launch);
  await talk.initialize();
  const changed = talk.told('notifications/tools/list_changed');
  // The stream may still be opening: ask until it is told.
  await expect
    .poll(() => Promise.race([changed, talk.ask('tools/call', { name: 'grow' })]), { timeout: 10_000 })
    .toHaveProperty('method');
});

describe('addresses and headers that cannot be used', () => {
  const open = (launch: Partial<RemoteLaunch>): unknown => {
    const { log } = collectingLog();
    return openTransport({ kind: 'http', url: 'http://127.0.0.1/', headers: {}, ...launch }, { log });
  };
  test.each([
    [{ url: 'ftp://host/' }, '"ftp:"'],
    [{ url: 'localhost:80' }, 'must begin with http'],
    [{ url: '' }, 'no address'],
    [{ headers: { 'X-Key': 'secret\nvalue' } }, 'The header "X-Key"'],
  ])('%j', (launch, words) => {
    expect(() => open(launch)).toThrow(words);
    expect(() => open(launch)).not.toThrow('secret');
  });

  test('nothing listens: nothing was sent', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    for (const kind of ['http', 'sse'] as const) {
      const attempt = converse({ kind, url: `http://127.0.0.1:${port}/key`, headers: {} }).then((talk) =>
        talk.initialize(),
      );
      await expect(attempt).rejects.toMatchObject({
        code: 'unreachable',
        sent: false,
        message: expect.stringContaining('nothing listens there') as string,
      });
      await expect(attempt).rejects.not.toThrow('/key');
    }
  });

  test('a user name in the address travels as a header', async () => {
    const authorization = `Basic ${Buffer.from('me:pa ss').toString('base64')}`;
    await using server = await startStub({ kind: 'http', authorization });
    const url = server.launch.url.replace('://', '://me:pa%20ss@');
    await using talk = await converse({ ...server.launch, url });
    await expect(talk.initialize()).resolves.toHaveProperty('result');
  });
});
