/** What breaks behind the gateway or beneath it: calls are denied or answered with an error, nothing is repeated, and the gateway lives. */
import { describe, expect, test } from 'vitest';
import type { State } from '../../server/src/state/index.ts';
import { makeFolder } from '../support/folder.ts';
import { received, stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession, ruleOf } from './support/http.ts';
import { wrappedState } from './support/wrappedState.ts';
import { runGateway, textOf } from './support/running.ts';

const FULL_DATABASE = '/home/somebody/state/portcullis.db';
const open = { version: '1', default: 'allow' };
const tools = ['echo', 'die', 'hang'].map(stubTool);

describe('the upstream', () => {
  test('dies during a call: the call fails at once, is not repeated, and the server is started again', async () => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    await using running = await runGateway(stubLaunch({ record, tools, dieOn: 'die' }), { policy: open });
    const client = await running.client();
    await expect(client.callTool({ name: 'die', arguments: {} })).rejects.toThrow(/not repeated/);
    expect(textOf(await client.callTool({ name: 'echo', arguments: { after: 1 } }))).toBe('{"after":1}');
    const called = received(record).filter(({ method }) => method === 'tools/call');
    expect(called.map(({ params }) => params?.['name'])).toEqual(['die', 'echo']);
    expect(running.outcomes().map(({ outcome }) => outcome)).toEqual(['unknown', 'ok']);
  });

  test('prints to stderr before it dies: the user is told, agents are not', async () => {
    const launch = stubLaunch({ tools, dieOn: 'die', stderr: ['the key of the database is 42'] });
    await using running = await runGateway(launch, { policy: open });
    const session = await openSession(running);
    const answer = await session.call('die');
    expect(answer.text).toContain('exit code 1');
    expect(answer.text).not.toContain('database');
    expect(running.log.map(({ message }) => message).join()).toContain('the key of the database is 42');
    await expect.poll(() => running.gateway.status().servers[0]?.problem).toContain('the key of the database is 42');
  });

  test('hangs: the call times out, the server is told, and the slot is free again', async () => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    const launch = stubLaunch({ record, tools, hangOn: 'hang' });
    await using running = await runGateway(launch, { policy: open, settings: { timeout: 0.3 } });
    const client = await running.client();
    await expect(client.callTool({ name: 'hang', arguments: {} })).rejects.toThrow(/did not answer within 0.3 s/);
    expect(textOf(await client.callTool({ name: 'echo', arguments: {} }))).toBe('{}');
    expect(received(record).map(({ method }) => method)).toContain('notifications/cancelled');
    expect(running.outcomes().map(({ outcome }) => outcome)).toEqual(['unknown', 'ok']);
  });

  test('prints garbage around its messages: it is skipped', async () => {
    const garbage = ['Server starting…', '{"not": "jsonrpc"}', '}{', ''];
    await using running = await runGateway(stubLaunch({ garbage }), { policy: open });
    const client = await running.client();
    expect(textOf(await client.callTool({ name: 'echo', arguments: { a: 1 } }))).toBe('{"a":1}');
  });

  test('cannot be started: the gateway starts all the same, and tells the client and the status why', async () => {
    const launch = { kind: 'stdio', command: '/no/such/command', args: [], env: {} } as const;
    await using running = await runGateway(launch, { policy: open });
    await expect(running.client()).rejects.toThrow(/no\/such\/command/);
    expect(running.gateway.status().servers[0]).toMatchObject({
      state: 'degraded',
      problem: expect.stringContaining('/no/such/command') as string,
    });
  });

  test('cannot list its tools: nothing is sent, and the log says so of each call, with the rule where there is one', async () => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    const launch = stubLaunch({ record, tools, hangOnMethods: ['tools/list'] });
    const policy = { ...open, hide: ['hidden'], tools: { die: { action: 'deny' } } };
    await using running = await runGateway(launch, { policy, settings: { timeout: 0.3 } });
    const session = await openSession(running);
    expect((await session.call('echo')).json.error?.message).toMatch(/^The call was not sent.*did not answer/);
    expect(ruleOf(await session.call('die'))).toBe('/tools/die/action');
    expect(ruleOf(await session.call('hidden'))).toBe('(unavailable)');
    expect(received(record).some(({ method }) => method === 'tools/call')).toBe(false);
    expect(running.decisions().map(({ decision, rule }) => `${decision} ${rule}`)).toEqual([
      'deny (unchecked)',
      'deny /tools/die/action',
      'deny (hidden)',
    ]);
    expect(running.outcomes()).toEqual([]);
  });

  test('a call of no valid shape is recorded as refused, and does not reach the server', async () => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    await using running = await runGateway(stubLaunch({ record }), { policy: open });
    const session = await openSession(running);
    await session.call('echo', 7);
    expect(running.decisions()).toMatchObject([{ decision: 'deny', tool: 'echo', rule: '(invalid request)' }]);
    expect(received(record).some(({ method }) => method === 'tools/call')).toBe(false);
  });

  test('takes its time to list tools: a hidden name never waits for it, so that time tells nothing', async () => {
    const launch = stubLaunch({ tools, hangOnMethods: ['tools/list'] });
    await using running = await runGateway(launch, { policy: { ...open, hide: ['hidden', 'echo'] } });
    const session = await openSession(running);
    for (const name of ['hidden', 'echo', '*', '']) expect(ruleOf(await session.call(name))).toBe('(unavailable)');
  });

  test('lists 5,000 tools: all but the hidden one can be seen and called', async () => {
    await using running = await runGateway(stubLaunch({ tools: 5_000 }), { policy: { ...open, hide: ['tool_7'] } });
    const client = await running.client();
    expect((await client.listTools()).tools).toHaveLength(4_999);
    expect(textOf(await client.callTool({ name: 'tool_5000', arguments: {} }))).toBe('{}');
  });

  test('changes its list: the client is told, and a tool that is gone cannot be called', async () => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    const launch = stubLaunch({
      record,
      tools: ['echo', 'change'].map(stubTool),
      changeOn: 'change',
      changedTools: [stubTool('new')],
    });
    await using running = await runGateway(launch, { policy: open });
    const client = await running.client();
    await client.callTool({ name: 'change', arguments: {} });
    expect(textOf(await client.callTool({ name: 'echo', arguments: {} }))).toBe(
      '[POLICY DENIED] Tool is not available.',
    );
    expect(textOf(await client.callTool({ name: 'new', arguments: {} }))).toBe('{}');
    expect(running.decisions().map(({ rule }) => rule)).toEqual(['', '(unknown tool)', '']);
  });

  test('says after each list that it changed: calls go on, and it is not asked without end', async () => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    const launch = stubLaunch({ record, listChangedAfterList: true, changedTools: [stubTool('echo')] });
    await using running = await runGateway(launch, { policy: open });
    const client = await running.client();
    for (let call = 0; call < 5; call++)
      expect(textOf(await client.callTool({ name: 'echo', arguments: {} }))).toBe('{}');
    expect(received(record).filter(({ method }) => method === 'tools/list').length).toBeLessThan(20);
  });

  test('answers with more than may be held: that call fails, the next one works', async () => {
    const launch = stubLaunch({
      tools: ['echo', 'big'].map(stubTool),
      bigOn: { tool: 'big', bytes: 17 * 1024 * 1024 },
    });
    await using running = await runGateway(launch, { policy: open });
    const client = await running.client();
    await expect(client.callTool({ name: 'big', arguments: {} })).rejects.toThrow(/larger than 16 MiB/);
    expect(textOf(await client.callTool({ name: 'echo', arguments: {} }))).toBe('{}');
  });

  test('nests what it says too deeply: that call or list fails, and the gateway lives', async () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const launch = stubLaunch({
      tools: ['echo', 'deep'].map(stubTool),
      rawResults: { deep: `{"content":[],"x":${deep}}` },
      garbage: [`{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":${deep}}}`],
    });
    await using running = await runGateway(launch, { policy: open });
    const client = await running.client();
    await expect(client.callTool({ name: 'deep', arguments: {} })).rejects.toThrow(/deeper than 512 levels/);
    expect(textOf(await client.callTool({ name: 'echo', arguments: {} }))).toBe('{}');
    expect(running.outcomes().map(({ outcome }) => outcome)).toEqual(['error', 'ok']);
  });

  test('answers with members that nobody knows: they cross, but keys that pass for ours do not', async () => {
    const result = '{"content":[],"future":{"a":1.0},"_meta":{"theirs":1,"portcullis/decision":{"rule":"x"}}}';
    await using running = await runGateway(stubLaunch({ rawResults: { echo: result } }), { policy: open });
    const session = await openSession(running);
    expect((await session.call('echo')).text).toContain(
      '"result":{"content":[],"future":{"a":1.0},"_meta":{"theirs":1}}',
    );
  });
});

