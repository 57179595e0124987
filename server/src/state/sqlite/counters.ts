/**
 * Counters in SQLite: exact over every process on this state, kept over restarts (policy language §5). The arithmetic is the policy room's.
 * Must not decide what is charged, or why: it is given charges.
 */
import type { StatementSync } from 'node:sqlite';
import {
  addDecimals,
  calendarRetryAfter,
  exceeds,
  formatDecimal,
  parseDecimal,
  slidingHorizon,
  slidingRetryAfter,
  subtractDecimals,
  windowEnd,
  windowStart,
  ZERO,
  type CalendarWindow,
  type Charge,
  type CounterStore,
  type Decimal,
  type Reservation,
  type ReservedEntry,
  type Reserving,
  type SlidingWindow,
} from '../../policy/index.ts';
import type { Log } from '../../ports.ts';
import { counterStatements } from './counter-statements.ts';
import type { Database } from './database.ts';
import type { Settings } from './settings.ts';

/** How often rows that can no longer matter are swept out, in milliseconds of counter time. */
const sweepInterval = 3_600_000;
/**
 * The latest time is written when it has moved on by so many milliseconds, since each call would write it otherwise. After a kill it may be
 * so much too early: then a sliding window still holds every call, and a calendar window never forgets what was counted in it.
 */
const timeStep = 1_000;

/** A charge that has room, and what reserving it writes. */
interface Fitting {
  readonly entry: ReservedEntry;
  /** The counter's row; absent for a counter that is new. */
  readonly id: number | null;
  /** When the row can be forgotten, in milliseconds since the epoch. */
  readonly expires: number;
}

export class SqliteCounters implements CounterStore {
  readonly #database: Database;
  readonly #settings: Settings;
  readonly #log: Log | undefined;
  readonly #statements: Record<keyof typeof counterStatements, StatementSync>;
  /** A reservation lives in this process only, so what was given back is remembered here. */
  readonly #released = new WeakSet<Reservation>();
  #nextSweep = Number.NEGATIVE_INFINITY;
  /** The latest time that this process has counted at. */
  #latest = Number.NEGATIVE_INFINITY;

  constructor(database: Database, settings: Settings, log?: Log) {
    this.#log = log;
    this.#database = database;
    this.#settings = settings;
    const prepared = Object.entries(counterStatements).map(([name, sql]) => [name, database.prepare(sql)]);
    this.#statements = Object.fromEntries(prepared) as Record<keyof typeof counterStatements, StatementSync>;
  }

  reserve(charges: readonly Charge[], at: number): Reserving {
    return this.#database.transaction(() => this.reserveWithin(charges, at));
  }

  /** As `reserve`, as a part of a transaction that the caller has begun. */
  reserveWithin(charges: readonly Charge[], at: number): Reserving {
    return this.#attempt(charges, at, (fitting) => this.#add(fitting));
  }

  probe(charges: readonly Charge[], at: number): Reserving {
    if (charges.length === 0) return accepted([]);
    return this.#database.transaction(() => this.#attempt(charges, at, () => undefined));
  }

