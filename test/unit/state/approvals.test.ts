/** What waits for a person in the state: what of it can be seen, by whom, and what a stranger to the key can do with it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { PendingCall } from '../../../server/src/protocol/approval.ts';
import { newHolder, openState, type Asking } from '../../../server/src/state/index.ts';
import { makeFolder } from '../../support/folder.ts';

const call = (id: string): PendingCall => ({
  id,
  ...{ askedAt: 0, expiresAt: 1_000, client: 'c', grant: 'g', session: 's', server: 'main', tool: 'pay' },
  ...{
    description: '',
    category: '',
    risk: '',
    rule: '/tools/pay/approval',
    policyFile: '/p',
    policy: '',
    message: '',
  },
  arguments: '{"to":"p1anted-secret"}',
  asTask: false,
  mayRemember: false,
});

const asking = (id: string, holder = newHolder()): Asking => ({ call: call(id), grantId: 'g', holder, key: id });

describe('calls that wait', () => {
  it('stand in no file for anybody without the key', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    state.approvals.ask(asking('a'));
    expect(state.approvals.waiting()).toEqual([call('a')]);
    for (const name of ['portcullis.db', 'portcullis.db-wal'])
      expect(readFileSync(folder.file(name)).includes('p1anted-secret')).toBe(false);
    await state.close();
  });

  it('are seen and decided by other processes that have the key, once', async () => {
    await using folder = await makeFolder();
    const [gateway, shell] = [openState(folder.path), openState(folder.path)];
    gateway.approvals.ask(asking('a'));
    expect(shell.approvals.waiting()).toHaveLength(1);
    expect(shell.approvals.decide('a', { choice: 'once', by: 'shell' }, 0)).toEqual({ ok: true });
    expect(gateway.approvals.decide('a', { choice: 'deny', by: 'editor' }, 0)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('allowed already, in a shell') as string,
    });
    expect(gateway.approvals.take('a')).toEqual({ choice: 'once', by: 'shell' });
    expect(shell.approvals.decide('a', { choice: 'once', by: 'shell' }, 0)).toMatchObject({ ok: false });
    await Promise.all([gateway.close(), shell.close()]);
  });

  it('are refused by a verdict that was written without the key', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    state.approvals.ask(asking('a'));
    const database = new DatabaseSync(folder.file('portcullis.db'));
    database.prepare('UPDATE approval SET verdict = ?').run(Buffer.from('{"choice":"once","by":"editor"}'));
    database.close();
    expect(state.approvals.verdictOn('a')).toMatchObject({ choice: 'deny' });
    await state.close();
  });

  it('are gone with the process that asked, and leave their place to others', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const dead = `${String(spawnSync(process.execPath, ['-e', '']).pid)} gone`;
    for (const id of ['a', 'b', 'c']) expect(state.approvals.ask(asking(id, dead))).toBe('asked');
    state.approvals.editorArrived(dead);
    expect(state.approvals.waiting()).toEqual([]);
    expect(state.approvals.hasEditor()).toBe(false);
    expect(state.approvals.decide('a', { choice: 'once', by: 'shell' }, 0)).toMatchObject({ ok: false });
    expect(state.approvals.ask(asking('d'))).toBe('asked');
    await state.close();
  });
});
