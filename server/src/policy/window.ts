/**
 * The arithmetic that every counter store shares: where windows begin and end, what exceeds a maximum, when it is worth trying again
 * (policy language §1 "Quota limit" and §5). Times are milliseconds since the epoch. Pure; stores only remember.
 */
import { addDecimals, compareDecimals, decimalOf, type Decimal } from './decimal.ts';
import type { CalendarWindow, Charge, SlidingWindow } from './decision.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The epoch was a Thursday: three days after the Monday that its week began with. */
const THURSDAY = 3 * DAY;

/** The start of the UTC calendar window that holds `at`; weeks begin on Monday. */
export function windowStart(unit: CalendarWindow['unit'], at: number): number {
  switch (unit) {
    case 'minute':
      return Math.floor(at / MINUTE) * MINUTE;
    case 'hour':
      return Math.floor(at / HOUR) * HOUR;
    case 'day':
      return Math.floor(at / DAY) * DAY;
    case 'week':
      return Math.floor((at + THURSDAY) / (7 * DAY)) * 7 * DAY - THURSDAY;
    case 'month': {
      const date = new Date(at);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    }
  }
}

/** The first moment after the UTC calendar window that holds `at`. */
export function windowEnd(unit: CalendarWindow['unit'], at: number): number {
  const start = windowStart(unit, at);
  switch (unit) {
    case 'minute':
      return start + MINUTE;
    case 'hour':
      return start + HOUR;
    case 'day':
      return start + DAY;
    case 'week':
      return start + 7 * DAY;
    case 'month': {
      const date = new Date(start);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    }
  }
}

/** Calls at this time and earlier have left the sliding window: it is half-open, `at − window < t′ ≤ at`. */
export function slidingHorizon(window: SlidingWindow, at: number): number {
  return at - window.seconds * 1_000;
}

/** Whether a counter that stands at `sum` has no room for `amount`. */
export function exceeds(sum: Decimal, amount: Decimal, max: number): boolean {
  return compareDecimals(addDecimals(sum, amount), decimalOf(max)) > 0;
}

/** Seconds from `at` until a calendar counter starts anew; undefined when `amount` is over the maximum even then. */
export function calendarRetryAfter(charge: Charge, window: CalendarWindow, at: number): number | undefined {
  if (!charge.amount || compareDecimals(charge.amount, decimalOf(charge.max)) > 0) return undefined;
  return secondsUntil(windowEnd(window.unit, at), at);
}

/**
 * Seconds from `at` until a full sliding window has room for one more call; undefined when `max` is 0.
 * `callsInWindow`: times of the calls that count, oldest first.
 */
export function slidingRetryAfter(
  charge: Charge,
  window: SlidingWindow,
  callsInWindow: readonly number[],
  at: number,
): number | undefined {
  const oldestInTheWay = charge.max > 0 ? callsInWindow[callsInWindow.length - charge.max] : undefined;
  return oldestInTheWay === undefined ? undefined : slidingRoomAfter(window, oldestInTheWay, at);
}

/** Seconds from `at` until the call made at `time` has left the sliding window. */
export function slidingRoomAfter(window: SlidingWindow, time: number, at: number): number {
  return secondsUntil(time + window.seconds * 1_000, at);
}

function secondsUntil(then: number, at: number): number {
  return Math.max(1, Math.ceil((then - at) / 1_000));
}
