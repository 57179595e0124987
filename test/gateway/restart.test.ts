/** A server that ends and comes back: sessions go on with what they had set up, and no call is made twice. */
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../support/folder.ts';
import { converse } from '../support/servers/conversation.ts';
import { received, startStub, stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession } from './support/http.ts';
import { runGateway, textOf } from './support/running.ts';

const open = { version: '1', default: 'allow' };
const tools = ['echo', 'die'].map(stubTool);
const WAIT = { timeout: 15_000, interval: 20 };

describe('a server on stdio that died', () => {
  test.each([
    ['shared by several sessions', 1, {}],
    // The gateway reads the list of tools over one more connection.
    ['of one session', 2, { capabilities: { roots: {} } }],
  ])(
    '%s is told the level of the log and the subscriptions once more, and of calls nothing',
    async (_whose, connections, options) => {
      await using folder = await makeFolder();
      const record = folder.file('received');
      const capabilities = { tools: {}, logging: {}, resources: { subscribe: true, listChanged: true } };
      const answers = { 'logging/setLevel': {}, 'resources/subscribe': {}, 'resources/unsubscribe': {} };
      const launch = stubLaunch({ record, tools, dieOn: 'die', capabilities, answers });
      await using running = await runGateway(launch, { policy: open });
      const told: string[] = [];
      const client = await running.client(options, (each) => {
        each.fallbackNotificationHandler = async ({ method }) => void told.push(method);
      });
      await client.setLoggingLevel('error');
      for (const uri of ['x:kept', 'x:left']) await client.subscribeResource({ uri });
      await client.unsubscribeResource({ uri: 'x:left' });
      const greeted = () => received(record).filter(({ method }) => method === 'notifications/initialized').length;
      await expect.poll(greeted, WAIT).toBe(connections);
      const before = received(record).length;
      await expect(client.callTool({ name: 'die', arguments: {} })).rejects.toThrow(/not repeated/);
      await expect.poll(() => told, WAIT).toContain('notifications/resources/list_changed');
      expect(told).toContain('notifications/tools/list_changed');
      expect(told).not.toContain('notifications/prompts/list_changed');
      const again = () =>
        received(record)
          .slice(before)
          .filter(({ method }) => method !== 'tools/list')
          .map(({ method, params }) => [method, params?.['uri'] ?? params?.['name']]);
      await expect.poll(again, WAIT).toEqual([
        ['tools/call', 'die'],
        ['initialize', undefined],
        ['notifications/initialized', undefined],
        ['logging/setLevel', undefined],
        ['resources/subscribe', 'x:kept'],
      ]);
    },
  );
});

describe('a server over HTTP', () => {
  test('that is gone is shown so without any call, and comes back by itself', async () => {
    await using first = await startStub({ kind: 'http' });
    await using running = await runGateway(first.launch, { policy: open });
    const state = () => running.gateway.status().servers[0];
    await expect.poll(() => state()?.state, WAIT).toBe('ready');
    await first.stop();
    await expect
      .poll(() => state(), WAIT)
      .toMatchObject({
        state: 'degraded',
        problem: expect.stringContaining('cannot be reached: nothing listens there') as string,
      });
    await using _second = await startStub({ kind: 'http', port: Number(new URL(first.launch.url).port) });
    await expect.poll(() => state()?.state, WAIT).toBe('ready');
    const client = await running.client();
    expect(textOf(await client.callTool({ name: 'echo', arguments: { a: 1 } }))).toBe('{"a":1}');
  });

  test('that has forgotten the session is greeted once more, and the call that found out is not repeated', async () => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    await using server = await startStub({ kind: 'http', forgetAfter: 5 }, { record });
    await using running = await runGateway(server.launch, { policy: open });
    const session = await openSession(running);
    const answers: unknown[] = [];
    for (let call = 0; call < 6; call += 1) answers.push((await session.call('echo', { call })).json.error?.code);
    const arrived = received(record);
    expect(arrived.filter(({ method }) => method === 'initialize')).toHaveLength(2);
    const called = arrived.flatMap(({ method, params }) => (method === 'tools/call' ? [JSON.stringify(params)] : []));
    expect(new Set(called).size).toBe(called.length);
    expect(answers.filter((code) => code !== undefined)).toHaveLength(6 - called.length);
    expect(answers.at(-1)).toBeUndefined();
  });

  test.skipIf(process.platform === 'win32')(
    'that hangs: a request that is given up ends, though the server does not take that news',
    async () => {
      await using server = await startStub({ kind: 'http' });
      await using conversation = await converse(server.launch, { grace: 50 });
      await conversation.initialize();
      server.process.kill('SIGSTOP');
      const { transport } = conversation;
      const hanging = transport.send({ jsonrpc: '2.0', id: 'h', method: 'tools/call', params: { name: 'echo' } });
      const news = transport.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'h' } });
      const gone = expect(news).rejects.toMatchObject({ code: 'closed' });
      await expect(hanging).rejects.toMatchObject({ code: 'closed' });
      await Promise.all([gone, transport.close()]);
    },
  );
});
