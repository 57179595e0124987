/** Counters in a real Redis or Valkey. */
import { createClient } from '@redis/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDecimal, MemoryCounters, parseDecimal } from '../../../../server/src/policy/index.ts';
import { readSharedAddress } from '../../../../server/src/state/index.ts';
import { RedisCounters } from '../../../../server/src/state/redis/counters.ts';
import { RedisLink } from '../../../../server/src/state/redis/link.ts';
import { recordLog } from '../../../support/recordedLog.ts';
import { hasRedis, startRedis, type RedisServer } from '../../../support/redisServer.ts';
import { quota, rate } from '../charges.ts';
import { agreesWithMemory, counterSteps } from '../counterSteps.ts';

/** Nothing has marked what is emptied before each test. */
const birth = (): string => '';
const atCallers = { time: 'caller', birth } as const;
const atServers = { time: 'server', birth } as const;

describe.skipIf(!hasRedis)('counters in Redis', () => {
  let server: RedisServer;
  let link: RedisLink;
  let admin: ReturnType<typeof createClient>;

  beforeAll(async () => {
    // Random lives would wait for the disk at every step.
    server = await startRedis((port) => ['--port', String(port), '--appendonly', 'no']);
    const address = readSharedAddress('REDIS_URL', server.url);
    link = await RedisLink.open({ address, log: recordLog().log, meanwhile: '', timing: { answer: 10_000 } });
    admin = createClient({ url: server.url });
    await admin.connect();
  });

  afterAll(async () => {
    admin.destroy();
    await link.close();
    await server[Symbol.asyncDispose]();
  });

  it('agree with the model on every answer, whatever the clock and restarts do', async () => {
    await fc.assert(
      fc.asyncProperty(counterSteps, async (steps) => {
        await admin.flushAll();
        let counters = new RedisCounters(link, atCallers);
        const restart = (): void => void (counters = new RedisCounters(link, atCallers));
        await agreesWithMemory(steps, { counters: () => counters, restart });
      }),
      { numRuns: 150 },
    );
  });

  it('add up and give back any decimals exactly', async () => {
    const literal = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 16n }), fc.integer({ min: 0, max: 30 }))
      .map(([units, scale]) => formatDecimal(parseDecimal(`${String(units)}e-${String(scale)}`)));
    const max = fc.oneof(fc.double({ min: 0, max: 2 ** 53, noNaN: true }), fc.nat(3));
    const step = fc.record({ amount: literal, max, back: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        await admin.flushAll();
        const memory = new MemoryCounters();
        const counters = new RedisCounters(link, atCallers);
        for (const { amount, max, back } of steps) {
          const charges = [quota('spend', max, amount)];
          const [expected, actual] = [memory.reserve(charges, 0), await counters.reserve(charges, 0)];
          expect(actual).toEqual(expected);
          if (!back || !expected.ok || !actual.ok) continue;
          memory.release(expected.reservation);
          await counters.release(actual.reservation);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("go by the server's clock, however wrong the gateway's is", async () => {
    await admin.flushAll();
    const [ours, theirs] = [new RedisCounters(link, atServers), new RedisCounters(link, atServers)];
    const year = 365 * 86_400_000;

    expect((await ours.reserve([quota('a', 1, '1', 'month'), rate('a', 1, 3_600)], Date.now() + year)).ok).toBe(true);

    expect((await theirs.reserve([quota('a', 1, '1', 'month')], Date.now() - year)).ok).toBe(false);
    expect((await theirs.reserve([rate('a', 1, 3_600)], Date.now() - year)).ok).toBe(false);
  });

  it('let a call leave a window exactly when that is over', async () => {
    await admin.flushAll();
    const counters = new RedisCounters(link, atCallers);
    const times = [0, 999, 1_000, 1_999, 2_000];

    const answers = [];
    for (const at of times) answers.push((await counters.reserve([rate('a', 1, 1)], at)).ok);

    expect(answers).toEqual([true, false, true, false, true]);
  });

  it('stay where they were when the clock is set back', async () => {
    await admin.flushAll();
    const counters = new RedisCounters(link, atServers);
    const ahead = Date.now() + 40 * 86_400_000;
    await admin.hSet('{portcullis}:1:clock', 'time', String(ahead));

    const reserved = await counters.reserve([rate('a', 1, 60)], Date.now());

    expect(reserved.ok && reserved.reservation.entries[0]?.at).toBe(ahead);
    expect(await counters.reserve([rate('a', 1, 60)], Date.now())).toMatchObject({ ok: false, retryAfter: 60 });
  });

  it('leave nothing behind for ever', async () => {
    await admin.flushAll();
    await new RedisCounters(link, atServers).reserve([quota('a', 1), rate('a', 1, 60)], Date.now());

    const keys = (await admin.keys('*')).filter((key) => !key.endsWith(':clock'));

    expect(keys).toHaveLength(2);
    for (const key of keys) expect(await admin.pTTL(key)).toBeGreaterThan(0);
  });
});
