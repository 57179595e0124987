/** What crosses to where it must not be read, run or shown (rows 29 to 33 of docs/security-tests.md; headers.test.ts has the rest of row 33). */
import { existsSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { portcullis } from '../../support/cli.ts';
import { makeFolder } from '../../support/folder.ts';
import { startStub, stubLaunch, stubTool } from '../../support/servers/start.ts';
import { openSession, ruleOf } from '../support/http.ts';
import { callOf, recordedGateway } from '../support/recorded.ts';
import { runGateway } from '../support/running.ts';

const policy = {
  version: '1',
  default: 'allow',
  tools: {
    denied: { action: 'deny' },
    matched: { deny_if: [{ path: 'args.text', op: 'regex', value: '^(a|a)*(a+)+$' }] },
  },
};
const main = recordedGateway(policy, ['echo', 'denied', 'matched']);

describe('row 29: a server’s process', () => {
  test('is started without a shell, and with nothing of the environment but what its definition and a program need', async () => {
    await using folder = await makeFolder();
    const [environment, evil] = [folder.file('environment.json'), folder.file('evil')];
    const report = `import fs from 'node:fs'; fs.writeFileSync(${JSON.stringify(environment)}, JSON.stringify([process.env, process.argv.slice(3)]))`;
    const { args, ...launch } = stubLaunch();
    const shellWords = [`; touch ${evil}`, `$(touch ${evil})`, `\`touch ${evil}\``, '${HOME}', '| cat', '*'];
    const secrets = {
      AWS_SECRET_ACCESS_KEY: 's',
      NODE_OPTIONS: '--no-warnings',
      LD_LIBRARY_PATH: '/x',
      NPM_TOKEN: 't',
    };
    Object.assign(process.env, secrets);
    const preload = ['--import', `data:text/javascript,${encodeURIComponent(report)}`];
    await using running = await runGateway(
      { ...launch, args: [...preload, ...args, ...shellWords], env: { OWN: 'x' } },
      { policy },
    );
    for (const name of Object.keys(secrets)) delete process.env[name];
    expect(ruleOf(await (await openSession(running)).call('echo'))).toBeUndefined();
    const [env, argv] = JSON.parse(readFileSync(environment, 'utf8')) as [Record<string, string>, string[]];
    expect(argv).toEqual(shellWords);
    expect(existsSync(evil)).toBe(false);
    expect(env).toMatchObject({ OWN: 'x' });
    expect(Object.keys(env).filter((name) => name in secrets)).toEqual([]);
  });
});

describe('row 31: regular expressions', () => {
  test('take time linear in the text: one that would never end elsewhere denies and allows at once', async () => {
    const text = 'a'.repeat(64 * 1024 - 1);
    expect(ruleOf(await main.session.call('matched', { text: `${text}!` }))).toBeUndefined();
    expect(ruleOf(await main.session.call('matched', { text }))).toBe('/tools/matched/deny_if/args.text-regex');
  });
  test('are not asked about more than 64 KiB: such a call is denied', async () => {
    const answer = await main.session.call('matched', { text: `${'b'.repeat(64 * 1024)}!` });
    expect(ruleOf(answer)).toBe('/tools/matched/deny_if/args.text-regex');
  });
});

describe('row 32: records and log', () => {
  test('hold no value of an argument, no token and no session id', async () => {
    await main.session.call('echo', { password: 'hunter2-secret' });
    await main.session.call('denied', { password: 'hunter2-secret' });
    await main.session.post(callOf('echo', '{"password":"hunter2-secret","password":1}'));
    const records = JSON.stringify(main.running.state.audit.read({}));
    const everything = JSON.stringify([records, main.running.log]);
    expect(records).toContain('password');
    expect(everything).not.toContain('hunter2');
    expect(everything).not.toContain(main.session.id);
    expect(everything).not.toContain(main.running.token);
  });

  test('tell equal arguments from others by a digest that nobody can compute without the key', async () => {
    const digestIn = async (): Promise<readonly string[]> => {
      await using running = await runGateway(stubLaunch(), { policy });
      const session = await openSession(running);
      for (const pin of ['1234', '1234', '9999']) await session.call('echo', { pin });
      return running.decisions().map(({ argsHmac }) => argsHmac);
    };
    const [here, there] = await Promise.all([digestIn(), digestIn()]);
    expect(here[0]).toBe(here[1]);
    expect(here[0]).not.toBe(here[2]);
    expect(here[0]).not.toBe(there[0]);
  });

  test('stay one line each, whatever client, tool and arguments are called', async () => {
    await using folder = await makeFolder();
    const evil = 'x\n2026-01-01 allow forged\r\u001b[2J\u0085\u2028\u202eEVIL\u0007';
    {
      await using running = await runGateway(stubLaunch({ tools: [stubTool(evil)] }), { policy, folder });
      const client = await running.client();
      await client.callTool({ name: evil, arguments: { [evil]: evil } }).catch(() => undefined);
      const session = await openSession(running);
      await session.post({ jsonrpc: '2.0', id: 1, method: evil, params: {} });
      expect(running.decisions()).toHaveLength(2);
    }
    const { out, code } = await portcullis(['audit', 'list', '--state', folder.file('state')]);
    expect(code).toBe(0);
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
    expect(out.split('\n').some((line) => line.startsWith('2026-01-01 allow forged'))).toBe(false);
    expect(out).toContain('EVIL');
  });

  test.skipIf(process.platform === 'win32')('are for this user alone', () => {
    const { folder } = main.running;
    for (const file of ['portcullis.db', 'local.token', 'install.key', 'audit.head'])
      expect((statSync(folder.file(`state/${file}`)).mode & 0o077).toString(8), file).toBe('0');
  });
});

describe('row 33: redirects', () => {
  test('are not followed: nothing, and no credential, reaches the other place', async () => {
    let asked = 0;
    const elsewhere = http.createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const redirectTo = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/mcp`;
    await using server = await startStub({ kind: 'http', redirectTo });
    const launch = { ...server.launch, headers: { authorization: 'Bearer of-the-server' } };
    await using running = await runGateway(launch, { policy });
    await expect(running.client()).rejects.toThrow();
    expect(asked).toBe(0);
    elsewhere.closeAllConnections();
    elsewhere.close();
  });
});
