/**
 * Counters in memory (policy language §5): exact, atomic, forgotten with the process. For `portcullis eval`, for tests, and as the
 * model that durable stores are compared with. Counts what it is told; which charges a call makes is judge.ts's business.
 */
import { addDecimals, subtractDecimals, ZERO, type Decimal } from './decimal.ts';
import type {
  CalendarWindow,
  Charge,
  CounterStore,
  Reservation,
  ReservedEntry,
  Reserving,
  SlidingWindow,
} from './decision.ts';
import { calendarRetryAfter, exceeds, slidingHorizon, slidingRetryAfter, windowStart } from './window.ts';

interface CalendarCount {
  readonly start: number;
  readonly sum: Decimal;
}

/** A charge that has room, with the amount it needs. */
interface Fitting {
  readonly charge: Charge;
  readonly amount: Decimal;
}

export class MemoryCounters implements CounterStore {
  readonly #calendar = new Map<string, CalendarCount>();
  /** Times of calls, oldest first. */
  readonly #sliding = new Map<string, readonly number[]>();
  readonly #released = new WeakSet<Reservation>();
  #now = Number.NEGATIVE_INFINITY;

  reserve(charges: readonly Charge[], at: number): Reserving {
    const checked = this.probe(charges, at);
    if (checked.ok) for (const entry of checked.reservation.entries) this.#add(entry);
    return checked;
  }

  probe(charges: readonly Charge[], at: number): Reserving {
    this.#now = Math.max(this.#now, at);
    const fitting: Fitting[] = [];
    for (const charge of charges) {
      const { amount } = charge;
      if (amount === undefined) return { ok: false, charge };
      const retryAfter = this.#check(charge, amount);
      if (retryAfter !== 'fits') return { ok: false, charge, ...(retryAfter !== undefined && { retryAfter }) };
      fitting.push({ charge, amount });
    }
    return { ok: true, reservation: { entries: fitting.map((each) => entryOf(each, this.#now)) } };
  }

  release(reservation: Reservation): void {
    if (this.#released.has(reservation)) return;
    this.#released.add(reservation);
    for (const entry of reservation.entries) this.#remove(entry);
  }

  #check(charge: Charge, amount: Decimal): 'fits' | number | undefined {
    const { window } = charge;
    return window.kind === 'sliding' ? this.#checkSliding(charge, window) : this.#checkCalendar(charge, window, amount);
  }

  #checkSliding(charge: Charge, window: SlidingWindow): 'fits' | number | undefined {
    const horizon = slidingHorizon(window, this.#now);
    const calls = this.#sliding.get(charge.counter) ?? [];
    const counted = calls.filter((time) => time > horizon);
    // What has left the window never comes back, since time does not go backwards.
    if (counted.length < calls.length) this.#sliding.set(charge.counter, counted);
    return counted.length < charge.max ? 'fits' : slidingRetryAfter(charge, window, counted, this.#now);
  }

  #checkCalendar(charge: Charge, window: CalendarWindow, amount: Decimal): 'fits' | number | undefined {
    const count = this.#calendar.get(charge.counter);
    const sum = count?.start === windowStart(window.unit, this.#now) ? count.sum : ZERO;
    return exceeds(sum, amount, charge.max) ? calendarRetryAfter(charge, window, this.#now) : 'fits';
  }

  #add({ counter, kind, at, amount }: ReservedEntry): void {
    if (kind === 'sliding') {
      this.#sliding.set(counter, [...(this.#sliding.get(counter) ?? []), at]);
      return;
    }
    const count = this.#calendar.get(counter);
    const sum = count?.start === at ? addDecimals(count.sum, amount) : amount;
    this.#calendar.set(counter, { start: at, sum });
  }

  #remove({ counter, kind, at, amount }: ReservedEntry): void {
    if (kind === 'sliding') {
      const calls = this.#sliding.get(counter) ?? [];
      const index = calls.lastIndexOf(at);
      if (index >= 0) this.#sliding.set(counter, calls.toSpliced(index, 1));
      return;
    }
    const count = this.#calendar.get(counter);
    if (count?.start === at) this.#calendar.set(counter, { start: at, sum: subtractDecimals(count.sum, amount) });
  }
}

function entryOf({ charge, amount }: Fitting, now: number): ReservedEntry {
  const { counter, window } = charge;
  const at = window.kind === 'sliding' ? now : windowStart(window.unit, now);
  return { counter, at, amount, kind: window.kind };
}
