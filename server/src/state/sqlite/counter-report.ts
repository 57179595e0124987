/** What the counters stand at, for people. Reserves nothing and moves no time. */
import { readCounterIdentity } from '../../policy/index.ts';
import type { CounterUse } from '../ports.ts';
import type { Database } from './database.ts';

const sums = `SELECT identity, used, expires FROM sum JOIN counter ON counter.id = sum.counter WHERE expires > ? AND used <> '0'`;
const calls = `SELECT identity, sum(calls) AS used, min(expires) AS expires FROM call JOIN counter ON counter.id = call.counter
  WHERE expires > ? AND calls > 0 GROUP BY counter.id`;

/** `now`: the counters' time, in milliseconds since the epoch. In the order of their identities. */
export function countersInUse(database: Database, now: number): readonly CounterUse[] {
  const rows = database.run(() => [sums, calls].flatMap((sql) => database.prepare(sql).all(now)));
  const named = rows.map((row) => ({ identity: String(row['identity']), row }));
  named.sort((a, b) => (a.identity < b.identity ? -1 : 1));
  return named.map(({ identity, row }) => ({
    ...readCounterIdentity(identity),
    used: String(row['used']),
    freesAt: Number(row['expires']),
  }));
}
