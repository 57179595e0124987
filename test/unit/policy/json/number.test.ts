import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../server/src/policy/index.ts';

function isExact(literal: string): boolean {
  const reading = readJson(literal);
  if (!reading.ok || reading.root.kind !== 'number') throw new Error(`Not a number: ${literal}`);
  return reading.root.exact;
}

describe('a number literal is exact when its double prints the same decimal value', () => {
  test.each([
    '0',
    '-0',
    '0.0',
    '0e999999999',
    '1',
    '-1',
    '1.0',
    '0.1',
    '0.10',
    '1e2',
    '1E+2',
    '100e-2',
    '123456789012345680000',
    '1e21',
    '1000000000000000000000',
    '9007199254740992',
    '5e-324',
    '1.7976931348623157e308',
    `0.1${'0'.repeat(1000)}`,
  ])('%s is', (literal) => {
    expect(isExact(literal)).toBe(true);
  });

  test.each([
    '9007199254740993',
    '0.1000000000000000055511151231257827',
    '1.000000000000000000005',
    '1e-400',
    '-1e-400',
    '123456789012345678901',
    '4.9e-324',
    '3.14159265358979323846',
    `1${'0'.repeat(300)}1`,
  ])('%s is not', (literal) => {
    expect(isExact(literal)).toBe(false);
  });
});
