/** Reload as a ratchet: what restricts takes effect at once, what lets through more waits for a person, also across restarts. */
import fs from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import type { AcceptAnswer } from '../../server/src/protocol/control.ts';
import { AcceptedFiles } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession, ruleOf } from './support/http.ts';
import { CONTROL_TOKEN, runGateway, type TestGateway } from './support/running.ts';

const open = { version: '1', default: 'allow' };
const deny = { version: '1', default: 'deny' };
const limited = {
  version: '1',
  default: 'allow',
  tools: { echo: { limits: [{ counter: 'c', window: 'month', max: 9 }] } },
};
const launch = stubLaunch({ tools: ['echo', 'other'].map(stubTool) });

function run(folder: Folder, policy: unknown): Promise<TestGateway> {
  return runGateway(launch, { policy, folder, accepted: new AcceptedFiles(folder.file('state')) });
}

async function accept({ gateway }: TestGateway, hash: string): Promise<AcceptAnswer> {
  const response = await fetch(`http://127.0.0.1:${gateway.port}/control/accept`, {
    method: 'POST',
    headers: { authorization: `Bearer ${CONTROL_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ what: 'policy', server: 'main', hash }),
  });
  return (await response.json()) as AcceptAnswer;
}

const statusOf = ({ gateway }: TestGateway) => gateway.status().servers[0]?.policy;

test('a tightening holds from the next call on; taking it back waits, says what it lets through, and holds when a person accepts it', async () => {
  await using folder = await makeFolder();
  await using running = await run(folder, open);
  const session = await openSession(running);
  expect(ruleOf(await session.call('echo'))).toBeUndefined();
  await running.writePolicy(deny);
  expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
  await running.writePolicy(open);
  expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
  const status = statusOf(running);
  expect(status?.problem).toContain('a person has to accept it');
  expect(status?.held?.loosened).toEqual([{ about: '*', what: 'is no longer denied by default' }]);
  expect(await accept(running, status?.held?.hash ?? '')).toEqual({});
  expect(ruleOf(await session.call('echo'))).toBeUndefined();
  expect(statusOf(running)).toEqual({ file: running.policyFile, inForce: status?.held?.hash });
});

test('a restart accepts nothing: the last accepted policy is in force, whatever the file holds', async () => {
  await using folder = await makeFolder();
  {
    await using running = await run(folder, limited);
    await running.writePolicy(deny);
    expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('(default deny)');
  }
  for (const edit of [open, limited, 'garbage']) {
    await using running = await run(folder, edit);
    expect(ruleOf(await (await openSession(running)).call('echo')), JSON.stringify(edit)).toBe('(default deny)');
  }
  await using running = await run(folder, { ...deny, tools: { echo: { action: 'deny' } } });
  expect(statusOf(running)?.held).toBeUndefined();
});

test('a policy that appears where none was is looser than none', async () => {
  await using folder = await makeFolder();
  {
    await using running = await run(folder, undefined);
    await running.writePolicy(open);
    expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('(no policy)');
  }
  await using running = await run(folder, open);
  expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('(no policy)');
  expect(await accept(running, statusOf(running)?.held?.hash ?? '')).toEqual({});
  expect(ruleOf(await (await openSession(running)).call('echo'))).toBeUndefined();
});

test('what is accepted is what was shown: another edit in between is refused', async () => {
  await using folder = await makeFolder();
  await using running = await run(folder, deny);
  await running.writePolicy({ ...deny, tools: { echo: {} } });
  const session = await openSession(running);
  await session.call('echo');
  const shown = statusOf(running)?.held?.hash ?? '';
  await running.writePolicy(open);
  expect((await accept(running, shown)).problem).toContain('edited once more');
  expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
  expect((await accept(running, 'no-such-hash')).problem).toBeDefined();
});

test('an agent cannot accept: the grant token does not open the control channel', async () => {
  await using folder = await makeFolder();
  await using running = await run(folder, deny);
  await running.writePolicy(open);
  await (await openSession(running)).call('echo');
  const response = await fetch(`http://127.0.0.1:${running.gateway.port}/control/accept`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ what: 'policy', server: 'main', hash: statusOf(running)?.held?.hash }),
  });
  expect(response.status).toBe(401);
});

test('two gateways of one state: what one has accepted, the other goes by', async () => {
  await using folder = await makeFolder();
  await using one = await run(folder, deny);
  await using other = await run(folder, deny);
  await one.writePolicy(open);
  const [first, second] = [await openSession(one), await openSession(other)];
  expect(ruleOf(await first.call('echo'))).toBe('(default deny)');
  expect(ruleOf(await second.call('echo'))).toBe('(default deny)');
  expect(await accept(one, statusOf(one)?.held?.hash ?? '')).toEqual({});
  expect(ruleOf(await second.call('echo'))).toBeUndefined();
});

describe('what was accepted, on disk', () => {
  test('is for this user alone', async () => {
    await using folder = await makeFolder();
    await using _running = await run(folder, deny);
    const [name = ''] = fs.readdirSync(folder.file('state/accepted'));
    expect(fs.statSync(folder.file(`state/accepted/${name}`)).mode & 0o777).toBe(0o600);
  });

  test.each(['', '{}', '{"format":1,"subject":{},"content":{"file":"","text":1}}', '['])(
    'damaged (%s): nothing is in force until a person accepts',
    async (damage) => {
      await using folder = await makeFolder();
      {
        await using _running = await run(folder, open);
      }
      const [name = ''] = fs.readdirSync(folder.file('state/accepted'));
      fs.writeFileSync(folder.file(`state/accepted/${name}`), damage);
      await using running = await run(folder, open);
      expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('(no policy)');
      expect(await accept(running, statusOf(running)?.held?.hash ?? '')).toEqual({});
      expect(ruleOf(await (await openSession(running)).call('echo'))).toBeUndefined();
    },
  );

  test('cannot be written (full disk): nothing looser takes effect', async () => {
    await using folder = await makeFolder();
    const store = new AcceptedFiles(folder.file('state'));
    await using running = await runGateway(launch, { policy: deny, folder, accepted: store });
    await running.writePolicy(open);
    const session = await openSession(running);
    await session.call('echo');
    vi.spyOn(store, 'write').mockImplementation(() => {
      throw new Error('ENOSPC');
    });
    expect((await accept(running, statusOf(running)?.held?.hash ?? '')).problem).toContain('nothing has changed');
    expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
  });
});
