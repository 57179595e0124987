import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDecimal, readJson, toValue, writeJson } from '../../../server/src/policy/index.ts';
import { anyJsonText } from '../../support/policy-arbitraries.ts';

/** Valid JSON with one piece removed, doubled or replaced: most of it is nearly JSON. */
const nearlyJson = fc
  .tuple(
    anyJsonText,
    fc.nat(200),
    fc.nat(3),
    fc.constantFrom('', '"', '\\', ',', ':', '{', ']', '0', '\u0000', '\ud800', ' '),
  )
  .map(
    ([text, at, length, piece]) =>
      text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + length),
  );

function parsed(text: string): unknown {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

describe('the strict reader', () => {
  test('agrees with JSON.parse on whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const reading = readJson(text);
        expect(reading.ok && toValue(reading.root)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('accepts nothing that JSON.parse refuses, and reads the same value', () => {
    fc.assert(
      fc.property(fc.oneof(anyJsonText, nearlyJson), (text) => {
        const reading = readJson(text);
        if (reading.ok) expect({ value: toValue(reading.root, 'double') }).toEqual(parsed(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('refuses beyond JSON.parse only duplicate keys, lone surrogates and overflow', () => {
    fc.assert(
      fc.property(fc.oneof(anyJsonText, nearlyJson), (text) => {
        const reading = readJson(text);
        if (reading.ok || parsed(text) === undefined) return;
        for (const { code } of reading.problems) {
          expect(['json-duplicate-key', 'json-surrogate', 'json-number-overflow']).toContain(code);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('never throws on any bytes or any text, and points into the text', () => {
    const source = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }), nearlyJson);
    fc.assert(
      fc.property(source, (text) => {
        const reading = readJson(text);
        if (reading.ok) return;
        for (const { start, end } of reading.problems) {
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is written is read back, and written the same again', () => {
    fc.assert(
      fc.property(anyJsonText, (text) => {
        const reading = readJson(text);
        expect(reading.ok && writeJson(reading.root)).toBe(text);
      }),
    );
  });

  test('plain values keep the digits too', () => {
    fc.assert(
      fc.property(anyJsonText, (text) => {
        const reading = readJson(text);
        expect(reading.ok && JSON.stringify(toValue(reading.root, 'source'))).toBe(text);
      }),
    );
  });

  test('calls a number exact when its double has the same decimal value', () => {
    const digits = fc.string({ unit: fc.constantFrom('0', '1', '5', '9'), minLength: 1, maxLength: 25 });
    const literal = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.option(digits), fc.option(fc.integer({ min: -30, max: 30 })))
      .map(([sign, whole, fraction, power]) =>
        [
          sign,
          whole.replace(/^0+(?=.)/, ''),
          fraction === null ? '' : `.${fraction}`,
          power === null ? '' : `e${power}`,
        ].join(''),
      );
    fc.assert(
      fc.property(literal, (text) => {
        const reading = readJson(text);
        const { units, scale } = parseDecimal(text);
        const double = parseDecimal(String(Number(text)));
        const same = units * 10n ** BigInt(double.scale) === double.units * 10n ** BigInt(scale);
        expect(reading.ok && reading.root).toMatchObject({ kind: 'number', exact: same });
      }),
      { numRuns: 1_000 },
    );
  });
});
