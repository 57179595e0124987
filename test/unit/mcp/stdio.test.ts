import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../server/src/mcp/errors.ts';
import { childEnvironment } from '../../../server/src/mcp/stdio/environment.ts';
import { isRunning } from '../../support/processes.ts';
import { converse, textOf } from '../../support/servers/conversation.ts';
import { realLaunch, received, receivedTexts, stubLaunch } from '../../support/servers/start.ts';

describe('a server over stdio', () => {
  test('answers a call, and what arrives there is what was sent', async () => {
    const record = path.join(mkdtempSync(path.join(tmpdir(), 'stub-')), 'received');
    await using server = await converse(stubLaunch({ record }));
    await server.initialize();
    const answer = await server.ask('tools/call', { name: 'echo', arguments: { text: 'héllo\u2028' } });
    expect(textOf(answer)).toBe('{"text":"héllo\u2028"}');
    const methods = received(record).map(({ method }) => method);
    expect(receivedTexts(record).at(-1)).toContain('héllo\\u2028');
    expect(methods).toEqual(['initialize', 'notifications/initialized', 'tools/call']);
  });

  test('the real server-everything answers too', async () => {
    await using server = await converse(realLaunch('everything'));
    await server.initialize();
    const answer = await server.ask('tools/call', { name: 'echo', arguments: { message: 'hi' } });
    expect(textOf(answer)).toContain('hi');
  });

  test('lines that are no messages are logged and skipped', async () => {
    const garbage = [
      'Server ready!',
      '{"level":"info"}',
      '[1,2]',
      '{"jsonrpc":"2.0","id":{},"result":{}}',
      '\u001b[31mred',
    ];
    await using server = await converse(stubLaunch({ garbage }));
    await server.initialize();
    expect(server.messages).toHaveLength(1);
    const lines = server.log.map(({ fields }) => fields['line']);
    expect(lines).toContain('Server ready!');
    expect(lines).toContain('\\u{1b}[31mred');
  });

  test('number text survives in both directions', async () => {
    const rawResults = { precise: '{"amount":1.000000000000000005,"big":12345678901234567890,"n":1.0,"content":[]}' };
    await using server = await converse(stubLaunch({ rawResults }));
    await server.initialize();
    const answer = await server.ask('tools/call', { name: 'precise' });
    expect(JSON.stringify(answer)).toContain('"amount":1.000000000000000005,"big":12345678901234567890,"n":1.0');
  });

  test('its death mid-call is told with exit code and last words', async () => {
    const launch = stubLaunch({ dieOn: 'boom', exitCode: 7, stderr: ['loading', 'no database: token-abcdef'] });
    await using server = await converse({ ...launch, env: { TOKEN: 'token-abcdef' } });
    await server.initialize();
    await server.transport.send({ jsonrpc: '2.0', id: 'x', method: 'tools/call', params: { name: 'boom' } });
    const reason = await server.closed;
    expect(reason).toMatchObject({ code: 'died', sent: true });
    expect(reason?.message).toBe("The server's process ended with exit code 7.");
    expect(reason).toMatchObject({ lastWords: ['loading', 'no database: •••'] });
    await expect(server.ask('ping')).rejects.toMatchObject({ code: 'closed', sent: false });
  });

  test('a message over the limit is dropped, its call answered, and the next one works', async () => {
    const options = { bigOn: { tool: 'big', bytes: 300_000 } };
    await using server = await converse(stubLaunch(options), { maxMessageBytes: 100_000 });
    await server.initialize();
    const big = await server.ask('tools/call', { name: 'big' });
    expect(textOf(big)).toContain('larger than 100000 bytes');
    expect(textOf(await server.ask('tools/call', { name: 'echo', arguments: 1 }))).toBe('1');
  });

  test('inherits only what a program needs to run', async () => {
    const env = {
      PATH: '/bin',
      HOME: '/h',
      AWS_SECRET_ACCESS_KEY: 's',
      NODE_OPTIONS: '--x',
      https_proxy: 'p',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      Path: 'q',
    };
    const minimal = childEnvironment(env, { MINE: '1' }, 'linux');
    expect(minimal).toEqual({ PATH: '/bin', HOME: '/h', https_proxy: 'p', NODE_EXTRA_CA_CERTS: '/ca.pem', MINE: '1' });
    expect(childEnvironment({ Path: 'c', SystemRoot: 'w', Secret: 's' }, {}, 'win32')).toEqual({
      Path: 'c',
      SystemRoot: 'w',
    });
  });
});

