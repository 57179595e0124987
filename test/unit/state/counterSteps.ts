/** Random lives of counters, and whether a store answers in them as the model in memory does. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { MemoryCounters, type Charge, type CounterStore, type Reservation } from '../../../server/src/policy/index.ts';
import { quota, rate } from './charges.ts';

const start = Date.UTC(2026, 10, 22, 12);

const charge = fc.oneof(
  fc
    .record({
      name: fc.constantFrom('a', 'b'),
      max: fc.nat(6),
      amount: fc.constantFrom('0', '0.1', '1', '2.5', '7'),
      unit: fc.constantFrom('minute', 'day', 'week', 'month'),
    })
    .map(({ name, max, amount, unit }) => quota(`${name} ${unit}`, max, amount, unit)),
  fc
    .record({ name: fc.constantFrom('a', 'b'), max: fc.nat(4), seconds: fc.constantFrom(1, 30, 90) })
    .map(({ name, max, seconds }) => rate(`${name} ${String(seconds)}`, max, seconds)),
  fc.constant<Charge>({ ...quota('unusable', 5), amount: undefined }),
);

/** Steps of the clock go backwards too; a release names an earlier reservation by its number. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('reserve'),
      charges: fc.uniqueArray(charge, { minLength: 1, maxLength: 3, selector: ({ counter }) => counter }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('probe'), charges: fc.array(charge, { minLength: 1, maxLength: 2 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release'), number: fc.nat(20) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait'),
      milliseconds: fc.constantFrom(-5_000, 1, 999, 1_000, 30_000, 60_000, 86_400_000, 40 * 86_400_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
);

export const counterSteps = fc.array(step, { maxLength: 40 });

type Steps = typeof counterSteps extends fc.Arbitrary<infer T> ? T : never;
type Eventually<F> = F extends (...args: infer A) => infer R ? (...args: A) => R | Promise<R> : never;

interface Subject {
  /** As they are now: another object after a restart. */
  readonly counters: () => { readonly [Name in keyof CounterStore]: Eventually<CounterStore[Name]> };
  readonly restart: () => void | Promise<void>;
}

/** The subject begins without any count. */
export async function agreesWithMemory(steps: Steps, { counters, restart }: Subject): Promise<void> {
  const memory = new MemoryCounters();
  const reservations: (readonly [Reservation, Reservation])[] = [];
  let now = start;
  for (const each of steps) {
    if (each.do === 'wait') now += each.milliseconds;
    else if (each.do === 'restart') await restart();
    else if (each.do === 'release') {
      const [pair] = reservations.splice(each.number, 1);
      if (!pair) continue;
      memory.release(pair[0]);
      await counters().release(pair[1]);
    } else {
      const expected = memory[each.do](each.charges, now);
      const actual = await counters()[each.do](each.charges, now);
      expect(actual).toEqual(expected);
      if (each.do === 'reserve' && expected.ok && actual.ok)
        reservations.push([expected.reservation, actual.reservation]);
    }
  }
}
