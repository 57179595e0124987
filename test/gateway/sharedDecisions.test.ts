/** Two gateways with state folders of their own, as on two machines, that share a Redis: what a person decides at one holds at the other. */
import { describe, expect, test } from 'vitest';
import { controlRoutes } from '../../server/src/protocol/control.ts';
import {
  AcceptedFiles,
  readSharedAddress,
  SharedAccepted,
  shareState,
  type EmbeddedState,
  type Sharing,
  type State,
} from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { recordLog } from '../support/recordedLog.ts';
import { hasRedis, startRedis, type RedisServer } from '../support/redisServer.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { KEY, share } from '../unit/state/redis/support.ts';
import { openEditor } from './support/editor.ts';
import { eraClient, pipeGateway } from './support/eraClient.ts';
import { openSession, ruleOf, send, type Answer } from './support/http.ts';
import { postModern } from './support/modern.ts';
import { callsIn } from './support/recorded.ts';
import { CONTROL_TOKEN, runGateway, textOf, type TestGateway, type TestGatewayOptions } from './support/running.ts';

const RULE = '/tools/echo/approval';
const asks = { version: '1', default: 'deny', tools: { echo: { action: 'require_approval' } } };
const strict = { version: '1', default: 'deny' };
const loose = { version: '1', default: 'allow' };

interface Scene {
  readonly here: TestGateway;
  readonly there: TestGateway;
  readonly redis: RedisServer;
  readonly folder: Folder;
  readonly calls: () => ReturnType<typeof callsIn>;
}

async function scene(use: (scene: Scene) => Promise<void>, options: Partial<TestGatewayOptions> = {}): Promise<void> {
  await using folder = await makeFolder();
  await using redis = await startRedis();
  const record = folder.file('received');
  const launch = stubLaunch({ record, tools: [stubTool('echo')] });
  const open = (stateName: string): Promise<TestGateway> =>
    runGateway(launch, { policy: asks, folder, stateName, ...sharing(redis, folder.file(stateName)), ...options });
  await using here = await open('here');
  await using there = await open('there');
  await use({ here, there, redis, folder, calls: () => callsIn(record) });
}

async function shared(local: EmbeddedState, url: string): Promise<State> {
  const address = readSharedAddress('STATE_URL', url);
  const timing = { answer: 5_000, pause: 20, longestPause: 50 };
  return shareState(local, { address, key: KEY, whenLost: 'deny', log: recordLog().log, timing });
}

/** As `portcullis gateway --shared-state-env` puts it together. */
function sharing(redis: RedisServer, state: string): Pick<TestGatewayOptions, 'wrapState' | 'accepted'> {
  let known: Sharing | undefined;
  return {
    async wrapState(local) {
      const opened = await shared(local, redis.url);
      known = opened.sharing;
      return opened;
    },
    accepted: new SharedAccepted(new AcceptedFiles(state), {
      version: (subject) => known?.acceptances.version(subject) ?? '',
      use: (subject, text) => known?.acceptances.use(subject, text) ?? false,
      publish: async (subject, text) => known?.acceptances.publish(subject, text),
    }),
  };
}

const control = async ({ gateway }: TestGateway, path: string, body: object): Promise<unknown> => {
  const headers = { authorization: `Bearer ${CONTROL_TOKEN}` };
  const url = `http://127.0.0.1:${String(gateway.port)}${path}`;
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
};

const statusOf = ({ gateway }: TestGateway) => gateway.status().servers[0];

