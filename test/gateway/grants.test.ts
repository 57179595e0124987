/** Grants: who may use the gateway, and what holds for whom. People change them beside the running gateway, as `portcullis grants` does. */
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { openEditor } from './support/editor.ts';
import { pipeGateway, eraClient } from './support/eraClient.ts';
import { openSession, ruleOf, send } from './support/http.ts';
import { postModern } from './support/modern.ts';
import { callsIn } from './support/recorded.ts';
import { runGateway, textOf, type TestGateway, type TestGatewayOptions } from './support/running.ts';

const policy = {
  version: '1',
  default: 'deny',
  tools: { echo: { limits: [{ counter: 'c', window: 'month', max: 2 }] } },
};
const echo = { name: 'echo', arguments: {} };

interface Scene {
  readonly running: TestGateway;
  readonly calls: () => ReturnType<typeof callsIn>;
  /** A client with the token. */
  readonly as: (token: string) => Pick<TestGateway, 'url' | 'token'>;
}

async function scene(use: (scene: Scene) => Promise<void>, options: Partial<TestGatewayOptions> = {}): Promise<void> {
  await using folder = await makeFolder();
  const record = folder.file('received');
  await using running = await runGateway(stubLaunch({ record, tools: ['echo', 'other'].map(stubTool) }), {
    policy,
    ...options,
  });
  await use({ running, calls: () => callsIn(record), as: (token) => ({ url: running.url, token }) });
}

const add = ({ state }: TestGateway, label: string, more: object = {}): string =>
  state.grants.add({ label, ...more }, Date.now());

