/** Gateways as processes of their own, each with its own state folder, that count in one Redis. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundle, portcullis } from '../support/cli.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { hasRedis, startRedis } from '../support/redisServer.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession, ruleOf } from './support/http.ts';

const KEY = 'k'.repeat(32);
const limits = [{ counter: 'calls', window: 'month', max: 10 }];
const policy = JSON.stringify({ version: '1', server: 'stub', default: 'allow', all_tools: { limits } });

interface Started extends AsyncDisposable {
  /** Calls the tool so often at once, and says how many calls were let through. */
  call(times: number): Promise<number>;
  readonly err: () => string;
}

async function startGateway(folder: Folder, name: string, url: string): Promise<Started> {
  const server = stubLaunch({ tools: [stubTool('echo')] });
  const place = ['--state', folder.file(name), '--policy', folder.file('policy.json'), '--format', 'json'];
  const args = [bundle, 'gateway', ...place, '--shared-state-env', 'STATE_URL', '--', server.command, ...server.args];
  const child = spawn(process.execPath, args, { env: { ...process.env, STATE_URL: url, PORTCULLIS_SHARED_KEY: KEY } });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error(err)));
  });
  const { servers } = JSON.parse(line) as { servers: Record<string, { url: string }> };
  const address = new URL(Object.values(servers)[0]?.url ?? '');
  const token = readFileSync(path.join(folder.file(name), 'local.token'), 'utf8').trim();
  const session = await openSession({ url: address, token });
  return {
    err: () => err,
    async call(times) {
      const answers = await Promise.all(Array.from({ length: times }, () => session.call('echo')));
      return answers.filter((answer) => answer.json.result && ruleOf(answer) === undefined).length;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

describe.skipIf(!hasRedis)('gateways that share their state', () => {
  it('let exactly the limit through between them', { timeout: 60_000 }, async () => {
    await using folder = await makeFolder({ 'policy.json': policy });
    await using redis = await startRedis();
    const url = redis.url;
    await using one = await startGateway(folder, 'one', url);
    await using other = await startGateway(folder, 'other', url);

    const done = await Promise.all([one.call(40), other.call(40)]);

    expect(done[0] + done[1]).toBe(10);
  });

  it('deny when it is lost, and never say its password', { timeout: 60_000 }, async () => {
    await using folder = await makeFolder({ 'policy.json': policy });
    await using redis = await startRedis((port) => ['--port', String(port), '--requirepass', 'planted-secret']);
    await using gateway = await startGateway(folder, 'one', redis.url.replace('//', '//:planted-secret@'));
    expect(await gateway.call(1)).toBe(1);

    await redis.kill();

    expect(await gateway.call(3)).toBe(0);
    expect(gateway.err()).toContain('Nobody is let in, and calls are denied, until it is back.');
    expect(gateway.err()).not.toContain('planted-secret');
  });
});

describe('a gateway that cannot share its state', () => {
  it.each([
    [{}, ['--shared-state-env', 'STATE_URL'], 'The variable STATE_URL is not set'],
    [
      { STATE_URL: 'redis://:hidden@127.0.0.1:1', PORTCULLIS_SHARED_KEY: KEY },
      ['--shared-state-env', 'STATE_URL'],
      'at 127.0.0.1:1 (STATE_URL) cannot be used',
    ],
    [
      { STATE_URL: 'redis://127.0.0.1', PORTCULLIS_SHARED_KEY: 'hidden' },
      ['--shared-state-env', 'STATE_URL'],
      'PORTCULLIS_SHARED_KEY is shorter than 32 characters',
    ],
    [{}, ['--when-shared-lost', 'deny'], 'name its variable with --shared-state-env'],
    [
      { STATE_URL: 'redis://127.0.0.1', PORTCULLIS_SHARED_KEY: KEY },
      ['--shared-state-env', 'STATE_URL', '--when-shared-lost', 'allow'],
      'it can be deny, count-locally',
    ],
  ])('does not start: %j %j', async (env, args, message) => {
    await using folder = await makeFolder({ 'policy.json': policy });
    const place = ['gateway', '--state', folder.file('state'), '--policy', folder.file('policy.json')];

    const { code, err } = await portcullis([...place, ...args, '--', 'node'], { env });

    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toContain('hidden');
  });
});
