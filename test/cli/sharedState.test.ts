/** What a shell sees and changes of the state that gateways of several machines share, with a folder of its own. */
import { createClient } from '@redis/client';
import { describe, expect, test } from 'vitest';
import { makeFolder, type Folder } from '../support/folder.ts';
import { portcullis, type CliResult } from '../support/cli.ts';
import { hasRedis, startRedis, type RedisServer } from '../support/redisServer.ts';
import { atTerminal, homeWith } from '../support/terminal.ts';
import { KEY, share } from '../unit/state/redis/support.ts';

interface Scene {
  readonly redis: RedisServer;
  readonly folder: Folder;
  readonly env: Readonly<Record<string, string>>;
  /** The command with the options that name the state. */
  readonly run: (...command: readonly string[]) => Promise<CliResult>;
  readonly options: readonly string[];
}

async function scene(use: (scene: Scene) => Promise<void>): Promise<void> {
  await using folder = await makeFolder();
  await using redis = await startRedis();
  const env = { STATE_URL: redis.url, PORTCULLIS_SHARED_KEY: KEY };
  const options = ['--state', folder.file('shell'), '--shared-state-env', 'STATE_URL'];
  const run = (...command: readonly string[]): Promise<CliResult> => portcullis([...command, ...options], { env });
  await use({ redis, folder, env, run, options });
}

async function empty(redis: RedisServer): Promise<void> {
  const stranger = createClient({ url: redis.url });
  await stranger.connect();
  await stranger.flushAll();
  stranger.destroy();
}

describe.skipIf(!hasRedis)('a shell on another machine', () => {
  test('makes and revokes grants for the gateways', () =>
    scene(async ({ redis, folder, run }) => {
      const gateway = await share({ url: redis.url, folder: folder.file('gateway') });
      const made = await run('grants', 'add', 'agent');
      expect(made.out).toMatch(/^pcl_/);
      await gateway.sharing?.refresh();
      expect(gateway.grants.valid(Date.now()).map(({ grant }) => grant.label)).toEqual(['agent']);
      expect(await run('grants', 'revoke', 'agent')).toMatchObject({ code: 0 });
      await gateway.sharing?.refresh();
      expect(gateway.grants.valid(Date.now())).toEqual([]);
      await gateway.close();
    }));

  test('sees and denies calls that wait at a gateway', () =>
    scene(async ({ redis, folder, run }) => {
      const gateway = await share({ url: redis.url, folder: folder.file('gateway') });
      const call = { id: 'abc123', askedAt: Date.now(), expiresAt: Date.now() + 60_000, tool: 'pay', server: 's' };
      const shown = { ...call, client: '', grant: 'g', session: 's', description: '', category: '', risk: '' } as const;
      const bound = { rule: '/tools/pay/approval', policyFile: '/p', policy: '', message: '', arguments: '{}' };
      await gateway.approvals.ask({
        call: { ...shown, ...bound, asTask: false, mayRemember: false },
        grantId: 'g',
        holder: 'h',
        key: 'k',
      });
      expect((await run('approvals', 'list')).out).toContain('abc123');
      expect(await run('approvals', 'deny', 'abc', '--message', 'not now')).toMatchObject({ code: 0 });
      expect(await gateway.approvals.take('abc123')).toEqual({ choice: 'deny', by: 'shell', message: 'not now' });
      await gateway.close();
    }));

  test('tells whether all is in order; an emptied one is accepted only by a person, for all', () =>
    scene(async ({ redis, folder, run, env, options }) => {
      const gateway = await share({ url: redis.url, folder: folder.file('gateway') });
      expect(await run('shared-state', 'status')).toMatchObject({
        code: 0,
        out: expect.stringContaining('in order') as string,
      });

      await empty(redis);
      expect(await run('shared-state')).toMatchObject({
        code: 1,
        out: expect.stringContaining('was emptied') as string,
      });
      expect(await run('shared-state', 'accept')).toMatchObject({ code: 2 });
      expect((await run('grants', 'list')).err).toContain('portcullis shared-state accept');
      await using home = await homeWith({ shell: true });
      const accept = ['shared-state', 'accept', ...options];
      expect(await atTerminal(accept, home, { env, types: () => 'wrong!' })).toMatchObject({ code: 1 });
      await expect(gateway.sharing?.refresh()).rejects.toThrow('was emptied');
      expect(await atTerminal(accept, home, { env })).toMatchObject({ code: 0 });

      await gateway.sharing?.refresh();
      expect(gateway.sharing?.problem).toBeUndefined();
      expect(await run('shared-state')).toMatchObject({ code: 0 });
      await gateway.close();
    }));

  test('says where it cannot be reached, and what is missing', () =>
    scene(async ({ redis, run, folder }) => {
      await redis.kill();
      expect(await run('shared-state')).toMatchObject({
        code: 2,
        err: expect.stringContaining('cannot be used') as string,
      });
      expect(await portcullis(['shared-state', '--state', folder.file('shell')])).toMatchObject({
        code: 2,
        err: expect.stringContaining('--shared-state-env NAME') as string,
      });
    }));
});
