/** However the gateway's process ends, it takes its servers with it, and every call that was sent has the record of its end. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { openExistingState } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { isRunning } from '../support/processes.ts';
import { dataUrl, startProcess } from './support/process.ts';
import { cli } from './support/stdioClient.ts';

const policy = JSON.stringify({ version: '1', default: 'allow' });

function outcomes(folder: Folder): readonly string[] {
  const state = openExistingState(folder.file('state'));
  const records = state?.audit.read({}) ?? [];
  void state?.close();
  return records.flatMap((record) => (record.kind === 'outcome' ? [record.outcome] : []));
}

describe('over stdio', () => {
  test('a client that stops reading ends it: the server too, and the running call has its record', async () => {
    await using folder = await makeFolder({ 'policy.json': policy });
    using started = startProcess(folder, ['--stdio']);
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
    expect((await started.serverPids()).some(isRunning)).toBe(false);
    expect(outcomes(folder)).toEqual(['unknown']);
  });
});

describe('over HTTP', () => {
  test.skipIf(process.platform === 'win32').each(['SIGHUP', 'SIGQUIT', 'SIGTERM', 'SIGINT'] as const)(
    '%s ends its servers with it',
    async (signal) => {
      await using folder = await makeFolder({ 'policy.json': policy });
      using started = startProcess(folder, []);
      const pids = await started.serverPids();
      started.child.kill(signal);
      expect(await started.exited).toEqual({ code: 0, signal: null });
      expect(pids.some(isRunning)).toBe(false);
    },
  );

  test.skipIf(process.platform === 'win32').each([
    ['an error that nobody caught', 'throw new Error("boom")'],
    ['a promise whose rejection nobody caught', 'Promise.reject(new Error("boom"))'],
  ])('%s ends it, and its servers, and is told', async (_what, mishap) => {
    await using folder = await makeFolder({ 'policy.json': policy });
    const onSignal = `process.on("SIGUSR2", () => { ${mishap} })`;
    using started = startProcess(folder, [], { nodeArgs: ['--import', dataUrl(onSignal)] });
    const pids = await started.serverPids();
    started.child.kill('SIGUSR2');
    expect(await started.exited).toEqual({ code: 2, signal: null });
    expect(started.err()).toContain('boom');
    expect(pids.some(isRunning)).toBe(false);
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
