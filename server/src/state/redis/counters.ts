/**
 * Counters in Redis or Valkey: exact over every gateway that uses it (policy language §5), by the server's clock, since the gateways' clocks
 * differ. The arithmetic of windows is the policy room's. Must not decide what is charged, or why: it is given charges.
 */
import {
  calendarRetryAfter,
  decimalOf,
  formatDecimal,
  slidingRoomAfter,
  windowEnd,
  windowStart,
  ZERO,
  type Charge,
  type Reservation,
  type ReservedEntry,
  type Reserving,
} from '../../policy/index.ts';
import { StateError } from '../error.ts';
import { PREFIX } from './key.ts';
import { SHARED } from './ledger.ts';
import type { RedisLink } from './link.ts';
import { releaseScript, reserveScript } from './scripts.ts';

const CLOCK = `${PREFIX}clock`;
/** The guess of the server's time is wrong once at most, unless a window ends between two tries. */
const TRIES = 4;

export interface RedisCountersOptions {
  /** Whose time counts: the server's own, or what each call brings. */
  readonly time: 'server' | 'caller';
  /** The mark that the counters must stand beside: without it they have been lost. */
  readonly birth: () => string;
}

type Way = 'reserve' | 'probe';

export class RedisCounters {
  readonly #link: Pick<RedisLink, 'run'>;
  readonly #options: RedisCountersOptions;
  /** A reservation lives in this process only, so what was given back is remembered here. */
  readonly #released = new WeakSet<Reservation>();
  /** Milliseconds that the server's clock was ahead of this machine's, when last seen. */
  #ahead = 0;

  constructor(link: Pick<RedisLink, 'run'>, options: RedisCountersOptions) {
    this.#link = link;
    this.#options = options;
  }

  /** As `CounterStore.reserve`; rejects with `StateError`. */
  reserve(charges: readonly Charge[], at: number): Promise<Reserving> {
    return this.#attempt('reserve', charges, at);
  }

  /** As `CounterStore.probe`; rejects with `StateError`. */
  probe(charges: readonly Charge[], at: number): Promise<Reserving> {
    return this.#attempt('probe', charges, at);
  }

  /** Once only, even where no answer comes: to give back twice would let one call too many through. Rejects with `StateError`. */
  async release(reservation: Reservation): Promise<void> {
    const { entries } = reservation;
    if (this.#released.has(reservation) || entries.length === 0) return;
    this.#released.add(reservation);
    const args = entries.flatMap(({ kind, at, amount }) =>
      kind === 'calendar' ? [kind, '', formatDecimal(amount)] : [kind, String(at), ''],
    );
    await this.#link.run(releaseScript, entries.map(keyOfEntry), args);
  }

  /** Charges are checked in order; one that cannot be counted at all denies unless one before it is full. */
  async #attempt(way: Way, charges: readonly Charge[], at: number): Promise<Reserving> {
    if (charges.length === 0) return { ok: true, reservation: { entries: [] } };
    const unusable = charges.findIndex(({ amount }) => amount === undefined);
    if (unusable < 0) return this.#ask(way, charges, at);
    const before = await this.#ask('probe', charges.slice(0, unusable), at);
    return before.ok ? { ok: false, charge: charges[unusable] as Charge } : before;
  }

  async #ask(way: Way, charges: readonly Charge[], at: number): Promise<Reserving> {
    let guess = at + this.#ahead;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const entries = charges.map((charge) => entryOf(charge, guess));
      const args = charges.flatMap((charge, index) => argumentsOf(charge, entries[index] as ReservedEntry));
      const time = this.#options.time === 'server' ? '' : String(at);
      const keys = [CLOCK, SHARED, ...entries.map(keyOfEntry)];
      const answer = await this.#link.run(reserveScript, keys, [way, time, this.#options.birth(), ...args]);
      const { outcome, now, number, inTheWay } = read(answer);
      this.#ahead = now - at;
      if (outcome === 'ok') return { ok: true, reservation: { entries: entries.map((entry) => atTime(entry, now)) } };
      if (outcome === 'replaced') throw new StateError('state-shared', 'The shared state was emptied or replaced.');
      if (outcome === 'full') return refused(charges[number - 1] as Charge, now, inTheWay);
      guess = now;
    }
    throw new StateError('state-shared', 'The clock of the shared state moves too fast to count by.');
  }
}

function entryOf({ counter, window, amount = ZERO }: Charge, now: number): ReservedEntry {
  return { counter, at: window.kind === 'calendar' ? windowStart(window.unit, now) : now, amount, kind: window.kind };
}

function atTime(entry: ReservedEntry, now: number): ReservedEntry {
  return entry.kind === 'sliding' ? { ...entry, at: now } : entry;
}

function keyOfEntry({ kind, counter, at }: ReservedEntry): string {
  return kind === 'calendar' ? `${PREFIX}sum:${String(at)}:${counter}` : `${PREFIX}calls:${counter}`;
}

/** As the script expects them. */
function argumentsOf({ window, max }: Charge, { at, amount }: ReservedEntry): readonly string[] {
  if (window.kind === 'sliding') return ['sliding', String(window.seconds * 1_000), '', '', String(max)];
  const end = windowEnd(window.unit, at);
  return ['calendar', String(at), String(end), formatDecimal(amount), formatDecimal(decimalOf(max))];
}

interface Answer {
  readonly outcome: 'ok' | 'moved' | 'full' | 'replaced';
  /** The time that was counted at, in milliseconds since the epoch. */
  readonly now: number;
  /** Of the charge without room, from 1. */
  readonly number: number;
  /** When the call was made that must leave the window first; absent for a calendar window or no room at all. */
  readonly inTheWay: number | undefined;
}

/** Throws `StateError` for anything that the script does not answer. */
function read(answer: unknown): Answer {
  const [outcome, now, number = 0, inTheWay = ''] = Array.isArray(answer) ? (answer as unknown[]) : [];
  if (isOutcome(outcome) && Number.isFinite(Number(now)))
    return {
      outcome,
      now: Number(now),
      number: Number(number),
      inTheWay: inTheWay === '' ? undefined : Number(inTheWay),
    };
  throw new StateError('state-shared', 'The shared state gave an answer that makes no sense.');
}

function isOutcome(value: unknown): value is Answer['outcome'] {
  return value === 'ok' || value === 'moved' || value === 'full' || value === 'replaced';
}

function refused(charge: Charge, now: number, inTheWay: number | undefined): Reserving {
  const { window } = charge;
  const retryAfter =
    window.kind === 'calendar'
      ? calendarRetryAfter(charge, window, now)
      : inTheWay === undefined
        ? undefined
        : slidingRoomAfter(window, inTheWay, now);
  return { ok: false, charge, ...(retryAfter !== undefined && { retryAfter }) };
}
