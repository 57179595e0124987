/** A gateway that is killed outright cannot end its servers: its guard does, and then ends too. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { makeFolder, type Folder } from '../support/folder.ts';
import { processes } from '../support/processes.ts';
import { startProcess } from './support/process.ts';

const policy = JSON.stringify({ version: '1', default: 'allow' });
const WAIT = { timeout: 15_000, interval: 100 };

/** Everything that belongs to a gateway of this folder: each such command line names the folder, but for the guard's. */
const leftovers = (folder: Folder, guards: readonly number[]): readonly string[] =>
  processes()
    .filter(({ pid, command }) => guards.includes(pid) || command.includes(folder.path))
    .map(({ command }) => command);

const guardsOf = (gateway: number | undefined): readonly number[] =>
  processes()
    .filter(({ parent, command }) => parent === gateway && /guard\.[jt]s$/.test(command))
    .map(({ pid }) => pid);

describe.skipIf(process.platform === 'win32')('a gateway that gets SIGKILL', () => {
  test.each([[['--stdio']], [[]]])(
    'leaves none of its servers, nor what these have started, though they ignore SIGTERM: %j',
    async (args) => {
      await using folder = await makeFolder({ 'policy.json': policy });
      using started = startProcess(folder, args, { stubbornFamily: true });
      const { child, serverPids } = started;
      if (args.length > 0) child.stdin.write(initialize);
      expect(await serverPids()).toHaveLength(2);
      const guards = guardsOf(child.pid);
      expect(guards).toHaveLength(1);
      child.kill('SIGKILL');
      await vi.waitUntil(() => leftovers(folder, guards).length === 0, WAIT);
    },
  );

  test('around the moment when it starts a server, in twenty rounds, leaves nothing', async () => {
    for (let round = 0; round < 20; round += 5)
      await Promise.all([0, 1, 2, 3, 4].map((each) => killAfter(round + each)));
  }, 60_000);
});

test.skipIf(process.platform === 'win32')(
  'a gateway whose starter is gone, as when the extension host restarts, ends and takes its servers along',
  async () => {
    await using folder = await makeFolder({ 'policy.json': policy });
    using started = startProcess(folder, ['--control', '--format', 'json'], { stubbornFamily: true });
    started.child.stdin.write(`${JSON.stringify({ controlToken: 'c'.repeat(43), inputs: {} })}\n`);
    expect(await started.serverPids()).toHaveLength(2);
    const guards = guardsOf(started.child.pid);
    started.child.stdin.end();
    expect(await started.exited).toEqual({ code: 0, signal: null });
    await vi.waitUntil(() => leftovers(folder, guards).length === 0, WAIT);
  },
);

/** Kills so many milliseconds after the gateway has said that it listens: its server is started then. */
async function killAfter(milliseconds: number): Promise<void> {
  await using folder = await makeFolder({ 'policy.json': policy });
  using started = startProcess(folder, [], { stubbornFamily: true });
  const { child } = started;
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await pause(milliseconds);
  const guards = guardsOf(child.pid);
  child.kill('SIGKILL');
  await vi.waitUntil(() => leftovers(folder, guards).length === 0, WAIT);
}

const initialize = `${JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
})}\n`;
