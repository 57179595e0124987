/** When a number literal is exact (policy language §4). Works on digits, so the time is linear in the literal's length. */

/** The value of a JSON number literal: ±0.`digits` × 10^`exponent`; `digits` has no zeros at either end, and zero has none at all. */
export interface DecimalParts {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const LITERAL = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** Whether `value`, printed as ECMAScript prints it, has the decimal value of `literal`. `literal` is a JSON number, `value` its finite double. */
export function isExact(literal: string, value: number): boolean {
  const printed = String(value);
  if (printed === literal) return true;
  const written = decimalParts(literal);
  const kept = decimalParts(printed);
  return (
    written.digits === kept.digits &&
    (written.digits === '' || (written.exponent === kept.exponent && written.negative === kept.negative))
  );
}

/** Throws a RangeError when `literal` is no decimal number. */
export function decimalParts(literal: string): DecimalParts {
  const match = LITERAL.exec(literal);
  if (!match) throw new RangeError(`Not a decimal number: ${literal.slice(0, 40)}`);
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const all = whole + fraction;
  const first = countZeros(all, 0, 1);
  const last = all.length - countZeros(all, all.length - 1, -1);
  const digits = all.slice(first, last);
  if (first >= last) return { negative: false, digits: '', exponent: 0 };
  return { negative: sign === '-', digits, exponent: whole.length - first + Number(power) };
}

function countZeros(digits: string, from: number, step: 1 | -1): number {
  let count = 0;
  while (digits.charCodeAt(from + count * step) === 0x30) count++;
  return count;
}
