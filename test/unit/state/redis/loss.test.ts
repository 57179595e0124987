/** A shared state that is not there, does not answer, or refuses. */
import { describe, expect, it } from 'vitest';
import { openState, readSharedAddress, shareState, type State } from '../../../../server/src/state/index.ts';
import { makeFolder } from '../../../support/folder.ts';
import { recordLog } from '../../../support/recordedLog.ts';
import { hasRedis, startRedis } from '../../../support/redisServer.ts';
import { quota } from '../charges.ts';
import { decided } from '../records.ts';
import { KEY, share } from './support.ts';

const BACK = 'The shared state is back.';

const admit = (state: State, max = 1) => state.admit([quota('a', max)], Date.now(), decided());

describe.skipIf(!hasRedis)('a shared state that is lost', () => {
  it('denies until it is back, and has forgotten nothing', async () => {
    await using folder = await makeFolder();
    await using server = await startRedis();
    const { log, said, lines } = recordLog();
    const state = await share({ url: server.url, folder: folder.path, log });
    expect((await admit(state, 2)).ok).toBe(true);

    await server.kill();
    await expect(admit(state, 2)).rejects.toMatchObject({ code: 'state-shared' });
    await said('Nobody is let in, and calls are denied, until it is back.');
    await server.start();
    await said(BACK);

    expect((await admit(state, 2)).ok).toBe(true);
    expect((await admit(state, 2)).ok).toBe(false);
    expect(lines.filter((line) => line.includes('was lost'))).toHaveLength(1);
    await state.close();
  });

  it('denies a call that gets no answer in time, and those after it at once', async () => {
    await using folder = await makeFolder();
    await using server = await startRedis();
    const { log, said } = recordLog();
    const state = await share({ url: server.url, folder: folder.path, log });
    process.kill(server.pid, 'SIGSTOP');

    const hanging = await Promise.allSettled([admit(state), admit(state)]);
    await expect(admit(state)).rejects.toThrow('is not connected');
    process.kill(server.pid, 'SIGCONT');
    await said(BACK);

    expect(hanging.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await said('was lost')).toContain('no answer within 300 ms');
    await state.close();
  });

  it('lets calls through that no limit counts', async () => {
    await using folder = await makeFolder();
    await using server = await startRedis();
    const state = await share({ url: server.url, folder: folder.path });
    await server.kill();

    expect((await state.admit([], Date.now(), decided())).ok).toBe(true);
    expect(state.audit.newest()).toBe(1);
    await state.close();
  });

  it('is counted for on this machine where that is wanted, and given back there', async () => {
    await using folder = await makeFolder();
    await using server = await startRedis();
    const { log, said } = recordLog();
    const state = await share({ url: server.url, folder: folder.path, log, whenLost: 'count-locally' });
    expect((await admit(state)).ok).toBe(true);
    await server.kill();

    const here = await admit(state);
    expect(here.ok).toBe(true);
    expect((await admit(state)).ok).toBe(false);
    await state.counters.release((here as Extract<typeof here, { ok: true }>).reservation);
    expect((await state.counters.probe([quota('a', 1)], Date.now())).ok).toBe(true);
    await said('several gateways together may exceed them');
    await server.start();
    await said(BACK);

    expect((await admit(state)).ok).toBe(false);
    await state.close();
  });

  it('loses no count and lets none through twice when it is killed under load', { timeout: 60_000 }, async () => {
    await using folder = await makeFolder();
    await using server = await startRedis();
    const { log, lines, said } = recordLog();
    // Nothing here is about being in time.
    const state = await share({ url: server.url, folder: folder.path, log, answer: 30_000 });
    const calls = Array.from({ length: 400 }, () => admit(state, 300));
    await Promise.any(calls);

    await server.kill();
    const early = await Promise.allSettled(calls);
    await server.start();
    await said(BACK);
    const late = await Promise.allSettled(Array.from({ length: 400 }, () => admit(state, 300)));

    const admitted = [...early, ...late].filter((each) => each.status === 'fulfilled' && each.value.ok);
    // A call whose answer was lost may have been counted and denied: never the other way round.
    expect(admitted.length).toBeLessThanOrEqual(300);
    expect(state.audit.newest()).toBe(admitted.length);
    expect((await admit(state, 300)).ok).toBe(false);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    await state.close();
  });

  it('gives back what it counted when the record cannot be written', async () => {
    await using folder = await makeFolder();
    await using server = await startRedis();
    const local = openState(folder.path);
    const address = readSharedAddress('REDIS_URL', server.url);
    const state = await shareState(local, { address, key: KEY, log: recordLog().log, whenLost: 'deny' });
    await local.close();

    await expect(admit(state)).rejects.toMatchObject({ code: 'state-closed' });

    expect((await state.counters.probe([quota('a', 1)], Date.now())).ok).toBe(true);
    await state.close();
  });
});

describe.skipIf(!hasRedis)('a shared state that cannot be opened', () => {
  it.each(['wrong-secret', ''])('refuses the password "%s", and no message holds it', async (password) => {
    await using folder = await makeFolder();
    await using server = await startRedis((port) => ['--port', String(port), '--requirepass', 'right-secret']);
    const url = `redis://default:${password}@127.0.0.1:${String(server.port)}`;

    const opening = share({ url, folder: folder.path });

    await expect(opening).rejects.toMatchObject({ code: 'state-shared' });
    const message = await opening.catch((error: Error) => `${error.message} ${String(error.cause)}`);
    expect(message).toContain(`127.0.0.1:${String(server.port)} (REDIS_URL)`);
    expect(message).not.toMatch(/secret/);
  });

  it('says where nobody listens', async () => {
    await using folder = await makeFolder();
    const server = await startRedis();
    await server[Symbol.asyncDispose]();

    await expect(share({ url: server.url, folder: folder.path })).rejects.toThrow(/cannot be used: .*ECONNREFUSED/);
  });
});

describe('the address of a shared state', () => {
  it.each(['', 'http://user:hidden@host', 'hidden', 'redis://', 'redis://:hidden@'])('is none in "%s"', (url) => {
    expect(() => readSharedAddress('REDIS_URL', url)).toThrow(/^The variable REDIS_URL (?!.*hidden)/);
  });

  it('is shown without its credentials', () => {
    expect(readSharedAddress('REDIS_URL', 'rediss://user:hidden@redis.example/2').shown).toBe(
      'redis.example:6379 (REDIS_URL)',
    );
  });

  it.each([
    ['redis://127.0.0.1', false],
    ['redis://[::1]:7', false],
    ['rediss://redis.example', false],
    ['redis://redis.example', true],
  ])('tells whether others could listen (%s)', (url, expected) => {
    expect(readSharedAddress('REDIS_URL', url).isOpenToEavesdroppers).toBe(expected);
  });
});
