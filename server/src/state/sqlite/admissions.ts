/**
 * Letting calls through: the counters and the records of all calls that came in one turn of the event loop go to disk in one transaction,
 * since a commit costs more than what is written by it. Must not decide what is charged.
 */
import type { Charge, Reserving } from '../../policy/index.ts';
import type { Decided } from '../../protocol/audit.ts';
import { StateError } from '../error.ts';
import type { SqliteAudit } from './audit.ts';
import type { SqliteCounters } from './counters.ts';
import type { Database } from './database.ts';

interface Waiting {
  readonly charges: readonly Charge[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly entry: Decided;
  readonly resolve: (reserving: Reserving) => void;
  readonly reject: (reason: unknown) => void;
}

interface Parts {
  readonly database: Database;
  readonly counters: SqliteCounters;
  readonly audit: SqliteAudit;
}

export class Admissions {
  readonly #parts: Parts;
  readonly #waiting: Waiting[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** As `State.admit`. */
  admit(charges: readonly Charge[], at: number, entry: Decided): Promise<Reserving> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ charges, at, entry, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.settle());
    });
  }

  /** Decides on whatever waits, at once. Never throws. */
  settle(): void {
    const calls = this.#waiting.splice(0);
    try {
      this.#commit(calls);
    } catch (thrown) {
      // Waiting for the lock once more for each of them would stop the process for as long as that takes.
      const isBusy = thrown instanceof StateError && thrown.code === 'state-busy';
      if (isBusy || calls.length === 1) for (const call of calls) call.reject(thrown);
      else this.#settleSingly(calls);
    }
  }

  /** So that one call which cannot be recorded denies itself only. */
  #settleSingly(calls: readonly Waiting[]): void {
    for (const call of calls) {
      try {
        this.#commit([call]);
      } catch (thrown) {
        call.reject(thrown);
      }
    }
  }

  #commit(calls: readonly Waiting[]): void {
    if (calls.length === 0) return;
    const { database, counters, audit } = this.#parts;
    const { reservings, batch } = database.transaction(() => {
      const reservings = calls.map(({ charges, at }) => counters.reserveWithin(charges, at));
      const admitted = calls.filter((_, index) => reservings[index]?.ok);
      return { reservings, batch: admitted.length > 0 && audit.write(admitted.map(({ entry }) => entry)) };
    });
    if (batch) audit.committed(batch);
    calls.forEach((call, index) => call.resolve(reservings[index] as Reserving));
  }
}
