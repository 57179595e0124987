/** Moments as people write them on a command line. Pure. */
import { UsageError } from './command.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A time or an age, as milliseconds since the epoch. Throws `UsageError`. */
export function parseSince(given: string, now: number): number {
  const [, amount, unit] = /^(\d{1,6})([smhdw])$/.exec(given) ?? [];
  if (amount !== undefined && unit !== undefined) return now - Number(amount) * (UNITS[unit] ?? 0);
  const at = /^\d{4}-\d{2}-\d{2}/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at))
    throw new UsageError(`--since is "${given}": give a time (2026-01-31T09:00:00Z) or an age (30m, 12h, 7d).`);
  return at;
}
