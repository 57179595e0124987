import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimalOf,
  formatDecimal,
  parseDecimal,
  subtractDecimals,
  ZERO,
} from '../../../server/src/policy/index.ts';

describe('exact decimals', () => {
  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['0e99999999999', '0'],
    ['12.50', '12.5'],
    ['-0.001', '-0.001'],
    ['1e3', '1000'],
    ['1.5e-3', '0.0015'],
    ['9007199254740993', '9007199254740993'],
    ['5e-324', `0.${'0'.repeat(323)}5`],
  ])('%s is written as %s', (literal, text) => {
    expect(formatDecimal(parseDecimal(literal))).toBe(text);
    expect(parseDecimal(text)).toEqual(parseDecimal(literal));
  });

  test.each(['', 'x', '1.', '.5', '1e', '0x1', '1 ', 'NaN'])('%j is none', (text) => {
    expect(() => parseDecimal(text)).toThrow(RangeError);
  });

  test('an exponent beyond every double is refused instead of filling the memory', () => {
    expect(() => parseDecimal('1e999999999')).toThrow(RangeError);
    expect(() => parseDecimal('1e-999999999')).toThrow(RangeError);
  });

  test('add up without rounding', () => {
    expect(addDecimals(decimalOf(0.1), decimalOf(0.2))).toEqual(decimalOf(0.3));
    expect(formatDecimal(addDecimals(parseDecimal('9007199254740992'), parseDecimal('1.5')))).toBe(
      '9007199254740993.5',
    );
    expect(subtractDecimals(decimalOf(0.3), decimalOf(0.3))).toEqual(ZERO);
  });

  test('compare across scales', () => {
    expect(compareDecimals(parseDecimal('0.30'), parseDecimal('0.3'))).toBe(0);
    expect(compareDecimals(parseDecimal('0.3'), parseDecimal('0.30000000000000000001'))).toBeLessThan(0);
    expect(compareDecimals(parseDecimal('-1'), parseDecimal('-2'))).toBeGreaterThan(0);
  });
});
