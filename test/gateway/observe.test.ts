/** Observe mode: what the policy denies passes and is recorded as `wouldDeny`, for clients of both eras; what no policy can let through is denied as ever. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namesShown } from '../../server/src/gateway/rules/observed.ts';
import type { Era } from '../../server/src/mcp/revision.ts';
import { makeFolder } from '../support/folder.ts';
import { eraLaunch, stubLaunch, stubTool } from '../support/servers/start.ts';
import { openState } from '../../server/src/state/index.ts';
import { stdioClient } from './support/stdioClient.ts';
import { eraClient, httpTransport, pipeGateway } from './support/eraClient.ts';
import { openSession, ruleOf } from './support/http.ts';
import { policyOf } from './support/inMemory.ts';
import { callOf, recordedGateway } from './support/recorded.ts';
import { runGateway, textOf, type TestGateway } from './support/running.ts';

const policy = {
  version: '1',
  default: 'deny',
  hide: ['hidden'],
  tools: {
    free: {},
    denied: { action: 'deny' },
    asked: { action: 'require_approval' },
    paid: { deny_if: [{ path: 'args.amount', op: 'gt', value: 10, id: 'big' }] },
    rare: { limits: [{ counter: 'c', window: 'month', max: 1 }] },
  },
};
const tools = ['free', 'denied', 'asked', 'paid', 'rare', 'hidden', 'unlisted', 'odd name'];
const settings = { mode: 'observe', methods: {}, timeout: 60 } as const;

describe('in observe mode', () => {
  const scene = recordedGateway(policy, tools, { settings });

  test.each([
    ['denied', '{}', '/tools/denied/action'],
    ['hidden', '{}', '(hidden)'],
    ['unlisted', '{}', '(default deny)'],
    ['asked', '{}', '/tools/asked/approval'],
    ['paid', '{"amount":11}', '/tools/paid/deny_if/big'],
  ])('a call of %s passes and says what would have denied it', async (tool, args, rule) => {
    const answer = await scene.session.post(callOf(tool, args));
    expect(ruleOf(answer)).toBeUndefined();
    expect(scene.calls()).toHaveLength(1);
    expect(scene.running.decisions().at(-1)).toMatchObject({ tool, decision: 'wouldDeny', rule });
  });

  test('a call that the policy allows is recorded as allowed', async () => {
    await scene.session.call('free');
    expect(scene.running.decisions().at(-1)).toMatchObject({ tool: 'free', decision: 'allow', rule: '' });
  });

  test('limits count as if they were enforced', async () => {
    for (let call = 0; call < 3; call += 1) await scene.session.call('rare');
    expect(scene.calls()).toHaveLength(3);
    const decisions = scene.running.decisions().filter(({ tool }) => tool === 'rare');
    expect(decisions.map(({ decision }) => decision)).toEqual(['allow', 'wouldDeny', 'wouldDeny']);
    expect(decisions.at(-1)?.rule).toBe('/tools/rare/limits/c');
  });

  test.each([
    ['a name that no policy writes out', 'odd name', '(unsafe name)'],
    ['a name with a star', 'fr*e', '(unsafe name)'],
    ['a tool that the server does not have', 'missing', '(unknown tool)'],
  ])('%s is denied as ever', async (_, tool, rule) => {
    expect(ruleOf(await scene.session.call(tool))).toBe('(unavailable)');
    expect(scene.calls()).toEqual([]);
    expect(scene.running.decisions().at(-1)).toMatchObject({ decision: 'deny', rule });
  });

  test('what is no valid call is refused as ever', async () => {
    const { json } = await scene.session.post('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}}');
    expect(json.error?.code).toBe(-32602);
    expect((await scene.session.post(callOf('denied', '{"a":1,"a":2}'))).json.error).toBeDefined();
    expect(scene.calls()).toEqual([]);
  });

  test('the status says so', () => {
    expect(scene.running.gateway.status().servers[0]?.policy.isObserved).toBe(true);
  });

  test('a grant with a policy of its own stays bound by it', async () => {
    const { running } = scene;
    const own = running.folder.file('policy.json');
    const token = running.state.grants.add({ label: 'bound', policy: own }, Date.now());
    const session = await openSession({ url: running.url, token });
    expect(ruleOf(await session.call('denied'))).toBe('/tools/denied/action');
    expect(scene.calls()).toEqual([]);
    expect(running.decisions().at(-1)).toMatchObject({ decision: 'deny', grant: 'bound' });
  });
});

test('without a valid policy nothing passes, also in observe mode', async () => {
  await using running = await runGateway(eraLaunch({ eras: 'legacy' }), { policy: '{"version":"1"}', settings });
  expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('(no policy)');
  expect(namesShown({ file: '', policy: undefined, isObserved: true })('echo')).toBe(false);
  const inForce = { ...policyOf(policy).current(), isObserved: true } as const;
  expect(tools.filter(namesShown(inForce))).toEqual(tools.filter((name) => name !== 'odd name'));
});

describe.each([
  ['legacy', 'modern'],
  ['modern', 'legacy'],
  ['modern', 'modern'],
] as const)('a %s client of a %s server in observe mode', (client: Era, eras: Era) => {
  let running: TestGateway;
  beforeAll(async () => {
    running = await runGateway(eraLaunch({ eras }), {
      policy: { version: '1', default: 'allow', hide: ['hidden'], tools: { denied: { action: 'deny' } } },
      settings,
    });
  });
  afterAll(() => running[Symbol.asyncDispose]());

  test('sees every tool and gets every answer', async () => {
    const agent = await eraClient(httpTransport(running), { era: client });
    expect((await agent.listTools()).tools.map(({ name }) => name)).toContain('hidden');
    for (const name of ['hidden', 'denied']) {
      expect(textOf(await agent.callTool({ name, arguments: {} }))).toBe('This must never be said.');
      expect(running.decisions().at(-1)).toMatchObject({ tool: name, decision: 'wouldDeny' });
    }
    await agent.close();
  });
});

describe('on stdio', () => {
  const observedPolicy = { version: '1', default: 'allow', hide: ['hidden'], tools: { denied: { action: 'deny' } } };

  test.each(['legacy', 'modern'] as const)('a %s client gets every answer, and is recorded', async (era: Era) => {
    await using piped = await pipeGateway(eraLaunch({ eras: 'both' }), observedPolicy, undefined, undefined, settings);
    const agent = await eraClient(piped.transport, { era });
    expect((await agent.listTools()).tools.map(({ name }) => name)).toContain('hidden');
    for (const name of ['hidden', 'denied']) {
      expect(textOf(await agent.callTool({ name, arguments: {} }))).toBe('This must never be said.');
      const decisions = piped.state.audit.read({}).filter((each) => each.kind === 'decision');
      expect(decisions.at(-1)).toMatchObject({ tool: name, decision: 'wouldDeny' });
    }
    await agent.close();
  });

  test('the program observes where portcullis.json says so', async () => {
    const { command, args } = stubLaunch({ tools: [stubTool('denied')] });
    const servers = { main: { command, args, mode: 'observe' } };
    await using folder = await makeFolder({
      'portcullis.json': JSON.stringify({ servers, audit: { values: true } }),
      'policy.json': JSON.stringify({
        ...observedPolicy,
        tools: { denied: { require: [{ path: 'args.amount', op: 'lt', value: 5 }] } },
      }),
    });
    const agent = await stdioClient(['--folder', folder.path, '--state', folder.file('state')]);
    expect((await agent.callTool({ name: 'denied', arguments: { amount: 7 } })).isError).not.toBe(true);
    await agent.close();
    const state = openState(folder.file('state'));
    const [decision] = state.audit.read({ decision: 'wouldDeny' });
    expect(decision).toMatchObject({ tool: 'denied', rule: '/tools/denied/require/args.amount-lt' });
    const id = decision?.kind === 'decision' ? decision.id : '';
    await expect.poll(() => state.values.read([id]).get(id)?.args).toBe('{"amount":7}');
    await state.close();
  });
});