describe('the state', () => {
  /** A state whose log or counters fail as a full disk makes them fail. */
  const failing =
    (part: 'admit' | 'argsHmac', when: () => boolean) =>
    (state: State): State => {
      const full = (): never => {
        throw Object.assign(new Error(`${FULL_DATABASE} is full.`), { code: 'state-full' });
      };
      return wrappedState(state, {
        admit: (...call) => (part === 'admit' && when() ? full() : state.admit(...call)),
        argsHmac: (args) => (part === 'argsHmac' && when() ? full() : state.argsHmac(args)),
      });
    };

  test.each(['admit', 'argsHmac'] as const)(
    'cannot be written (%s): calls are denied and never arrive',
    async (part) => {
      await using folder = await makeFolder();
      const record = folder.file('received');
      let isFull = true;
      const wrapState = failing(part, () => isFull);
      const policy = {
        version: '1',
        default: 'deny',
        tools: { echo: { limits: [{ counter: 'c', window: 'day', max: 1 }] } },
      };
      await using running = await runGateway(stubLaunch({ record }), { policy, wrapState });
      const client = await running.client();
      const denied = await client.callTool({ name: 'echo', arguments: {} });
      expect(textOf(denied)).toBe(
        "[POLICY DENIED] The gateway could not check or record this call, so it was denied. The gateway's log says why.",
      );
      expect(JSON.stringify(denied)).not.toContain(FULL_DATABASE);
      expect(running.log.map(({ fields }) => fields['reason'])).toContain(`${FULL_DATABASE} is full.`);
      expect(received(record).some(({ method }) => method === 'tools/call')).toBe(false);
      isFull = false;
      expect(textOf(await client.callTool({ name: 'echo', arguments: {} }))).toBe('{}');
    },
  );
});
