/**
 * Exact decimal numbers for counters (policy language §5: "0.1 + 0.2 reaches 0.3"). Pure arithmetic on BigInt.
 */
import { decimalParts } from './json/number.ts';

/** `units` × 10^−`scale`; `scale` is the smallest whole number ≥ 0 that fits, so equal values have equal fields. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };
export const ONE: Decimal = { units: 1n, scale: 0 };

/** More digits than any double has, before or after the point; beyond it arithmetic would cost what the caller did not pay for. */
const MAX_EXPONENT = 1_100;

/** Reads a JSON number literal or what `formatDecimal` wrote. Throws a RangeError for anything else, and for exponents beyond every double's. */
export function parseDecimal(literal: string): Decimal {
  const { negative, digits, exponent } = decimalParts(literal);
  if (digits === '') return ZERO;
  if (Math.abs(exponent) > MAX_EXPONENT) throw new RangeError(`Exponent out of range: ${literal.slice(0, 40)}`);
  const shift = exponent - digits.length;
  const magnitude = BigInt(digits) * 10n ** BigInt(Math.max(shift, 0));
  return { units: negative ? -magnitude : magnitude, scale: Math.max(-shift, 0) };
}

/** The decimal value of a finite double as ECMAScript prints it. */
export function decimalOf(value: number): Decimal {
  return parseDecimal(String(value));
}

/** Without exponent: `-12.5`, `0`, `0.003`. */
export function formatDecimal({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return normalised(unitsAt(a, scale) + unitsAt(b, scale), scale);
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { units: -b.units, scale: b.scale });
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = unitsAt(a, scale) - unitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

function normalised(units: bigint, scale: number): Decimal {
  return scale > 0 && units % 10n === 0n ? normalised(units / 10n, scale - 1) : { units, scale };
}
