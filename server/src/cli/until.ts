/** A moment to come, as people write it for `--expires`. */
import { UsageError } from './command.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds since the epoch, as `now` is. Throws `UsageError`. */
export function parseUntil(given: string, now: number): number {
  const [, count, unit = ''] = /^([1-9]\d{0,5})([mhd])$/.exec(given) ?? [];
  if (count !== undefined) return now + Number(count) * (UNITS[unit] ?? 0);
  const at = /^\d{4}-\d{2}-\d{2}/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at))
    throw new UsageError(
      `--expires is "${given}"; write an ISO date such as 2027-01-31, or a time from now such as 12h or 30d.`,
    );
  return at;
}