describe.skipIf(!hasRedis)('a call that waits at one gateway', () => {
  test('is allowed at the other, and sent once', () =>
    scene(async ({ here, there, calls }) => {
      using editor = await openEditor(there.gateway);
      const answer = (await openSession(here)).call('echo', { amount: 5 });
      const [call] = await editor.sees();
      expect(call).toMatchObject({ tool: 'echo', arguments: '{\n  "amount": 5\n}' });
      expect(calls()).toEqual([]);
      expect(await editor.decide(call, 'once')).toEqual({ ok: true });
      expect(ruleOf(await answer)).toBeUndefined();
      expect(calls()).toHaveLength(1);
      await editor.sees(0);
    }));

  test('is decided once, when people decide at both', () =>
    scene(async ({ here, there, calls }) => {
      using one = await openEditor(here.gateway);
      using other = await openEditor(there.gateway);
      const answer = (await openSession(here)).call('echo');
      const [[call], [same]] = await Promise.all([one.sees(), other.sees()]);
      const told = await Promise.all([one.decide(call, 'deny'), other.decide(same, 'once')]);
      expect(told.filter(({ ok }) => ok)).toHaveLength(1);
      const isAllowed = told[1].ok;
      expect(ruleOf(await answer)).toBe(isAllowed ? undefined : RULE);
      expect(calls()).toHaveLength(isAllowed ? 1 : 0);
    }));

  test('is denied when the editor at the other is closed', () =>
    scene(
      async ({ here, there, calls }) => {
        using editor = await openEditor(there.gateway);
        const answer = (await openSession(here)).call('echo');
        await editor.sees();
        editor.close();
        expect(ruleOf(await answer)).toBe(RULE);
        expect(calls()).toEqual([]);
      },
      { approvalTiming: { absence: 100 } },
    ));

  test('is denied when Redis is lost', () =>
    scene(async ({ here, redis, calls }) => {
      using editor = await openEditor(here.gateway);
      const answer = (await openSession(here)).call('echo');
      await editor.sees();
      await redis.kill();
      expect(ruleOf(await answer)).toBe(RULE);
      expect(calls()).toEqual([]);
    }));

  test('goes on at the other when its client comes back there (2026-07-28), and is sent once', () =>
    scene(
      async ({ here, there, calls }) => {
        const token = await shareToken(here);
        const params = { name: 'echo', arguments: { message: 'm' } };
        using editor = await openEditor(here.gateway);
        const ask = (at: TestGateway, more: object = {}): Promise<Answer> =>
          postModern({ url: at.url, token }, { params: { ...params, ...more } });
        const requestState = stateOf(await ask(here));
        const second = stateOf(await ask(there, { requestState }));
        const [call] = await editor.sees();
        await editor.decide(call, 'once');
        const answer = await ask(there, { requestState: second });
        expect(answer.json.result).toMatchObject({ resultType: 'complete' });
        expect(ruleOf(answer)).toBeUndefined();
        expect(calls()).toHaveLength(1);
        expect(ruleOf(await ask(here, { requestState }))).toBe(RULE);
        expect(calls()).toHaveLength(1);
      },
      { approvalTiming: { hold: 50 } },
    ));
});

/** A grant that both gateways know. */
async function shareToken(at: TestGateway): Promise<string> {
  const answer = (await control(at, controlRoutes.grants, { do: 'add', label: 'agent' })) as { token?: string };
  return answer.token ?? '';
}

function stateOf({ json }: Answer): string {
  expect(json.result).toMatchObject({ resultType: 'input_required' });
  return String(json.result?.['requestState']);
}

describe.skipIf(!hasRedis)('a grant', () => {
  test('opens every gateway, and none from the next request on when it is revoked at one', () =>
    scene(
      async ({ here, there }) => {
        const token = await shareToken(here);
        const session = await openSession({ url: there.url, token });
        expect(ruleOf(await session.call('echo'))).toBeUndefined();
        expect(await control(there, controlRoutes.grants, { do: 'revoke', label: 'agent' })).toMatchObject({
          ok: true,
        });
        expect((await session.call('echo')).status).toBe(401);
        expect((await send({ url: here.url, token })).status).toBe(401);
      },
      { policy: loose },
    ));

  test('is denied on stdio too, in the very next call after it was revoked elsewhere', async () => {
    await using folder = await makeFolder();
    await using redis = await startRedis();
    const elsewhere = await share({ url: redis.url, folder: folder.file('elsewhere') });
    await using piped = await pipeGateway(stubLaunch(), loose, { label: 'agent' }, (local) => shared(local, redis.url));
    const client = await eraClient(piped.transport, { era: 'legacy' });
    const call = async (): Promise<unknown> => client.callTool({ name: 'echo', arguments: {} }).catch(String);
    expect(textOf(await call())).toContain('{}');
    await elsewhere.sharing?.refresh();
    await elsewhere.grants.revoke('agent', Date.now());
    expect(JSON.stringify(await call())).toContain('grant was revoked');
    await client.close();
    await elsewhere.close();
  });

  test('cannot be known while Redis is lost: nobody is let in, the status says why, and all is well once it is back', () =>
    scene(
      async ({ here, redis }) => {
        const session = await openSession(here);
        await redis.kill();
        expect((await session.call('echo')).status).toBe(503);
        expect(here.gateway.status().shared?.problem).toContain('cannot be reached');
        expect(statusOf(here)).toMatchObject({
          state: 'degraded',
          problem: expect.stringContaining('shared') as string,
        });
        await redis.start();
        await expect.poll(() => here.gateway.status().shared?.problem, { timeout: 10_000 }).toBeUndefined();
        expect(ruleOf(await session.call('echo'))).toBeUndefined();
        expect(statusOf(here)?.state).toBe('ready');
      },
      { policy: loose },
    ));
});

describe.skipIf(!hasRedis)('a looser policy', () => {
  test('that a person has accepted at one gateway holds at the other, from the next call on; another one waits', () =>
    scene(
      async ({ here, there }) => {
        const session = await openSession(there);
        await here.writePolicy(loose);
        expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
        expect(ruleOf(await (await openSession(here)).call('echo'))).toBe('(default deny)');
        const hash = statusOf(here)?.policy.held?.hash;
        expect(await control(here, controlRoutes.accept, { what: 'policy', server: 'main', hash })).toEqual({});
        await expect.poll(async () => ruleOf(await session.call('echo'))).toBeUndefined();

        await here.writePolicy(strict);
        expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
        await here.writePolicy(loose);
        expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
      },
      { policy: strict },
    ));
});
