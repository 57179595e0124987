/** One state, several processes, and some of them killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openState } from '../../../server/src/state/index.ts';
import { makeFolder } from '../../support/folder.ts';

const worker = path.join(import.meta.dirname, 'worker.ts');

function start(task: string, folder: string, number = 0) {
  const child = spawn(process.execPath, [worker, task, folder, String(number)], { stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, output: text(child.stdout), errors: text(child.stderr), ended: once(child, 'close') };
}

/** What the worker said, line by line; its errors fail the test. */
async function run(task: string, folder: string, number = 0): Promise<string[]> {
  const { child, output, errors, ended } = start(task, folder, number);
  await ended;
  if (child.exitCode !== 0) throw new Error(await errors);
  return (await output).trim().split('\n');
}

describe('several processes on one state', { timeout: 60_000 }, () => {
  it('admit exactly the limit between them', async () => {
    await using folder = await makeFolder();

    const admitted = await Promise.all([1, 2, 3].map(() => run('reserve', folder.path, 100)));

    expect(admitted.flat().reduce((sum, each) => sum + Number(each), 0)).toBe(100);
  });

  it('write one unbroken chain', async () => {
    await using folder = await makeFolder();

    const written = (await Promise.all([1, 2, 3].map(() => run('append', folder.path, 200)))).flat().map(Number);

    expect(written.sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
    const state = openState(folder.path);
    expect(state.audit.verify()).toEqual({ ok: true, records: 600 });
    await state.close();
  });

  it('agree on token and key when they start in a new folder together', async () => {
    await using folder = await makeFolder();
    const place = folder.file('new/state');

    const said = (await Promise.all([1, 2, 3, 4].map(() => run('token', place)))).flat();

    expect(new Set(said).size).toBe(1);
    expect(said[0]).toMatch(/^[A-Za-z0-9_-]{43} [0-9a-f]{64}$/);
  });
});

describe('a process that is killed while it writes', () => {
  it('loses no record that it acknowledged', { timeout: 60_000 }, async () => {
    await using folder = await makeFolder();
    let acknowledged = 0;
    for (let round = 1; round <= 8; round++) {
      const { child, output, ended } = start('append', folder.path, 1e9);
      // Killed in the middle of writing: after a number of records that differs by round.
      let seen = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        seen += chunk.length;
        if (seen > round * 300) child.kill('SIGKILL');
      });
      await ended;
      acknowledged = Number((await output).split('\n').at(-2));

      const state = openState(folder.path);
      expect(state.audit.verify()).toEqual({ ok: true, records: state.audit.newest() });
      // The last record may have been written and not yet acknowledged.
      expect(state.audit.newest() - acknowledged).toBeOneOf([0, 1]);
      await state.close();
    }
    expect(acknowledged).toBeGreaterThan(8);
  });
});

describe('a process that is killed while it prunes', () => {
  it('leaves a chain that is whole, beside others that write', { timeout: 60_000 }, async () => {
    await using folder = await makeFolder();
    const appended = run('append', folder.path, 200);
    let pruned = 0;
    for (let round = 1; round <= 5; round++) {
      const { child, output, ended } = start('prune', folder.path);
      let seen = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        seen += chunk.length;
        if (seen > round * 12) child.kill('SIGKILL');
      });
      await ended;
      expect(Number((await output).split('\n').at(-2))).toBeGreaterThan(0);

      const state = openState(folder.path);
      const verification = state.audit.verify();
      expect(verification).toMatchObject({ ok: true });
      const { seq = 0 } = (verification.ok && verification.pruned) || {};
      expect(seq).toBeGreaterThan(pruned);
      pruned = seq;
      await state.close();
    }
    await appended;
    const state = openState(folder.path);
    expect(state.audit.verify().ok).toBe(true);
    await state.close();
  });
});
