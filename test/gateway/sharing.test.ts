/** Several gateways on one workspace: one starts the server, those on stdio join it, and each call is judged and counted once. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { makeFolder } from '../support/folder.ts';
import { openExistingState } from '../../server/src/state/index.ts';
import { received, stubTool } from '../support/servers/start.ts';
import { eraClient } from './support/eraClient.ts';
import { textOf } from './support/running.ts';
import {
  callsThatArrived,
  openWindow,
  siteArgs,
  startAgent,
  starts,
  type Site,
  type Window,
} from './support/sharing.ts';

const open = JSON.stringify({ version: '1', default: 'allow' });
const WAIT = { timeout: 15_000, interval: 20 };

describe('a gateway on stdio, while one runs over HTTP', () => {
  test('joins it: the server runs once, and the call is in the panel under its grant', async () => {
    await using folder = await makeFolder({ 'policy.json': open });
    const site: Site = { folder };
    await using window = await openWindow(site);
    await using agent = await startAgent(site, ['--grant', 'agent']);
    expect(textOf(await agent.client.callTool({ name: 'echo', arguments: { a: 1 } }))).toBe('{"a":1}');
    expect(agent.err()).toContain(`process ${window.pid}`);
    expect(starts(site)).toBe(1);
    const record = await vi.waitUntil(() => window.events.find(({ event }) => event === 'record'), WAIT);
    expect(record).toMatchObject({ record: { decision: 'allow', grant: 'agent', client: 'agent', tool: 'echo' } });
  });

  test('joins it for a client of the modern era too', async () => {
    const policy = JSON.stringify({ version: '1', default: 'allow', tools: { denied: { action: 'deny' } } });
    await using folder = await makeFolder({ 'policy.json': policy });
    const site: Site = { folder, server: { tools: ['echo', 'denied'].map(stubTool) } };
    await using window = await openWindow(site);
    const args = [...siteArgs(site, ['--stdio'])];
    const transport = new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' });
    const client = await eraClient(transport, { era: 'modern' });
    expect(textOf(await client.callTool({ name: 'echo', arguments: { a: 1 } }))).toBe('{"a":1}');
    expect(textOf(await client.callTool({ name: 'denied', arguments: {} }))).toContain('[POLICY DENIED]');
    expect(callsThatArrived(site)).toEqual(['echo']);
    const decisions = (): readonly string[] =>
      window.events.flatMap((event) =>
        event.event === 'record' && event.record.kind === 'decision' ? [event.record.decision] : [],
      );
    await vi.waitFor(() => expect(decisions()).toEqual(['allow', 'deny']), WAIT);
    await client.close();
  });

  test('is judged there, and told of edits of the policy', async () => {
    await using folder = await makeFolder({ 'policy.json': open });
    const site: Site = { folder };
    await using _window = await openWindow(site);
    await using agent = await startAgent(site);
    expect((await agent.client.listTools()).tools).toHaveLength(1);
    await folder.write('policy.json', JSON.stringify({ version: '1', default: 'allow', hide: ['echo'] }));
    expect(textOf(await agent.client.callTool({ name: 'echo', arguments: {} }))).toContain('not available');
    expect((await agent.client.listTools()).tools).toHaveLength(0);
    expect(callsThatArrived(site)).toEqual([]);
  });

  test.each([
    ['goes by another policy file', ['--policy', 'other.json']],
    ['serves another folder', ['--folder', '..']],
    ['starts the server from another definition', []],
  ])('does not join it where it %s, and says so', async (why, own) => {
    await using folder = await makeFolder({ 'policy.json': open, 'other.json': open });
    const site: Site = { folder };
    await using _window = await openWindow(site);
    const args = own.map((each) => (each.startsWith('-') ? each : folder.file(each)));
    const other: Site = args.length > 0 ? site : { folder, server: { name: 'other' } };
    await using agent = await startAgent(other, args);
    expect(agent.err()).toContain(why);
    expect(textOf(await agent.client.callTool({ name: 'echo', arguments: {} }))).toBe('{}');
    await vi.waitUntil(() => starts(site) === 2, WAIT);
  });

  test.each([
    [
      'shares the process of a server that does not log with other grants, and hears none of its log lines',
      {},
      1,
      false,
    ],
    ['has a process to its grant where the server logs', { logging: {} }, 2, true],
  ])('%s', async (_what, capabilities, processes, hears) => {
    await using folder = await makeFolder({ 'policy.json': open });
    const line = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'of a call' } };
    const server = { capabilities: { tools: {}, ...capabilities }, garbage: [JSON.stringify(line)] };
    const site: Site = { folder, server };
    await using _window = await openWindow(site);
    let heard = 0;
    await using agent = await startAgent(site, ['--grant', 'agent'], (client) =>
      client.setNotificationHandler(LoggingMessageNotificationSchema, () => void (heard += 1)),
    );
    await agent.client.callTool({ name: 'echo', arguments: {} });
    expect(starts(site)).toBe(processes);
    expect(heard > 0).toBe(hears);
  });

  test('does not join it with --alone', async () => {
    await using folder = await makeFolder({ 'policy.json': open });
    const site: Site = { folder };
    await using _window = await openWindow(site);
    await using agent = await startAgent(site, ['--alone']);
    await agent.client.callTool({ name: 'echo', arguments: {} });
    expect(starts(site)).toBe(2);
  });
});

test('two gateways over HTTP and one on stdio, 200 calls each at a limit of 100: exactly 100 arrive', async () => {
  const limits = [{ counter: 'all', window: 'day', max: 100 }];
  const policy = { version: '1', default: 'deny', tools: { echo: { action: 'allow', limits } } };
  await using folder = await makeFolder({ 'policy.json': JSON.stringify(policy) });
  const site: Site = { folder };
  await using first = await openWindow(site);
  await using second = await openWindow(site);
  await using agent = await startAgent(site, ['--alone', '--grant', 'local']);
  const token = readFileSync(first.listening.tokenFile, 'utf8').trim();
  const clients = await Promise.all([first, second].map((window) => connect(window, token)));
  const call = async (client: Client): Promise<string> =>
    textOf(await client.callTool({ name: 'echo', arguments: {} }));
  const answers = await Promise.all(Array.from({ length: 200 }, () => [...clients, agent.client].map(call)).flat());
  await Promise.all(clients.map((client) => client.close()));
  expect(answers.filter((answer) => answer === '{}')).toHaveLength(100);
  expect(callsThatArrived(site)).toHaveLength(100);
  expect(recordsOf(folder.file('state'))).toHaveLength(600);
}, 60_000);

async function connect({ listening }: Window, token: string): Promise<Client> {
  const client = new Client({ name: 'client', version: '1' });
  const [{ url = '' } = {}] = Object.values(listening.servers);
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return client;
}

describe.skipIf(process.platform === 'win32')('when the gateway that was joined ends', () => {
  const tools = ['echo', 'hang'].map(stubTool);

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'with %s, calls in flight get an error and are not repeated, and the next ones go on',
    async (signal) => {
      await using folder = await makeFolder({ 'policy.json': open });
      const site: Site = { folder, server: { tools, hangOn: 'hang' } };
      await using window = await openWindow(site);
      await using agent = await startAgent(site, ['--grant', 'agent']);
      const { client } = agent;
      const hanging = client.callTool({ name: 'hang', arguments: {} });
      await vi.waitUntil(() => callsThatArrived(site).length === 1, WAIT);
      await Promise.all([
        expect(hanging).rejects.toThrow(/ended while it was running; it was not repeated/),
        window.kill(signal),
      ]);
      expect(textOf(await client.callTool({ name: 'echo', arguments: { b: 2 } }))).toBe('{"b":2}');
      expect(callsThatArrived(site)).toEqual(['hang', 'echo']);
      const sessions = new Set(recordsOf(folder.file('state')).map(({ session }) => session));
      expect(sessions.size).toBe(1);
    },
  );

  test('the level of the log and the subscriptions hold behind the next one', async () => {
    await using folder = await makeFolder({ 'policy.json': open });
    const capabilities = {
      tools: { listChanged: true },
      logging: {},
      resources: { subscribe: true, listChanged: true },
    };
    const answers = { 'logging/setLevel': {}, 'resources/subscribe': {}, 'resources/unsubscribe': {} };
    const site: Site = { folder, server: { tools, capabilities, answers } };
    await using window = await openWindow(site);
    const changes: string[] = [];
    await using agent = await startAgent(site, [], (client) => {
      client.fallbackNotificationHandler = async ({ method }) => void changes.push(method);
    });
    const { client } = agent;
    await client.setLoggingLevel('error');
    for (const uri of ['x:kept', 'x:left']) await client.subscribeResource({ uri });
    await client.unsubscribeResource({ uri: 'x:left' });
    const before = received(folder.file('received')).length;
    await window.kill('SIGKILL');
    await vi.waitUntil(() => changes.includes('notifications/resources/list_changed'), WAIT);
    expect(changes).toContain('notifications/tools/list_changed');
    const again = received(folder.file('received')).slice(before);
    expect(again).toContainEqual(expect.objectContaining({ method: 'logging/setLevel', params: { level: 'error' } }));
    const subscribed = again.filter(({ method }) => method === 'resources/subscribe');
    expect(subscribed.map(({ params }) => params)).toEqual([{ uri: 'x:kept' }]);
  });

  test('and another one runs, that one is joined', async () => {
    await using folder = await makeFolder({ 'policy.json': open });
    const site: Site = { folder };
    await using first = await openWindow(site);
    await using agent = await startAgent(site);
    await using second = await openWindow(site);
    await first.kill('SIGTERM');
    expect(textOf(await agent.client.callTool({ name: 'echo', arguments: {} }))).toBe('{}');
    await vi.waitUntil(() => second.events.some(({ event }) => event === 'record'), WAIT);
    expect(agent.err()).toContain(`process ${second.pid}`);
  });
});

function recordsOf(state: string) {
  const opened = openExistingState(state);
  const records = opened.audit.read({}).filter((record) => record.kind === 'decision');
  void opened.close();
  return records;
}
