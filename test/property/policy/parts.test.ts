/** Parts of the engine against simpler statements of the same thing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decide,
  escapeToken,
  formatDecimal,
  looksLikePolicy,
  matchesPattern,
  MemoryCounters,
  parseDecimal,
  parsePath,
  pointerOf,
  tokensOf,
  windowEnd,
  windowStart,
} from '../../../server/src/policy/index.ts';
import { anyDocument } from '../../support/policy-arbitraries.ts';
import { call, NOON, OWNER, policy } from '../../support/policy.ts';

describe('patterns', () => {
  test('fit as the regular expression with .* for each star does', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.', '😀'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '😀'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, name, (text, candidate) => {
        const expression = text.replaceAll('.', '\\.').replaceAll('*', '.*');
        expect(matchesPattern(text, candidate)).toBe(new RegExp(`^(?:${expression})$`, 'su').test(candidate));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('pointers', () => {
  test('come back as the tokens they were made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a') })), (tokens) => {
        expect(tokensOf(pointerOf(tokens))).toEqual(tokens);
        for (const token of tokens) expect(escapeToken(token)).not.toContain('/');
      }),
    );
  });
});

describe('paths', () => {
  test('never throw, and a problem lies within the text', () => {
    const piece = fc.constantFrom(
      'args',
      '.a',
      '["x"]',
      '["',
      '"]',
      '[0]',
      '[*]',
      '[',
      ']',
      '.',
      'tool.name',
      '\\',
      ' ',
      'é',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        (text) => {
          const reading = parsePath(text);
          if (!reading.ok)
            expect(reading.problem.start <= reading.problem.end && reading.problem.end <= text.length).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('reach any key in brackets', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (key) => {
        expect(parsePath(`args[${JSON.stringify(key)}]`)).toEqual({
          ok: true,
          path: { root: 'args', steps: [{ kind: 'key', name: key }] },
        });
      }),
    );
  });
});

describe('decimals', () => {
  const literal = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -20, max: 20 }))
    .map(([n, e]) => `${n}e${e}`);

  test('add and compare as integers of one scale do', () => {
    const scaled = (text: string): bigint => {
      const { units, scale } = parseDecimal(text);
      return units * 10n ** BigInt(40 - scale);
    };
    fc.assert(
      fc.property(literal, literal, (a, b) => {
        const sum = formatDecimal(addDecimals(parseDecimal(a), parseDecimal(b)));
        expect(scaled(sum)).toBe(scaled(a) + scaled(b));
        expect(Math.sign(compareDecimals(parseDecimal(a), parseDecimal(b)))).toBe(
          scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0,
        );
      }),
    );
  });
});

describe('windows', () => {
  test('hold their moment, begin where the last one ended, and turn at midnight of the right day', () => {
    const moment = fc.integer({ min: 0, max: Date.UTC(2200, 0) });
    fc.assert(
      fc.property(moment, fc.constantFrom('minute', 'hour', 'day', 'week', 'month' as const), (at, unit) => {
        const start = windowStart(unit, at);
        const end = windowEnd(unit, at);
        expect(start <= at && at < end).toBe(true);
        expect(windowEnd(unit, start - 1)).toBe(start);
        expect(windowStart(unit, end - 1)).toBe(start);
        if (unit === 'week') expect(new Date(start).getUTCDay()).toBe(1);
        if (unit === 'month') expect(new Date(start).getUTCDate()).toBe(1);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('counters', () => {
  const steps = fc.array(fc.record({ wait: fc.integer({ min: -5_000, max: 20_000 }), release: fc.boolean() }), {
    maxLength: 60,
  });

  test('admit at most max calls in any window, whatever the clock does', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 30 }), (schedule, max, window) => {
        const compiled = policy({ tools: { x: { rate_limit: { max, window } } } });
        const counters = new MemoryCounters();
        const admitted: number[] = [];
        let clock = NOON;
        let latest = Number.NEGATIVE_INFINITY;
        for (const { wait, release } of schedule) {
          clock += wait;
          latest = Math.max(latest, clock);
          const decision = decide(compiled, call('x'), OWNER, counters, clock);
          const inWindow = admitted.filter((time) => time > latest - window * 1_000).length;
          expect(decision.decision).toBe(inWindow < max ? 'allow' : 'deny');
          if (decision.decision === 'deny') continue;
          if (release) counters.release(decision.reservation);
          else admitted.push(latest);
        }
      }),
    );
  });

  test('that were denied have room when retryAfter has passed', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 30 }), (schedule, max, window) => {
        const limits = [{ counter: 'c', window: 'minute', max }];
        const compiled = policy({ tools: { x: { rate_limit: { max, window }, limits } } });
        const counters = new MemoryCounters();
        let clock = NOON;
        for (const { wait } of schedule) {
          clock += Math.max(wait, 0);
          const decision = decide(compiled, call('x'), OWNER, counters, clock);
          if (decision.decision !== 'deny') continue;
          clock += (decision.retryAfter ?? Number.NaN) * 1_000;
          const again = decide(compiled, call('x'), OWNER, counters, clock);
          expect(again.decision === 'allow' || again.rule !== decision.rule).toBe(true);
        }
      }),
    );
  });
});

describe('recognising', () => {
  test('any text can be asked about, and every policy is recognised', () => {
    fc.assert(
      fc.property(anyDocument, fc.nat(), (document, at) => {
        const text = JSON.stringify(document);
        expect(looksLikePolicy(text)).toBe(true);
        expect(typeof looksLikePolicy(text.slice(0, at % text.length))).toBe('boolean');
      }),
    );
  });
});
