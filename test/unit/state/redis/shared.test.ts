/** What gateways share beside counters: each has a folder of its own, and a real Redis stands between them, in which a stranger writes too. */
import { readFileSync } from 'node:fs';
import { createClient } from '@redis/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PendingCall, Verdict } from '../../../../server/src/protocol/approval.ts';
import {
  AcceptedFiles,
  newHolder,
  SharedAccepted,
  type Asking,
  type State,
} from '../../../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../../../support/folder.ts';
import { recordLog } from '../../../support/recordedLog.ts';
import { hasRedis, startRedis, type RedisServer } from '../../../support/redisServer.ts';
import { quota, rate } from '../charges.ts';
import { decided } from '../records.ts';
import { share, type Machine } from './support.ts';

const SHARED = '{portcullis}:1:shared';
const call = (id: string): PendingCall =>
  ({
    id,
    askedAt: 0,
    expiresAt: 60_000,
    tool: 'pay',
    arguments: '{"to":"p1anted-secret"}',
    mayRemember: false,
  }) as PendingCall;
const asking = (id: string, more: Partial<Asking> = {}): Asking => ({
  call: call(id),
  grantId: 'g',
  holder: newHolder(),
  key: `key of ${id}`,
  ...more,
});
const once: Verdict = { choice: 'once', by: 'editor' };
const deny: Verdict = { choice: 'deny', by: 'shell' };

