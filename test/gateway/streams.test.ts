/** Sessions and streams over HTTP as the specification describes them, spoken by hand. */
import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { realLaunch, startStub, stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession, send, type RawSession } from './support/http.ts';
import { runGateway, type TestGateway } from './support/running.ts';

const open = { version: '1', default: 'allow' };

interface SseEvent {
  readonly id: string;
  readonly message: { readonly method?: string; readonly id?: number; readonly params?: Record<string, unknown> };
}

/** A GET stream: its events as they come, until `close`. */
async function listen(running: TestGateway, session: RawSession, lastEventId?: string) {
  const headers = {
    authorization: `Bearer ${running.token}`,
    accept: 'text/event-stream',
    'mcp-session-id': session.id,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get(running.url, { headers, agent: false }, resolve).on('error', reject);
  });
  const events: SseEvent[] = [];
  let waiting: (() => void) | undefined;
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) events.push(eventOf(block));
    waiting?.();
  });
  response.on('error', () => undefined);
  /** The next event, or the next of this method. */
  const next = async (method?: string): Promise<SseEvent> => {
    for (;;) {
      const event = events.shift();
      if (event && (method === undefined || event.message.method === method)) return event;
      if (!event) await new Promise<void>((resolve) => (waiting = resolve));
    }
  };
  return { status: response.statusCode, next, close: () => response.destroy() };
}

function eventOf(block: string): SseEvent {
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  return { id: field('id'), message: JSON.parse(field('data')) as SseEvent['message'] };
}

