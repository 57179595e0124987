/** What the guard of a gateway takes from its stdin, and what it ends when that is over. */
import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Guard } from '../../../server/src/mcp/stdio/guard.ts';
import { guardGroups } from '../../../server/src/mcp/stdio/guardDuty.ts';
import { markedEnvironment } from '../../../server/src/mcp/stdio/mark.ts';
import { isRunning, processes } from '../../support/processes.ts';
import { collectingLog } from '../../support/servers/log.ts';

const WAIT = { timeout: 15_000, interval: 50 };

/** A process that leads a group, and stays. */
async function leader(script = '', env: Record<string, string> = {}): Promise<ChildProcess & { readonly pid: number }> {
  const child = spawn(process.execPath, ['-e', `${script}; setInterval(() => {}, 60_000); console.log()`], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child as ChildProcess & { readonly pid: number };
}

const endOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));

describe.skipIf(process.platform === 'win32')('when its stdin ends, the guard', () => {
  test('asks what it was told of to end, and kills what does not', async () => {
    const [willing, stubborn] = [await leader(), await leader('process.on("SIGTERM", () => {})')];
    const ends = Promise.all([endOf(willing), endOf(stubborn)]);
    const stdin = new PassThrough();
    stdin.end(`+${willing.pid}\n+${stubborn.pid}\n`);
    await guardGroups(stdin, 100);
    expect(await ends).toEqual(['SIGTERM', 'SIGKILL']);
  });

  test.runIf(process.platform === 'linux')('finds what was being started by its mark', async () => {
    const mark = randomUUID();
    const child = await leader('', markedEnvironment(mark));
    const end = endOf(child);
    const stdin = new PassThrough();
    stdin.end(`*${randomUUID()}\n+4000000000\n*${mark}\n`);
    await guardGroups(stdin, 100);
    expect(await end).toBe('SIGTERM');
  });

  test('leaves what was ended before, half a line, and what is no number of a group', async () => {
    const [ended, torn] = [await leader(), await leader()];
    const stdin = new PassThrough();
    stdin.write('+0\n+1\n-1\n+-1\n+1e3\nx\n');
    stdin.end(`+${ended.pid}\n-${ended.pid}\n+${torn.pid}`);
    await guardGroups(stdin, 100);
    expect([ended.pid, torn.pid].filter((pid) => !isRunning(pid))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a guard that is killed itself', () => {
  const program = path.resolve(import.meta.dirname, '../../../server/src/cli/guard.ts');
  const helpers = (): readonly number[] =>
    processes()
      .filter(({ parent, command }) => parent === process.pid && command.includes(program))
      .map(({ pid }) => pid);

  test('is started again and told of the groups anew', async () => {
    const { log, entries } = collectingLog();
    const guard = new Guard(program, log);
    const child = await leader();
    const ended = endOf(child);
    expect(guard.announce()).not.toBe(guard.announce());
    guard.add(child.pid);
    const first = await vi.waitUntil(() => helpers()[0], WAIT);
    process.kill(first, 'SIGKILL');
    await vi.waitUntil(() => helpers().some((pid) => pid !== first), WAIT);
    expect(entries.map(({ level }) => level)).toEqual(['warn']);
    await guard.close();
    expect(await ended).toBe('SIGTERM');
    await vi.waitUntil(() => helpers().length === 0, WAIT);
  });
});