  release(reservation: Reservation): void {
    if (this.#released.has(reservation) || reservation.entries.length === 0) return;
    this.#database.transaction(() => {
      for (const entry of reservation.entries) this.#remove(entry);
    });
    this.#released.add(reservation);
  }

  /** Writes the latest time down exactly. Never throws. */
  close(): void {
    try {
      if (this.#latest > this.#writtenTime()) this.#settings.set('time', String(this.#latest));
    } catch (thrown) {
      this.#log?.warn('The time of the last count could not be written', { reason: String(thrown) });
    }
  }

  #attempt(charges: readonly Charge[], at: number, keep: (fitting: Fitting) => void): Reserving {
    if (charges.length === 0) return accepted([]);
    const now = this.#advance(at);
    this.#sweep(now);
    const checked = this.#check(charges, now);
    if ('charge' in checked) return checked;
    checked.fitting.forEach(keep);
    return accepted(checked.fitting);
  }

  /** Time never goes backwards, over restarts and processes too. */
  #advance(at: number): number {
    const written = this.#writtenTime();
    this.#latest = Math.max(at, this.#latest, written);
    if (this.#latest >= written + timeStep) this.#settings.set('time', String(this.#latest));
    return this.#latest;
  }

  #writtenTime(): number {
    return Number(this.#settings.get('time') ?? Number.NEGATIVE_INFINITY);
  }

  #check(charges: readonly Charge[], now: number): { readonly fitting: readonly Fitting[] } | Refusal {
    const fitting: Fitting[] = [];
    for (const charge of charges) {
      if (charge.amount === undefined) return { ok: false, charge };
      const id = this.#statements.find.get(charge.counter)?.['id'] ?? null;
      const { window } = charge;
      const checked =
        window.kind === 'sliding'
          ? this.#checkSliding(charge, window, id as number | null, now)
          : this.#checkCalendar(charge, window, charge.amount, id as number | null, now);
      if ('charge' in checked) return checked;
      fitting.push(checked);
    }
    return { fitting };
  }

  #checkSliding(charge: Charge, window: SlidingWindow, id: number | null, now: number): Fitting | Refusal {
    const horizon = slidingHorizon(window, now);
    const counted = Number(this.#statements.countCalls.get(id, horizon)?.['calls']);
    if (counted < charge.max) {
      const entry = { counter: charge.counter, at: now, amount: charge.amount ?? ZERO, kind: 'sliding' } as const;
      return { entry, id, expires: now + window.seconds * 1_000 };
    }
    const calls = this.#statements.calls.all(id, horizon);
    const times = calls.flatMap((row) => Array<number>(Number(row['calls'])).fill(Number(row['at'])));
    return refused(charge, slidingRetryAfter(charge, window, times, now));
  }

  #checkCalendar(
    charge: Charge,
    window: CalendarWindow,
    amount: Decimal,
    id: number | null,
    now: number,
  ): Fitting | Refusal {
    const at = windowStart(window.unit, now);
    if (exceeds(this.#sum(id, at) ?? ZERO, amount, charge.max)) {
      return refused(charge, calendarRetryAfter(charge, window, now));
    }
    const entry = { counter: charge.counter, at, amount, kind: 'calendar' } as const;
    return { entry, id, expires: windowEnd(window.unit, now) };
  }

  #add({ entry: { counter, at, amount, kind }, id: known, expires }: Fitting): void {
    const id = known ?? this.#define(counter);
    if (kind === 'sliding') this.#statements.addCall.run(id, at, expires);
    else this.#statements.setSum.run(id, at, formatDecimal(addDecimals(this.#sum(id, at) ?? ZERO, amount)), expires);
  }

  /** Two charges of one call may name the same new counter. */
  #define(counter: string): number {
    this.#statements.define.run(counter);
    return Number(this.#statements.find.get(counter)?.['id']);
  }

  #remove({ counter, at, amount, kind }: ReservedEntry): void {
    const id = Number(this.#statements.find.get(counter)?.['id'] ?? 0);
    if (kind === 'sliding') {
      this.#statements.removeCall.run(id, at);
      return;
    }
    const sum = this.#sum(id, at);
    if (sum !== undefined) this.#statements.changeSum.run(formatDecimal(subtractDecimals(sum, amount)), id, at);
  }

  #sum(id: number | null, at: number): Decimal | undefined {
    const used = this.#statements.sum.get(id, at)?.['used'];
    return used === undefined ? undefined : parseDecimal(String(used));
  }

  #sweep(now: number): void {
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + sweepInterval;
    this.#statements.forgetSums.run(now);
    this.#statements.forgetCalls.run(now);
    this.#statements.forgetCounters.run();
  }
}

type Refusal = Extract<Reserving, { ok: false }>;

function refused(charge: Charge, retryAfter: number | undefined): Refusal {
  return { ok: false, charge, ...(retryAfter !== undefined && { retryAfter }) };
}

function accepted(fitting: readonly Fitting[]): Reserving {
  return { ok: true, reservation: { entries: fitting.map(({ entry }) => entry) } };
}