describe('row 15: the stream of a session', () => {
  test('is resumed after the last event that was seen, and by nobody else', async () => {
    await using running = await runGateway(stubLaunch({ tools: ['a', 'b', 'c'].map(stubTool) }), { policy: open });
    const [session, other] = [await openSession(running), await openSession(running)];
    await session.post({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const stream = await listen(running, session);
    await running.writePolicy({ ...open, hide: ['a'] });
    const first = await stream.next();
    expect(first.message.method).toBe('notifications/tools/list_changed');
    stream.close();
    await running.writePolicy({ ...open, hide: ['b'] });
    await session.call('c');

    expect((await listen(running, other, first.id)).status).toBe(404);
    const resumed = await listen(running, session, first.id);
    expect((await resumed.next()).message.method).toBe('notifications/tools/list_changed');
    resumed.close();
  });

  test('is one at a time', async () => {
    await using running = await runGateway(stubLaunch(), { policy: open });
    const session = await openSession(running);
    const stream = await listen(running, session);
    expect((await listen(running, session)).status).toBe(409);
    stream.close();
  });

  test.each([
    ['no session', { 'mcp-session-id': undefined }, 400],
    ['an unknown session', { 'mcp-session-id': 'x'.repeat(43) }, 404],
    ['an Accept without event streams', { accept: 'application/json' }, 406],
  ])('needs the right headers: %s', async (_what, headers, status) => {
    await using running = await runGateway(stubLaunch(), { policy: open });
    const session = await openSession(running);
    const answer = await send(running, {
      method: 'GET',
      headers: { 'mcp-session-id': session.id, accept: 'text/event-stream', ...headers },
    });
    expect(answer.status).toBe(status);
  });
});

test('DELETE ends a session: nothing is found under its id any more', async () => {
  await using running = await runGateway(stubLaunch(), { policy: open });
  const session = await openSession(running);
  const headers = { 'mcp-session-id': session.id };
  expect((await send(running, { method: 'DELETE', headers })).status).toBe(200);
  expect((await session.call('echo')).status).toBe(404);
});

test('a client that wants its connection closed behind an answer gets that also when the answer is a stream', async () => {
  const launch = stubLaunch({ tools: ['change'].map(stubTool), changeOn: 'change', changedTools: [stubTool('new')] });
  await using running = await runGateway(launch, { policy: open });
  const session = await openSession(running);
  const { headers } = await session.call('change');
  expect(headers['content-type']).toBe('text/event-stream');
  expect(headers.connection).toBe('close');
});

test('a request whose id is in flight already is refused', async () => {
  await using running = await runGateway(stubLaunch({ tools: ['hang'].map(stubTool), hangOn: 'hang' }), {
    policy: open,
    settings: { timeout: 1 },
  });
  const session = await openSession(running);
  const call = { jsonrpc: '2.0', id: 'same', method: 'tools/call', params: { name: 'hang' } };
  const first = session.post(call);
  // Both travel on connections of their own: whichever is second is refused.
  const second = session.post(call);
  const messages = [await first, await second].map(({ json }) => json.error?.message ?? '');
  expect(messages.filter((message) => message.includes('still in flight'))).toHaveLength(1);
  expect(messages.filter((message) => message.includes('did not answer'))).toHaveLength(1);
});

test('row 13: the server asks only what the client declared, and never two clients at once', async () => {
  await using running = await runGateway(realLaunch('everything'), { policy: open });
  const plain = await running.client();
  const names = (await plain.listTools()).tools.map(({ name }) => name);
  expect(names).not.toContain('trigger-sampling-request');

  const capable = await openSession(running, { capabilities: { sampling: {} } });
  const stream = await listen(running, capable);
  const call = capable.call('trigger-sampling-request', { prompt: 'hi' });
  const asked = await stream.next('sampling/createMessage');
  const result = { model: 'm', role: 'assistant', content: { type: 'text', text: 'sampled words' } };
  // An answer to a question that was never asked is dropped.
  await capable.post({ jsonrpc: '2.0', id: 999, result });
  await capable.post({ jsonrpc: '2.0', id: asked.message.id, result });
  expect((await call).text).toContain('sampled words');
  stream.close();
});

test('row 13: portcullis.json can close a method: the server is not even told that the client has it', async () => {
  const settings = { methods: { 'sampling/createMessage': 'deny', 'prompts/list': 'deny' } as const };
  await using running = await runGateway(realLaunch('everything'), { policy: open, settings });
  const client = await running.client({ capabilities: { sampling: {} } });
  expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('trigger-sampling-request');
  await expect(client.listPrompts()).rejects.toMatchObject({
    code: -32601,
    data: { 'portcullis/decision': { rule: '/methods/prompts/list' } },
  });
});

test('many clients at once: everyone gets the answers to its own calls', async () => {
  await using running = await runGateway(realLaunch('everything'), { policy: open });
  const clients = await Promise.all(
    [{}, {}, { roots: {} }, { sampling: {} }].map((each) => running.client({ capabilities: each })),
  );
  const calls = clients.flatMap((client, who) =>
    Array.from({ length: 20 }, async (_, index) => {
      const message = `${who}/${index}`;
      const result = await client.callTool({ name: 'echo', arguments: { message } });
      expect(result.content).toEqual([{ type: 'text', text: `Echo: ${message}` }]);
    }),
  );
  await Promise.all(calls);
});

test.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
  'revision %s is agreed on and kept to',
  async (revision) => {
    await using running = await runGateway(realLaunch('everything'), { policy: open });
    const session = await openSession(running, { revision });
    expect((await session.call('echo', { message: 'hi' })).json.result).toMatchObject({
      content: [{ text: 'Echo: hi' }],
    });
    const withoutHeader = await session.post(
      { jsonrpc: '2.0', id: 'p', method: 'ping' },
      { 'mcp-protocol-version': undefined },
    );
    expect(withoutHeader.json.result).toEqual({});
  },
);

describe('a server that breaks its streams off, to answer whoever comes back', () => {
  const http = { kind: 'http', answers: 'sse', breakStream: true } as const;

  test('is polled by a client that knows how: the gateway breaks off, too, and keeps the answer', async () => {
    await using server = await startStub(http);
    await using running = await runGateway(server.launch, { policy: open });
    const session = await openSession(running);
    const { text } = await session.call('echo', { text: 'hello' });
    expect(text).toMatch(/^id: \S+\nretry: \d+\ndata: \n\n$/);
    const stream = await listen(running, session, /^id: (.*)$/m.exec(text)?.[1]);
    expect((await stream.next()).message).toMatchObject({ id: 1, result: { content: [{ text: '{"text":"hello"}' }] } });
  });

  test('is waited for in place of a client of an older revision', async () => {
    await using server = await startStub(http);
    await using running = await runGateway(server.launch, { policy: open });
    const session = await openSession(running, { revision: '2025-06-18' });
    expect((await session.call('echo')).json.result).toMatchObject({ content: [{ text: '{}' }] });
  });
});

test('a server that cannot be resumed is answered for in plain JSON', async () => {
  await using server = await startStub({ kind: 'http', answers: 'json' });
  await using running = await runGateway(server.launch, { policy: open });
  const session = await openSession(running);
  expect((await session.call('echo')).headers['content-type']).toBe('application/json');
});
