/** F5: a disk that is full. Without a record there is no call; what is on record stays whole, and once there is room calls work again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openState } from '../../server/src/state/index.ts';
import { bundle } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { startStub } from '../support/servers/start.ts';
import { callsIn } from './support/recorded.ts';

/** Blocks of 512 bytes that any file of the gateway may have: room for the database, and for some hundred records. */
const BLOCKS = 1_200;
const CALLS = 3_000;

test.skipIf(process.platform === 'win32')(
  'F5: calls are denied once nothing can be recorded, and no call without a record was sent',
  async () => {
    await using folder = await makeFolder({ 'policy.json': '{"version":"1","default":"allow"}' });
    const record = folder.file('received');
    await using server = await startStub({ kind: 'http' }, { record });
    const args = ['--policy', folder.file('policy.json'), '--state', folder.file('state'), '--url', server.launch.url];
    // A file that would grow over the limit makes the write fail as a full disk does; the signal that comes with it is ignored.
    const child = spawn(
      'sh',
      [
        '-c',
        `trap '' XFSZ; ulimit -f ${BLOCKS}; exec "$0" "$@"`,
        process.execPath,
        bundle,
        'gateway',
        '--stdio',
        ...args,
      ],
      {
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    );
    const ended = once(child, 'exit');
    const say = (message: object): void =>
      void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'c', version: '1' };
    say({ id: 0, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } });
    let allowed = 0;
    let denied = 0;
    let id = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const answer = JSON.parse(line) as { id: number; result?: { isError?: boolean } };
      if (answer.id > 0) {
        if (answer.result?.isError === true) denied += 1;
        else allowed += 1;
      }
      if (denied === 20 || id === CALLS) break;
      id += 1;
      say({ id, method: 'tools/call', params: { name: 'echo', arguments: { note: 'x'.repeat(200) } } });
    }
    child.stdin.end();
    await ended;

    expect(allowed).toBeGreaterThan(20);
    expect(denied).toBe(20);
    expect(callsIn(record)).toHaveLength(allowed);
    const state = openState(folder.file('state'));
    expect(state.audit.verify()).toMatchObject({ ok: true });
    const decisions = state.audit.read({}).filter((each) => each.kind === 'decision' && each.decision === 'allow');
    expect(decisions).toHaveLength(allowed);
    await state.close();
  },
);