describe.skipIf(!hasRedis)('gateways that share their state', () => {
  let server: RedisServer;
  let folder: Folder;
  let stranger: ReturnType<typeof createClient>;
  let open: State[];

  beforeEach(async () => {
    [folder, server] = await Promise.all([makeFolder(), startRedis()]);
    stranger = createClient({ url: server.url });
    stranger.on('error', () => undefined);
    await stranger.connect();
    open = [];
  });

  afterEach(async () => {
    await Promise.all(open.map((state) => state.close()));
    stranger.destroy();
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  async function machine(name: string, more: Partial<Machine> = {}): Promise<State> {
    const state = await share({ url: server.url, folder: folder.file(name), answer: 5_000, ...more });
    open.push(state);
    return state;
  }
  const refreshed = async (state: State): Promise<State> => {
    await state.sharing?.refresh();
    return state;
  };
  const admit = async (state: State): Promise<boolean> =>
    (await state.admit([quota('a', 1)], Date.now(), decided())).ok;

  describe('and hold calls for a person', () => {
    it('show them everywhere, and nowhere without the key', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      await one.approvals.ask(asking('a'));

      expect(await other.approvals.waiting()).toEqual([call('a')]);
      const held = await Promise.all((await stranger.keys('*approval:*')).map((key) => stranger.hGetAll(key)));
      expect(held).toHaveLength(1);
      expect(JSON.stringify(held)).not.toMatch(/p1anted|pay|key of/);
    });

    it('let one of two deciders win at two gateways, every time, and give the verdict out once', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      for (const id of Array.from({ length: 50 }, (_, index) => `call-${String(index)}`)) {
        await one.approvals.ask(asking(id));
        const told = await Promise.all([one.approvals.decide(id, once, 0), other.approvals.decide(id, deny, 0)]);
        const winner = told[0].ok ? once : deny;
        expect(told.filter(({ ok }) => ok)).toHaveLength(1);
        expect(told.find(({ ok }) => !ok)).toMatchObject({
          problem: expect.stringContaining(
            winner === once ? 'allowed already, in the editor' : 'denied already',
          ) as string,
        });
        expect(await one.approvals.take(id)).toEqual(winner);
      }
    });

    it('join the same call at two gateways: an approval lets it through at one of them', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      for (const id of Array.from({ length: 50 }, (_, index) => `call-${String(index)}`)) {
        expect(await one.approvals.ask(asking(id))).toBe('asked');
        expect(await other.approvals.ask(asking(`${id}b`, { key: `key of ${id}` }))).toMatchObject({ call: call(id) });
        expect(await other.approvals.decide(id, once, 0)).toEqual({ ok: true });
        const taken = await Promise.all([one.approvals.take(id), other.approvals.take(id)]);
        expect(taken.filter((verdict) => verdict?.choice === 'once')).toHaveLength(1);
        expect(await one.approvals.verdictOn(id)).toBe('spent');
      }
    });

    it('refuse the same call at both, when a person does', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      await one.approvals.ask(asking('a'));
      await other.approvals.ask(asking('b', { key: 'key of a' }));
      await one.approvals.decide('a', deny, 0);
      expect(await one.approvals.take('a')).toEqual(deny);
      expect(await other.approvals.take('a')).toEqual(deny);
    });

    it('go on waiting at one when the other gives the call up', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      await one.approvals.ask(asking('a'));
      await other.approvals.ask(asking('b', { key: 'key of a' }));
      await one.approvals.withdraw('a');
      expect(await other.approvals.decide('a', once, 0)).toEqual({ ok: true });
      expect(await other.approvals.take('a')).toEqual(once);
    });

    it('let three calls of a grant wait at most, over all of them, and forget what ends', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      const holder = newHolder();
      for (const id of ['a', 'b']) await one.approvals.ask(asking(id, { holder }));
      expect(await other.approvals.ask(asking('c'))).toBe('asked');
      expect(await other.approvals.ask(asking('d'))).toBe('full');
      expect(await other.approvals.ask(asking('e', { grantId: 'another' }))).toBe('asked');
      await one.approvals.left(holder);
      expect(await other.approvals.ask(asking('d'))).toBe('asked');
    });

    it('refuse a grant without asking after three refusals in a row, wherever they were given', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      for (const [id, at] of [
        ['a', one],
        ['b', other],
        ['c', one],
      ] as const) {
        expect(await at.approvals.blockedUntil('g')).toBe(0);
        await one.approvals.ask(asking(id));
        await at.approvals.decide(id, deny, 0);
        await one.approvals.take(id);
      }
      for (const each of [one, other])
        expect(await each.approvals.blockedUntil('g')).toBeGreaterThan(Date.now() + 500_000);
      expect(await other.approvals.blockedUntil('another')).toBe(0);
    });

    it('know of an editor at any of them', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      expect(await other.approvals.hasEditor()).toBe(false);
      await one.approvals.editorArrived('h');
      expect(await other.approvals.hasEditor()).toBe(true);
      await one.approvals.editorLeft('h');
      expect(await other.approvals.hasEditor()).toBe(false);
    });

    it('refuse by a verdict that was written without the key, or for another call', async () => {
      const one = await machine('one');
      await one.approvals.ask(asking('a'));
      await one.approvals.ask(asking('b'));
      await one.approvals.decide('a', once, 0);
      const borrowed = (await stranger.hGet('{portcullis}:1:approval:a', 'verdict')) ?? '';
      for (const verdict of [borrowed, Buffer.from(JSON.stringify(once)).toString('base64'), '']) {
        await stranger.hSet('{portcullis}:1:approval:b', { state: 'decided', verdict, choice: 'allow' });
        expect(await one.approvals.verdictOn('b')).toMatchObject({ choice: 'deny' });
      }
    });

    it('forget a call whose gateway was killed', async () => {
      const one = await machine('one');
      await one.approvals.ask(asking('a'));
      expect(await stranger.pTTL('{portcullis}:1:approval:a')).toBeGreaterThan(0);
      await stranger.del('{portcullis}:1:approval:a');
      expect(await one.approvals.waiting()).toEqual([]);
      expect(await one.approvals.verdictOn('a')).toBe('spent');
      expect(await one.approvals.decide('a', once, 0)).toMatchObject({ ok: false });
    });
  });

  describe('and know grants', () => {
    it('go by what was made, rotated or revoked at another, from the next request on', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      const hashes = async (): Promise<string[]> =>
        (await refreshed(other)).grants.valid(Date.now()).map(({ tokenHash }) => tokenHash.toString('hex'));
      const token = await one.grants.add({ label: 'agent', servers: ['files'] }, Date.now());
      const [first] = await hashes();
      expect(await one.grants.rotate('agent')).not.toBe(token);
      const [second] = await hashes();
      expect(second).not.toBe(first);
      expect(await refreshed(other)).toBe(other);
      expect(other.grants.labelled('agent')?.grant).toMatchObject({ label: 'agent', servers: ['files'] });
      expect(await other.grants.revoke('agent', Date.now())).toBe(true);
      expect(await one.grants.revoke('agent', Date.now())).toBe(false);
      expect((await refreshed(one)).grants.valid(Date.now())).toEqual([]);
      expect(JSON.stringify(await stranger.hGetAll(SHARED))).not.toContain(token);
    });

    it('make a label once, however many make it at the same moment', async () => {
      const machines = await Promise.all(['a', 'b', 'c'].map((name) => machine(name)));
      const made = await Promise.allSettled(
        machines.map(async (each) => each.grants.add({ label: 'agent' }, Date.now())),
      );
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const each of made)
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'state-taken' });
    });

    it('shut the grant "local" out everywhere', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      expect(await one.grants.revoke('local', 1)).toBe(true);
      expect((await refreshed(other)).grants.find('local')?.grant.revokedAt).toBe(1);
    });

    it('go by no document that a stranger has written, or put back', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      await one.grants.add({ label: 'agent' }, Date.now());
      const before = await stranger.hGetAll(SHARED);
      await refreshed(other);
      await one.grants.revoke('agent', Date.now());
      await refreshed(other);

      await stranger.hSet(SHARED, before);
      await expect(refreshed(other)).rejects.toThrow('restored from an older copy');
      await stranger.hSet(SHARED, { ...before, 'grants.version': '7' });
      await expect(refreshed(other)).rejects.toThrow('nobody with the key has written');
      expect(other.grants.valid(Date.now())).toEqual([]);
    });

    it('tell once of a document that a stranger has written, however often it is read, and once when it is in order', async () => {
      const { log, lines } = recordLog();
      const [one, other] = [await machine('one'), await machine('other', { log })];
      await one.grants.add({ label: 'agent' }, Date.now());
      await refreshed(other);
      const before = await stranger.hGetAll(SHARED);
      const told: (string | undefined)[] = [];
      other.sharing?.listen(() => told.push(other.sharing?.problem));

      await stranger.hSet(SHARED, { 'grants.version': '7' });
      for (let times = 0; times < 3; times++)
        await expect(refreshed(other)).rejects.toThrow('nobody with the key has written');
      await stranger.hSet(SHARED, before);
      await refreshed(other);

      expect(told).toEqual([expect.stringContaining('nobody with the key has written'), undefined]);
      expect(lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
      expect(lines.filter((line) => line.includes('in order again'))).toHaveLength(1);
    });

    it('do not start with another key, and say so', async () => {
      await machine('one');
      await expect(machine('one', { key: 'some other key of as many letters' })).rejects.toThrow(
        'the same PORTCULLIS_SHARED_KEY',
      );
      await expect(machine('other', { key: 'some other key of as many letters' })).rejects.toThrow(
        'the same PORTCULLIS_SHARED_KEY',
      );
    });
  });

  describe('and find it emptied', () => {
    it('let no call through until a person has accepted that, at any of them, also after a restart', async () => {
      const [one, other] = [await machine('one'), await machine('other')];
      expect(await admit(one)).toBe(true);
      await stranger.flushAll();

      await expect(admit(other)).rejects.toThrow('emptied or replaced');
      await expect(refreshed(one)).rejects.toThrow('portcullis shared-state accept');
      expect(one.sharing?.problem).toContain('was emptied, replaced');
      await expect(machine('one')).rejects.toThrow('emptied, replaced');
      await machine('new');
      await expect(refreshed(other)).rejects.toThrow('emptied, replaced');

      await one.sharing?.accept();

      expect((await refreshed(other)).sharing?.problem).toBeUndefined();
      expect(await admit(other)).toBe(true);
      expect(await admit(one)).toBe(false);
    });

    it('go by no other word than that the mark follows the one which they knew', async () => {
      const one = await machine('one');
      const late = await share({ url: server.url, folder: folder.file('late') });
      await late.close();
      for (let times = 0; times < 2; times++) {
        await stranger.flushAll();
        await one.sharing?.accept();
      }
      await expect(machine('late')).rejects.toThrow('emptied, replaced');
    });

    it('count for themselves meanwhile where that is wanted', async () => {
      const one = await machine('one', { whenLost: 'count-locally' });
      await stranger.flushAll();
      expect([await admit(one), await admit(one)]).toEqual([true, false]);
      await refreshed(one);
      expect(one.sharing?.problem).toContain('emptied');
    });
  });

  it('tell each other what a person has accepted: that very text, once, also after a restart', async () => {
    const [one, other] = [await machine('one'), await machine('other')];
    const subject = { kind: 'policy', folder: '/w', server: 's' } as const;
    const before = other.sharing?.acceptances.version(subject);
    await one.sharing?.acceptances.publish(subject, 'loose');
    expect((await refreshed(other)).sharing?.acceptances.version(subject)).not.toBe(before);
    expect(other.sharing?.acceptances.use(subject, 'looser')).toBe(false);
    expect(other.sharing?.acceptances.use({ ...subject, server: 't' }, 'loose')).toBe(false);
    expect(other.sharing?.acceptances.use(subject, 'loose')).toBe(true);
    expect(other.sharing?.acceptances.use(subject, 'loose')).toBe(false);
    expect(one.sharing?.acceptances.use(subject, 'loose')).toBe(false);
    await other.close();
    expect((await machine('other')).sharing?.acceptances.use(subject, 'loose')).toBe(false);
  });

  it('keep apart what was accepted for two policies of a folder that no configuration names', async () => {
    const [one, other] = [await machine('one'), await machine('other')];
    const subject = { kind: 'policy', folder: '/w', server: '' } as const;
    const policies = ['/w/a.json', '/w/b.json'].map((config) => ({ ...subject, config }));
    for (const each of policies) await one.sharing?.acceptances.publish(each, `loose ${each.config}`);
    await refreshed(other);
    for (const each of policies) expect(other.sharing?.acceptances.use(each, `loose ${each.config}`)).toBe(true);
  });

  it('tell each other of no configuration: its text is one of that machine alone', async () => {
    const one = await machine('one');
    if (!one.sharing) throw new Error('nothing is shared');
    const accepted = new SharedAccepted(new AcceptedFiles(folder.file('one')), one.sharing.acceptances);
    const content = { file: '/w/portcullis.json', text: '{}' };
    accepted.accept({ kind: 'configuration', folder: '/w', server: '' }, content);
    await accepted.told();
    expect(await stranger.hGet(SHARED, 'accepted.version')).toBeNull();
    accepted.accept({ kind: 'lock', folder: '/w', server: '' }, content);
    await accepted.told();
    expect(await stranger.hGet(SHARED, 'accepted.version')).toBe('1');
  });

  it('need no right that docs/scale.md does not give', async () => {
    const line = /ACL (SETUSER portcullis [^`]*)`/.exec(readFileSync('docs/scale.md', 'utf8'))?.[1] ?? '';
    await stranger.sendCommand(['ACL', ...line.replace('PASSWORD', 'secret').split(' ')]);
    const one = await machine('one', { url: server.url.replace('//', '//portcullis:secret@') });
    await one.grants.add({ label: 'agent' }, Date.now());
    await one.sharing?.acceptances.publish({ kind: 'lock', folder: '/w', server: '' }, 'text');
    await one.approvals.editorArrived('h');
    expect(await one.approvals.hasEditor()).toBe(true);
    for (const [id, verdict] of [
      ['a', once],
      ['b', deny],
    ] as const) {
      await one.approvals.ask(asking(id));
      expect(await one.approvals.waiting()).toHaveLength(1);
      expect(await one.approvals.decide(id, verdict, 0)).toEqual({ ok: true });
      expect(await one.approvals.verdictOn(id)).toEqual(verdict);
      expect(await one.approvals.take(id)).toEqual(verdict);
    }
    await one.approvals.ask(asking('c'));
    await one.approvals.withdraw('c');
    expect(await one.approvals.blockedUntil('g')).toBe(0);
    await one.approvals.editorLeft('h');
    const reserving = await one.admit([quota('a', 1), rate('a', 2, 60)], Date.now(), decided());
    expect(reserving.ok).toBe(true);
    if (reserving.ok) await one.counters.release(reserving.reservation);
    await one.sharing?.accept();
  });

  it('give clients states to bring back that any of them opens', async () => {
    const [one, other] = [await machine('one'), await machine('other')];
    expect(one.sign('text')).toBe(other.sign('text'));
    expect(one.prove('text')).not.toBe(other.prove('text'));
  });
});