describe('a grant', () => {
  test('opens the gateway with its token, and names its calls', () =>
    scene(async ({ running, as }) => {
      const agent = as(add(running, 'agent'));
      expect(ruleOf(await (await openSession(agent)).call('echo'))).toBeUndefined();
      expect(running.decisions().at(-1)).toMatchObject({ decision: 'allow', grant: 'agent' });
      expect((await send(as('pcl_someone-elses-token'), {})).status).toBe(401);
    }));

  test('leaves its token in no file', () =>
    scene(async ({ running, as }) => {
      const token = add(running, 'agent');
      await openSession(as(token));
      const files = readdirSync(running.folder.file('state'), { recursive: true, withFileTypes: true });
      for (const { parentPath, name } of files.filter((file) => file.isFile()))
        expect(readFileSync(`${parentPath}/${name}`).includes(token.slice(4)), name).toBe(false);
      expect(JSON.stringify(running.log)).not.toContain(token.slice(4));
    }));

  test('that is revoked opens nothing from the next request on, in both eras, and its streams end', () =>
    scene(async ({ running, as, calls }) => {
      const agent = as(add(running, 'agent'));
      const session = await openSession(agent);
      const stream = await openStream(agent, session.id);
      expect(running.state.grants.revoke('agent', Date.now())).toBe(true);
      expect((await session.call('echo')).status).toBe(401);
      expect((await postModern(agent, { params: echo })).status).toBe(401);
      await stream.ended;
      expect(calls()).toEqual([]);
    }));

  test('that is rotated goes on under its new token: what it has used stays used', () =>
    scene(async ({ running, as }) => {
      const before = as(add(running, 'agent'));
      await (await openSession(before)).call('echo');
      const after = as(running.state.grants.rotate('agent') ?? '');
      expect((await send(before, {})).status).toBe(401);
      const session = await openSession(after);
      expect(ruleOf(await session.call('echo'))).toBeUndefined();
      expect(ruleOf(await session.call('echo'))).toBe('/tools/echo/limits/c');
    }));

  test('counts over sessions and restarts, and apart from every other grant', async () => {
    await using folder = await makeFolder();
    const options = { policy, folder };
    const launch = stubLaunch();
    const tokens = await (async () => {
      await using running = await runGateway(launch, options);
      const both = [add(running, 'one'), add(running, 'two')];
      const one = { url: running.url, token: both[0] ?? '' };
      for (const _ of [1, 2]) expect(ruleOf(await (await openSession(one)).call('echo'))).toBeUndefined();
      return both;
    })();
    await using running = await runGateway(launch, options);
    const ruleFor = async (token = ''): Promise<string | undefined> =>
      ruleOf(await (await openSession({ url: running.url, token })).call('echo'));
    expect(await ruleFor(tokens[0])).toBe('/tools/echo/limits/c');
    expect(await ruleFor(tokens[1])).toBeUndefined();
  });

  test('reaches the servers that it names, and no other', () =>
    scene(
      async ({ running, as }) => {
        const agent = as(add(running, 'agent', { servers: ['second'] }));
        expect((await send(agent, { body: '{}' })).status).toBe(404);
        const second = { ...agent, url: new URL(running.gateway.urls['second'] ?? '') };
        expect(ruleOf(await (await openSession(second)).call('echo'))).toBeUndefined();
      },
      { others: { second: stubLaunch() } },
    ));

  test('has a policy of its own: for calls, for lists, and from its next edit on', () =>
    scene(async ({ running, as }) => {
      const own = await running.folder.write(
        'own.json',
        JSON.stringify({ version: '1', default: 'allow', hide: ['echo'] }),
      );
      const agent = await openSession(as(add(running, 'agent', { policy: own })));
      expect(ruleOf(await agent.call('echo'))).toBe('(unavailable)');
      expect(ruleOf(await agent.call('other'))).toBeUndefined();
      const list = { jsonrpc: '2.0', id: 'l', method: 'tools/list' };
      expect(namesIn(await agent.post(list))).toEqual(['other']);
      const local = await openSession(running);
      expect(namesIn(await local.post(list))).toEqual(['echo', 'other']);
      expect(ruleOf(await local.call('other'))).toBe('(default deny)');
      await running.folder.write('own.json', JSON.stringify({ version: '1', default: 'deny' }));
      expect(ruleOf(await agent.call('other'))).toBe('(default deny)');
    }));

  test('has an end', () => {
    let ahead = 0;
    return scene(
      async ({ running, as }) => {
        const session = await openSession(as(add(running, 'agent', { expiresAt: Date.now() + 60_000 })));
        expect((await session.call('echo')).status).toBe(200);
        ahead = 60_001;
        expect((await session.call('echo')).status).toBe(401);
      },
      { clock: () => Date.now() + ahead },
    );
  });

  test('that is revoked or rotated while its call waits for a person: the approval does not hold', () =>
    scene(
      async ({ running, as, calls }) => {
        using editor = await openEditor(running.gateway);
        for (const change of ['rotate', 'revoke'] as const) {
          const session = await openSession(as(running.state.grants.rotate('agent') ?? add(running, 'agent')));
          const answer = session.call('echo', { change });
          const [call] = await editor.sees();
          running.state.grants[change]('agent', Date.now());
          await editor.decide(call, 'once');
          const { text, status } = await answer;
          // The connection of a revoked grant may be cut before the answer.
          expect(status === 200 ? text : 'grant was changed').toMatch(/grant was changed|^$/);
          await editor.sees(0);
        }
        expect(calls()).toEqual([]);
      },
      { policy: { version: '1', default: 'deny', tools: { echo: { action: 'require_approval' } } } },
    ));

  test('"local" can be revoked, and made anew', () =>
    scene(async ({ running, as }) => {
      expect(running.state.grants.revoke('local', Date.now())).toBe(true);
      expect((await send(running, {})).status).toBe(401);
      expect(ruleOf(await (await openSession(as(add(running, 'local')))).call('echo'))).toBeUndefined();
      expect((await send(running, {})).status).toBe(401);
    }));
});

describe('a client on stdio, whose grant is named', () => {
  test.each(['legacy', 'modern'] as const)('hears that it has ended (%s)', async (era) => {
    await using piped = await pipeGateway(stubLaunch(), policy, { label: 'agent' });
    const client = await eraClient(piped.transport, { era });
    expect(textOf(await client.callTool(echo))).toContain('{}');
    await piped.state.grants.revoke('agent', Date.now());
    await expect(client.callTool(echo)).rejects.toThrow('grant was revoked');
    await expect(client.listTools()).rejects.toThrow('grant was revoked');
    await client.close();
  });

  test('is not served where it has ended before', async () => {
    const piped = pipeGateway(stubLaunch(), policy, { label: 'agent', isRevoked: true });
    await expect(piped).rejects.toMatchObject({ code: 'no-grant' });
  });
});

interface Stream {
  readonly ended: Promise<void>;
}

async function openStream({ url, token }: Pick<TestGateway, 'url' | 'token'>, session: string): Promise<Stream> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'text/event-stream',
    'mcp-session-id': session,
    'mcp-protocol-version': '2025-11-25',
  };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get(url, { headers, agent: false }, resolve).on('error', reject);
  });
  return {
    ended: new Promise((resolve) =>
      response
        .resume()
        .once('end', resolve)
        .once('error', () => resolve()),
    ),
  };
}

function namesIn({ json }: Awaited<ReturnType<typeof send>>): readonly string[] {
  return (json.result?.['tools'] as { readonly name: string }[]).map(({ name }) => name);
}
