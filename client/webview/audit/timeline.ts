/** Calls and denials counted over time, for the chart. Pure. */
import type { TimeRange } from '../../src/webview/audit/messages.ts';
import type { Calls } from './calls.ts';

export interface Bucket extends TimeRange {
  readonly calls: number;
  readonly denied: number;
}

/** So many bars fit a narrow panel. */
export const BUCKETS = 60;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What people count time in; longer ones are whole days. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
];

/**
 * `numbers`: of calls, in any order. `BUCKETS` of them, oldest first, as long as makes them reach back over `span` milliseconds; an infinite span reaches to
 * the oldest call. The last one holds `until` (milliseconds since the epoch); calls outside count nowhere.
 */
export function timeline(calls: Calls, numbers: readonly number[], span: number, until: number): readonly Bucket[] {
  const step = stepFor(Number.isFinite(span) ? span : until - oldestOf(calls, numbers, until));
  const end = (Math.floor(until / step) + 1) * step;
  const begin = end - BUCKETS * step;
  const counts = Array.from({ length: BUCKETS }, () => ({ calls: 0, denied: 0 }));
  for (const number of numbers) {
    const count = counts[Math.floor((calls.at(number) - begin) / step)];
    if (count === undefined) continue;
    count.calls += 1;
    if (calls.isDenied(number)) count.denied += 1;
  }
  return counts.map((count, index) => ({ from: begin + index * step, to: begin + (index + 1) * step, ...count }));
}

function oldestOf(calls: Calls, numbers: readonly number[], until: number): number {
  let oldest = until;
  for (const number of numbers) oldest = Math.min(oldest, calls.at(number));
  return oldest;
}

function stepFor(span: number): number {
  const least = span / (BUCKETS - 1);
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / DAY) * DAY;
}
