/** However the gateway's process ends, it takes its servers with it, and every call that was sent has the record of its end. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { openExistingState } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { cli } from './support/stdioClient.ts';

const policy = JSON.stringify({ version: '1', default: 'allow' });

interface Started extends Disposable {
  readonly child: ChildProcessWithoutNullStreams;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly err: () => string;
  /** Of the server's process, once it runs. */
  readonly serverPid: () => Promise<number>;
}

/** A gateway in front of a server that outlives its stdin, so that only its parent can end it. */
function start(folder: Folder, args: readonly string[], nodeArgs: readonly string[] = []): Started {
  const pidFile = folder.file('pid');
  const outlive = `data:text/javascript,${encodeURIComponent(
    `import fs from 'node:fs'; setInterval(() => undefined, 60_000); fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`,
  )}`;
  const server = stubLaunch({ tools: ['hang'].map(stubTool), hangOn: 'hang', record: folder.file('received') });
  const own = [
    '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
    ...nodeArgs,
    cli,
    'gateway',
    '--state',
    folder.file('state'),
    '--policy',
    folder.file('policy.json'),
    ...args,
  ];
  const child = spawn(process.execPath, [...own, '--', process.execPath, '--import', outlive, ...server.args]);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.on('error', () => undefined);
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const serverPid = async (): Promise<number> =>
    Number(
      await vi.waitUntil(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8'), { timeout: 10_000, interval: 20 }),
    );
  return { child, exited, err: () => err, serverPid, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function outcomes(folder: Folder): readonly string[] {
  const state = openExistingState(folder.file('state'));
  const records = state?.audit.read({}) ?? [];
  void state?.close();
  return records.flatMap((record) => (record.kind === 'outcome' ? [record.outcome] : []));
}

describe('over stdio', () => {
  test('a client that stops reading ends it: the server too, and the running call has its record', async () => {
    await using folder = await makeFolder({ 'policy.json': policy });
    using started = start(folder, ['--stdio']);
    const { child } = started;
    const send = (message: object): void =>
      void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } };
    send({ id: 1, method: 'initialize', params });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    send({ id: 2, method: 'tools/call', params: { name: 'hang' } });
    await vi.waitUntil(() => readFileSync(folder.file('received'), 'utf8').includes('tools/call'), { interval: 20 });
    child.stdout.destroy();
    send({ id: 3, method: 'ping' });
    expect(await started.exited).toEqual({ code: 0, signal: null });
    expect(isAlive(await started.serverPid())).toBe(false);
    expect(outcomes(folder)).toEqual(['unknown']);
  });
});

describe('over HTTP', () => {
  test.skipIf(process.platform === 'win32').each(['SIGHUP', 'SIGQUIT', 'SIGTERM', 'SIGINT'] as const)(
    '%s ends its servers with it',
    async (signal) => {
      await using folder = await makeFolder({ 'policy.json': policy });
      using started = start(folder, []);
      const pid = await started.serverPid();
      started.child.kill(signal);
      expect(await started.exited).toEqual({ code: 0, signal: null });
      expect(isAlive(pid)).toBe(false);
    },
  );

  test.skipIf(process.platform === 'win32').each([
    ['an error that nobody caught', 'throw new Error("boom")'],
    ['a promise whose rejection nobody caught', 'Promise.reject(new Error("boom"))'],
  ])('%s ends it, and its servers, and is told', async (_what, mishap) => {
    await using folder = await makeFolder({ 'policy.json': policy });
    const onSignal = `process.on("SIGUSR2", () => { ${mishap} })`;
    using started = start(folder, [], ['--import', `data:text/javascript,${encodeURIComponent(onSignal)}`]);
    const pid = await started.serverPid();
    started.child.kill('SIGUSR2');
    expect(await started.exited).toEqual({ code: 2, signal: null });
    expect(started.err()).toContain('boom');
    expect(isAlive(pid)).toBe(false);
  });
});

test('another command whose reader went away, as in "… | head", ends quietly', async () => {
  const child = spawn(process.execPath, [cli, 'check', '--help']);
  child.stdout.destroy();
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, complaint: err.includes('portcullis:') }).toEqual({ code: 0, complaint: false });
});
