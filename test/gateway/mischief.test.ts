/** Servers that answer so that the gateway would go on for ever, keep what nobody wants, or do what the client has taken back. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { StdioFace } from '../../server/src/gateway/stdio/face.ts';
import type { Params, RequestMessage } from '../../server/src/mcp/message.ts';
import { MODERN_REVISION } from '../../server/src/mcp/revision.ts';
import { governInMemory, policyOf, type InMemory, type UpstreamBehaviour } from './support/inMemory.ts';
import { modernMessage } from './support/modern.ts';

const discovery: Params = {
  supportedVersions: [MODERN_REVISION],
  capabilities: { tools: {}, resources: { subscribe: true } },
  resultType: 'complete',
};
const initialize = {
  jsonrpc: '2.0',
  id: 'init',
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
} as const;

interface Opened extends InMemory {
  readonly output: PassThrough;
  /** Whether the gateway has given its client up. */
  isLeft(): boolean;
  say(message: object): void;
  /** The next message for the client that passes `test`. */
  heard(test: (message: Params) => boolean): Promise<Params>;
  /** Requests that reached the server, by method. */
  requests(method: string): readonly RequestMessage[];
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function open(behaviour: UpstreamBehaviour): Opened {
  const memory = governInMemory(policyOf({ version: '1', default: 'allow' }), ['t'], behaviour);
  const [input, output] = [new PassThrough(), new PassThrough()];
  let isLeft = false;
  const face = new StdioFace({
    server: memory.server,
    grant: { id: 'g', label: 'g' },
    input,
    output,
    onEnd: () => (isLeft = true),
  });
  closing.push(async () => {
    face.close();
    await memory.server.pool.close();
  });
  const messages: Params[] = [];
  output.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) if (line !== '') messages.push(JSON.parse(line) as Params);
  });
  return {
    ...memory,
    output,
    isLeft: () => isLeft,
    say: (message) => void input.write(`${JSON.stringify(message)}\n`),
    async heard(test) {
      for (;;) {
        const found = messages.find(test);
        if (found) return found;
        await once(output, 'data');
      }
    },
    requests: (method) =>
      memory.arrived.map((text) => JSON.parse(text) as RequestMessage).filter((each) => each.method === method),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a call that was cancelled while the list was read anew for its headers is not sent again, and ends once', async () => {
  let isRefused = false;
  let answerList: () => void = () => undefined;
  const memory = open({
    answers: { 'server/discover': discovery },
    takes({ id, method }, say) {
      if (method === 'tools/call') {
        isRefused = true;
        say({ jsonrpc: '2.0', id, error: { code: -32020, message: 'headers' } });
        return true;
      }
      if (method !== 'tools/list' || !isRefused) return false;
      answerList = () => say({ jsonrpc: '2.0', id, result: { tools: [{ name: 't', inputSchema: {} }] } });
      return true;
    },
  });
  const call = modernMessage({ params: { name: 't', arguments: {} } });
  memory.say(call);
  while (!isRefused) await turn();
  memory.say({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: call.id } });
  await turn();
  answerList();
  memory.say(modernMessage({ method: 'server/discover' }));
  await memory.heard(({ result }) => (result as Params | undefined)?.['supportedVersions'] !== undefined);
  await turn();
  expect(memory.requests('tools/call')).toHaveLength(1);
  expect(memory.records.filter(({ kind }) => kind === 'outcome')).toHaveLength(1);
});

test('a server that wants nothing but to be called again is called so often and no more', async () => {
  const memory = open({
    takes: ({ id, method }, say) => {
      if (method === 'initialize') say({ jsonrpc: '2.0', id, error: { code: -32601, message: 'no' } });
      const again = { resultType: 'input_required', requestState: 's' };
      if (method === 'tools/call') queueMicrotask(() => say({ jsonrpc: '2.0', id, result: again }));
      return method === 'initialize' || method === 'tools/call';
    },
    answers: { 'server/discover': discovery },
  });
  memory.say(initialize);
  await memory.heard(({ id }) => id === 'init');
  memory.say({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 't', arguments: {} } });
  expect(await memory.heard(({ id }) => id === 1)).toMatchObject({ error: { code: -32603 } });
  expect(memory.requests('tools/call')).toHaveLength(33);
});

test('a client that leaves while its stream of news is being opened leaves nothing behind', async () => {
  let isAsked = false;
  let agree: () => void = () => undefined;
  const memory = open({
    takes({ id, method, params }, say) {
      if (method !== 'subscriptions/listen') return false;
      const uris = (params?.['notifications'] as Params | undefined)?.['resourceSubscriptions'];
      isAsked = true;
      const meta = { _meta: { 'io.modelcontextprotocol/subscriptionId': id } };
      const notifications = { resourceSubscriptions: uris };
      agree = () =>
        say({
          jsonrpc: '2.0',
          method: 'notifications/subscriptions/acknowledged',
          params: { ...meta, notifications },
        });
      return true;
    },
    answers: { 'server/discover': discovery },
  });
  const notifications = { resourceSubscriptions: ['a:1', 'a:2', 'a:3'] };
  const listen = modernMessage({ method: 'subscriptions/listen', params: { notifications } });
  memory.say(listen);
  while (!isAsked) await turn();
  const agreeToFirst = agree;
  memory.say({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: listen.id } });
  await turn();
  agreeToFirst();
  await turn();
  await turn();
  const asked = memory.requests('subscriptions/listen').map(({ params }) => JSON.stringify(params?.['notifications']));
  expect(asked.filter((filter) => filter.includes('a:2'))).toEqual([]);
  expect(asked.at(-1)).toBe('{}');
});

test('news that come before the stream stands wait in a bounded number', async () => {
  const memory = open({
    takes({ id, method, params }, say) {
      if (method !== 'subscriptions/listen') return false;
      const _meta = { 'io.modelcontextprotocol/subscriptionId': id };
      for (let count = 0; count < 5_000; count++)
        say({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri: 'a:1', _meta } });
      const acknowledged = { notifications: params?.['notifications'], _meta };
      say({ jsonrpc: '2.0', method: 'notifications/subscriptions/acknowledged', params: acknowledged });
      return true;
    },
    answers: { 'server/discover': discovery },
  });
  let heard = 0;
  memory.output.on('data', (text: string) => (heard += text.split('resources/updated').length - 1));
  const notifications = { resourceSubscriptions: ['a:1'] };
  memory.say(modernMessage({ method: 'subscriptions/listen', params: { notifications } }));
  memory.say(modernMessage({ method: 'resources/list' }));
  await memory.heard(({ method }) => method === 'notifications/subscriptions/acknowledged');
  await memory.heard(({ result }) => result !== undefined);
  expect(heard).toBe(1_000);
});

test('a client on stdio that does not read is left before its backlog fills the memory', async () => {
  const blob = 'x'.repeat(8 * 1024 * 1024);
  let calls = 0;
  const memory = open({
    takes({ id, method }, say) {
      if (method !== 'tools/call') return false;
      calls += 1;
      say({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: blob }] } });
      return true;
    },
  });
  memory.say(initialize);
  await memory.heard(({ id }) => id === 'init');
  memory.output.pause();
  for (let id = 1; id <= 20 && !memory.isLeft(); id++) {
    memory.say({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 't', arguments: {} } });
    while (calls < id && !memory.isLeft()) await turn();
  }
  expect(memory.isLeft()).toBe(true);
  expect(memory.output.destroyed).toBe(true);
});