describe('a process that does not read', () => {
  const launch = (script: string) =>
    ({ kind: 'stdio', command: process.execPath, args: ['-e', script], env: {} }) as const;
  const ready = `console.log('{"jsonrpc":"2.0","method":"ready"}'); setInterval(() => {}, 1000);`;
  const message = { jsonrpc: '2.0', method: 'm', params: { text: 'x'.repeat(3 * 1024 * 1024) } } as const;

  test('gets no more than 16 MiB put aside: what comes then is refused and was not sent', async () => {
    await using server = await converse(launch(ready), { grace: 50 });
    const outcomes = Array.from({ length: 8 }, () => server.transport.send(message).then(() => 'sent', errorCode));
    const refused = await Promise.all(outcomes.slice(5));
    expect(refused).toEqual(['busy', 'busy', 'busy']);
    await expect(server.transport.send(message)).rejects.toMatchObject({ sent: false });
    await server.transport.close();
    expect(await Promise.all(outcomes)).toEqual([...Array<string>(5).fill('died'), ...refused]);
  });

  test('and has closed its stdin: the connection ends, so that another can be made', async () => {
    const server = await converse(launch(`require('node:fs').closeSync(0); ${ready}`), { grace: 50 });
    await server.told('ready');
    await expect(server.transport.send(message)).rejects.toMatchObject({ code: 'died', sent: true });
    expect(await server.closed).toMatchObject({ code: 'died' });
  });
});

function errorCode(error: unknown): string {
  return error instanceof UpstreamError ? error.code : 'another error';
}

describe('closing', () => {
  test('tells the end without a reason, once', async () => {
    const server = await converse(stubLaunch());
    await Promise.all([server.transport.close(), server.transport.close()]);
    expect(await server.closed).toBeUndefined();
  });

  test('kills a stubborn server and whatever it started', async () => {
    const script = `
      const { spawn } = require('node:child_process');
      process.on('SIGTERM', () => {});
      const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'inherit' });
      console.log(JSON.stringify({ jsonrpc: '2.0', method: 'pids', params: { pids: [process.pid, child.pid] } }));
      setInterval(() => {}, 1000);`;
    const launch = { kind: 'stdio', command: process.execPath, args: ['-e', script], env: {} } as const;
    const server = await converse(launch, { grace: 100 });
    const told = (await server.told('pids')) as { params?: { pids?: number[] } };
    await server.transport.close();
    const pids = told.params?.pids ?? [];
    expect(pids).toHaveLength(2);
    await expect.poll(() => pids.filter(isRunning)).toEqual([]);
  });

  test('happens when the signal aborts', async () => {
    const abort = new AbortController();
    const server = await converse(stubLaunch(), { signal: abort.signal });
    abort.abort();
    expect(await server.closed).toBeUndefined();
  });
});

describe('a server that cannot be started', () => {
  const launch = { kind: 'stdio', command: 'no-such-command', args: [], env: {} } as const;
  const failure = (changes: object): Promise<unknown> =>
    converse({ ...launch, ...changes }).then(
      () => undefined,
      (error: unknown) => error,
    );

  test.each([
    [{}, 'The command "no-such-command" was not found. Install it'],
    [{ command: 'uvx', args: [], env: { PATH: '/nowhere' } }, 'Install uv, or give the full path'],
    [{ command: process.execPath, cwd: '/no/such/folder' }, 'working directory /no/such/folder does not exist'],
    [{ command: import.meta.filename }, 'may not be executed'],
    [{ args: ['\0'] }, 'could not be started'],
    [{ command: 'run-secret-token', secrets: ['secret-token'] }, 'The command "run-•••" was not found'],
    [{ cwd: '/no/secret-token', env: { TOKEN: 'secret-token' } }, 'working directory /no/••• does not exist'],
  ])('says why: %j', async (changes, words) => {
    const error = await failure(changes);
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({ code: 'unreachable', sent: false });
    expect((error as Error).message).toContain(words);
    expect(inspect(error)).not.toContain('secret-token');
  });
});
