import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openState } from '../../../server/src/state/index.ts';
import { makeFolder } from '../../support/folder.ts';
import { quota, rate } from './charges.ts';
import { agreesWithMemory, counterSteps } from './counterSteps.ts';

const noon = Date.UTC(2026, 10, 22, 12);

describe('counters on disk', () => {
  it('reaches a limit exactly, in decimals', async () => {
    await using folder = await makeFolder();
    const { counters, close } = bind(openState(folder.path));

    const amounts = ['0.1', '0.2', '0.7', '1e-20'];

    expect(amounts.map((amount) => counters.reserve([quota('spend', 1, amount)], noon).ok)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await close();
  });

  it('reserves all charges of a call or none', async () => {
    await using folder = await makeFolder();
    const { counters, close } = bind(openState(folder.path));
    const [roomy, tight] = [quota('roomy', 2), quota('tight', 0)];

    expect(counters.reserve([roomy, tight], noon)).toEqual({ ok: false, charge: tight });

    expect([1, 2, 3].map(() => counters.reserve([roomy], noon).ok)).toEqual([true, true, false]);
    await close();
  });

  it('keeps counts, and the latest time, over a restart', async () => {
    await using folder = await makeFolder();
    const before = openState(folder.path);
    before.counters.reserve([quota('a', 1), rate('a', 1, 60)], noon);
    await before.close();

    const { counters, close } = bind(openState(folder.path));
    const yesterday = noon - 86_400_000;
    expect(counters.reserve([quota('a', 1)], yesterday)).toMatchObject({ ok: false, retryAfter: 43_200 });
    expect(counters.reserve([rate('a', 1, 60)], noon + 59_999)).toMatchObject({ ok: false, retryAfter: 1 });
    expect(counters.reserve([rate('a', 1, 60)], noon + 60_000).ok).toBe(true);
    await close();
  });

  it('says so when the clock is behind what it has counted', async () => {
    await using folder = await makeFolder();
    const before = openState(folder.path);
    before.counters.reserve([quota('a', 1)], noon);
    await before.close();
    const warnings: unknown[] = [];
    const log = { error: fail, info: fail, debug: fail, warn: (_: string, fields: unknown) => warnings.push(fields) };

    await openState(folder.path, { clock: () => noon - 3_600_000, log }).close();
    await openState(folder.path, { clock: () => noon + 1, log }).close();

    expect(warnings).toEqual([{ seconds: 3_600 }]);
  });

  it('keeps the count when the maximum is edited', async () => {
    await using folder = await makeFolder();
    const { counters, close } = bind(openState(folder.path));
    counters.reserve([quota('a', 5, '3')], noon);

    expect(counters.probe([quota('a', 3)], noon).ok).toBe(false);
    expect(counters.probe([quota('a', 4)], noon).ok).toBe(true);
    await close();
  });

  it('gives a reservation back once, and only in its own window', async () => {
    await using folder = await makeFolder();
    const { counters, close } = bind(openState(folder.path));
    const reserved = counters.reserve([quota('a', 2), rate('a', 2, 60)], noon);
    counters.reserve([quota('a', 2), rate('a', 2, 60)], noon);
    if (!reserved.ok) throw new Error('There was room.');

    counters.release(reserved.reservation);
    counters.release(reserved.reservation);

    expect([1, 2].map(() => counters.reserve([quota('a', 2), rate('a', 2, 60)], noon).ok)).toEqual([true, false]);
    await close();
  });

  it('forgets what can no longer matter', async () => {
    await using folder = await makeFolder();
    const { counters, close } = bind(openState(folder.path));
    for (let index = 0; index < 20; index++) counters.reserve([rate(`session ${String(index)}`, 5, 60)], noon);

    counters.reserve([rate('another', 5, 60)], noon + 3_600_000);
    await close();

    const database = new (await import('node:sqlite')).DatabaseSync(folder.file('portcullis.db'));
    expect(database.prepare('SELECT identity FROM counter').all()).toEqual([{ identity: 'rate another' }]);
    expect(database.prepare('SELECT count(*) AS rows FROM call').get()).toEqual({ rows: 1 });
    database.close();
  });
});

describe('counters on disk and in memory', () => {
  it('agree on every answer, whatever the clock and restarts do', async () => {
    await using folder = await makeFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(counterSteps, async (steps) => {
        const place = folder.file(String(run++));
        let state = openState(place);
        await agreesWithMemory(steps, {
          counters: () => state.counters,
          async restart() {
            await state.close();
            state = openState(place);
          },
        });
        await state.close();
      }),
      { numRuns: 150 },
    );
  });
});

function fail(message: string): void {
  throw new Error(message);
}

/** `close` loses its `this` when taken apart. */
function bind(state: ReturnType<typeof openState>) {
  return { counters: state.counters, close: () => state.close() };
}
