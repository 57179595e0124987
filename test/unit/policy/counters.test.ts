import { beforeEach, describe, expect, test } from 'vitest';
import {
  decide,
  MemoryCounters,
  judge,
  type Call,
  type CompiledPolicy,
  type Decision,
} from '../../../server/src/policy/index.ts';
import { call, CALLER, NOON, OWNER, policy } from '../../support/policy.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

let counters: MemoryCounters;
beforeEach(() => {
  counters = new MemoryCounters();
});

function decideAt(compiled: CompiledPolicy, asked: Call, at: number): Decision {
  return decide(compiled, asked, OWNER, counters, at);
}

/** `allow`, or the rule and the seconds to wait. */
function outcome(compiled: CompiledPolicy, asked: Call, at = NOON): string {
  const decision = decideAt(compiled, asked, at);
  if (decision.decision !== 'deny') return decision.decision;
  return [decision.rule, decision.retryAfter].filter((part) => part !== undefined).join(' ');
}

/** A policy whose only restriction is this quota of tool `pay`. */
function quota(limit: object): CompiledPolicy {
  return policy({ tools: { pay: { limits: [{ counter: 'c', window: 'day', max: 1, ...limit }] } } });
}

function spend(amount: string): Call {
  return call('pay', `{"amount":${amount}}`);
}

describe('a rate limit', () => {
  const twice = policy({ tools: { 'p*': { rate_limit: { max: 2, window: 60 } } } });

  test('lets at most max calls through in any sliding window', () => {
    expect(outcome(twice, call('pay'), NOON)).toBe('allow');
    expect(outcome(twice, call('pay'), NOON + 30 * SECOND)).toBe('allow');
    expect(outcome(twice, call('pay'), NOON + 59_999)).toBe('/tools/p*/rate_limit 1');
    expect(outcome(twice, call('pay'), NOON + 60 * SECOND)).toBe('allow');
    expect(outcome(twice, call('pay'), NOON + 60 * SECOND)).toBe('/tools/p*/rate_limit 30');
  });

  test('is half-open: a call exactly one window ago no longer counts', () => {
    const once = policy({ tools: { pay: { rate_limit: { max: 1, window: 1 } } } });
    expect(outcome(once, call('pay'), NOON)).toBe('allow');
    expect(outcome(once, call('pay'), NOON + 999)).toBe('/tools/pay/rate_limit 1');
    expect(outcome(once, call('pay'), NOON + 1_000)).toBe('allow');
  });

  test('counts each tool apart, also under one pattern', () => {
    for (const tool of ['pay', 'plan', 'pay', 'plan']) expect(outcome(twice, call(tool))).toBe('allow');
    expect(outcome(twice, call('plan'))).toBe('/tools/p*/rate_limit 60');
  });

  test('counts denied calls not at all', () => {
    const compiled = policy({
      tools: { pay: { deny_if: [{ path: 'args.bad', op: 'exists' }], rate_limit: { max: 1, window: 60 } } },
    });
    expect(outcome(compiled, call('pay', { bad: 1 }))).toBe('/tools/pay/deny_if/args.bad-exists');
    expect(outcome(compiled, call('pay'))).toBe('allow');
  });

  test('counts per session, or with scope grant per grant', () => {
    const other = { ...CALLER, session: 's2' };
    const perGrant = policy({ tools: { pay: { rate_limit: { max: 1, window: 60, scope: 'grant' } } } });
    const perSession = policy({ tools: { pay: { rate_limit: { max: 1, window: 61 } } } });
    for (const [compiled, expected] of [
      [perGrant, '/tools/pay/rate_limit 60'],
      [perSession, 'allow'],
    ] as const) {
      outcome(compiled, call('pay'));
      expect(outcome(compiled, call('pay', undefined, { caller: other }))).toBe(expected);
      expect(outcome(compiled, call('pay', undefined, { caller: { ...CALLER, grantId: 'g2' } }))).toBe('allow');
    }
  });

  test('of 0 lets nothing through, and waiting does not help', () => {
    expect(outcome(policy({ tools: { pay: { rate_limit: { max: 0, window: 1 } } } }), call('pay'))).toBe(
      '/tools/pay/rate_limit',
    );
  });
});

describe('a quota', () => {
  test('counts each call as 1', () => {
    const compiled = quota({ max: 2 });
    expect([1, 2, 3].map(() => outcome(compiled, call('pay')))).toEqual([
      'allow',
      'allow',
      '/tools/pay/limits/c 43200',
    ]);
  });

  test('adds up an argument exactly: 0.1 + 0.2 reaches 0.3', () => {
    const compiled = quota({ max: 0.3, increment_from: 'args.amount' });
    expect(outcome(compiled, spend('0.1'))).toBe('allow');
    expect(outcome(compiled, spend('0.2'))).toBe('allow');
    expect(outcome(compiled, spend('0'))).toBe('allow');
    expect(outcome(compiled, spend('1e-300'))).toBe('/tools/pay/limits/c 43200');
  });

  test('keeps every unit near 2^53', () => {
    const compiled = quota({ max: 2 ** 53 - 1, increment_from: 'args.amount' });
    expect(outcome(compiled, spend('9007199254740990'))).toBe('allow');
    expect(outcome(compiled, spend('0.5'))).toBe('allow');
    expect(outcome(compiled, spend('0.6'))).toBe('/tools/pay/limits/c 43200');
    expect(outcome(compiled, spend('0.5'))).toBe('allow');
  });

  test('cannot be refilled by a negative amount, nor passed by anything but an exact number', () => {
    const compiled = quota({ max: 100, increment_from: 'args.amount' });
    const wrong = [
      '-1',
      '-0.001',
      '9007199254740992',
      '9007199254740993',
      '0.1000000000000000055511151231257827',
      '"5"',
      'null',
      '[5]',
      'true',
    ];
    for (const amount of wrong) expect(outcome(compiled, spend(amount)), amount).toBe('/tools/pay/limits/c');
    expect(outcome(compiled, call('pay', {}))).toBe('/tools/pay/limits/c');
    expect(outcome(compiled, call('pay'))).toBe('/tools/pay/limits/c');
    for (const amount of ['-0', '0', '1.0', '0e999999999'])
      expect(outcome(compiled, spend(amount)), amount).toBe('allow');
  });

  test('says how long to wait, unless the amount never fits', () => {
    const compiled = quota({ max: 10, increment_from: 'args.amount' });
    expect(outcome(compiled, spend('11'))).toBe('/tools/pay/limits/c');
    expect(outcome(compiled, spend('10'), NOON)).toBe('allow');
    expect(outcome(compiled, spend('10'), NOON + DAY / 2 - 1)).toBe('/tools/pay/limits/c 1');
    expect(outcome(compiled, spend('10'), NOON + DAY / 2)).toBe('allow');
  });

  test.each([
    ['minute', '2026-04-15T12:34:56.789Z', '2026-04-15T12:34:00Z', '2026-04-15T12:35:00Z'],
    ['hour', '2026-04-15T12:34:56Z', '2026-04-15T12:00:00Z', '2026-04-15T13:00:00Z'],
    ['day', '2026-04-15T12:34:56Z', '2026-04-15T00:00:00Z', '2026-04-16T00:00:00Z'],
    ['week', '2026-04-15T12:34:56Z', '2026-04-13T00:00:00Z', '2026-04-20T00:00:00Z'],
    ['week', '2027-01-01T00:00:00Z', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
    ['month', '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['month', '2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
  ])('per %s at %s counts from %s until %s', (window, within, start, end) => {
    const compiled = quota({ window, max: 1 });
    expect(outcome(compiled, call('pay'), Date.parse(start) - 1)).toBe('allow');
    expect(outcome(compiled, call('pay'), Date.parse(start))).toBe('allow');
    const wait = Math.ceil((Date.parse(end) - Date.parse(within)) / SECOND);
    expect(outcome(compiled, call('pay'), Date.parse(within))).toBe(`/tools/pay/limits/c ${wait}`);
    expect(outcome(compiled, call('pay'), Date.parse(end) - 1)).toBe('/tools/pay/limits/c 1');
    expect(outcome(compiled, call('pay'), Date.parse(end))).toBe('allow');
  });

  test('in a pattern or in all_tools is shared by every tool that it governs', () => {
    const limits = [{ counter: 'c', window: 'day', max: 2 }];
    const shared = [policy({ tools: { 'p*': { limits } } }), policy({ all_tools: { limits } })];
    for (const compiled of shared) {
      counters = new MemoryCounters();
      expect([outcome(compiled, call('pay')), outcome(compiled, call('plan'))]).toEqual(['allow', 'allow']);
      expect(outcome(compiled, call('pay'))).toMatch(/limits\/c/);
    }
  });

  test('of the same name in another ruleset, window or scope is another counter', () => {
    const limit = (rest: object = {}): object => ({ counter: 'c', window: 'day', max: 2, ...rest });
    const compiled = policy({
      all_tools: { limits: [limit({ max: 3 })] },
      tools: {
        pay: { limits: [limit(), limit({ window: 'hour' }), limit({ scope: 'session' })] },
        all_tools: { limits: [limit()] },
      },
    });
    for (const tool of ['pay', 'all_tools', 'all_tools']) expect(outcome(compiled, call(tool))).toBe('allow');
    expect(outcome(compiled, call('pay'))).toMatch(/^\/all_tools\/limits/);
  });

  test('belongs to the grant, to the session, or to all callers of the server', () => {
    const other = (rest: object): Call => call('pay', undefined, { caller: { ...CALLER, ...rest } });
    const blocks = (scope: string, rest: object): boolean => {
      counters = new MemoryCounters();
      outcome(quota({ scope }), call('pay'));
      return outcome(quota({ scope }), other(rest)) !== 'allow';
    };
    expect([blocks('grant', { session: 's2' }), blocks('grant', { grantId: 'g2' })]).toEqual([true, false]);
    expect([blocks('session', { session: 's2' }), blocks('session', { grantId: 'g2' })]).toEqual([false, false]);
    expect([blocks('server', { session: 's2' }), blocks('server', { grantId: 'g2' })]).toEqual([true, true]);
  });

  test('belongs to the server and to the policy file', () => {
    const compiled = quota({ scope: 'server' });
    outcome(compiled, call('pay'));
    for (const owner of [
      { ...OWNER, server: 'other' },
      { ...OWNER, policyFile: '/other.json' },
    ]) {
      expect(decide(compiled, call('pay'), owner, counters, NOON).decision).toBe('allow');
    }
  });

  test('keeps its count when max is edited', () => {
    outcome(quota({ max: 1 }), call('pay'));
    expect(outcome(quota({ max: 1 }), call('pay'))).not.toBe('allow');
    expect(outcome(quota({ max: 2 }), call('pay'))).toBe('allow');
    expect(outcome(quota({ max: 2 }), call('pay'))).not.toBe('allow');
  });

  test('is never confused with another by its name', () => {
    const tricky = policy({
      tools: {
        pay: {
          limits: [
            { counter: '","day","grant"', window: 'day', max: 1 },
            { counter: 'c', window: 'day', max: 9 },
          ],
        },
      },
    });
    const judgement = judge(tricky, call('pay'), OWNER);
    const identities = judgement.outcome === 'pass' ? judgement.charges.map(({ counter }) => counter) : [];
    expect(new Set(identities).size).toBe(2);
  });
});

describe('all counters of a call', () => {
  test('are reserved in one step, or none is', () => {
    const compiled = policy({
      tools: {
        pay: {
          rate_limit: { max: 9, window: 60 },
          limits: [
            { counter: 'a', window: 'day', max: 2 },
            { counter: 'b', window: 'day', max: 1 },
          ],
        },
      },
    });
    const loose = policy({ tools: { pay: { limits: [{ counter: 'a', window: 'day', max: 2 }] } } });
    expect(outcome(compiled, call('pay'))).toBe('allow');
    expect(outcome(compiled, call('pay'))).toMatch(/^\/tools\/pay\/limits\/b/);
    expect(outcome(loose, call('pay'))).toBe('allow');
    expect(outcome(loose, call('pay'))).toMatch(/limits\/a/);
  });

  test('are asked in order: rate_limit first, ruleset by ruleset', () => {
    const none = { rate_limit: { max: 0, window: 1 }, limits: [{ counter: 'c', window: 'day', max: 0 }] };
    const ruleset = { limits: none.limits };
    expect(outcome(policy({ tools: { pay: none } }), call('pay'))).toBe('/tools/pay/rate_limit');
    expect(outcome(policy({ tools: { 'p*': none, pay: ruleset } }), call('pay'))).toBe('/tools/pay/limits/c');
    expect(outcome(policy({ tools: { 'p*': none }, all_tools: none }), call('pay'))).toBe('/tools/p*/rate_limit');
    expect(outcome(policy({ tools: { pay: {} }, all_tools: none }), call('pay'))).toBe('/all_tools/rate_limit');
  });

  test('stay as they are when they are only probed', () => {
    const judgement = judge(quota({ max: 1 }), call('pay'), OWNER);
    const charges = judgement.outcome === 'pass' ? judgement.charges : [];
    expect([counters.probe(charges, NOON).ok, counters.probe(charges, NOON).ok]).toEqual([true, true]);
    expect([counters.reserve(charges, NOON).ok, counters.probe(charges, NOON).ok]).toEqual([true, false]);
  });
});

describe('a reservation that is given back', () => {
  function reserved(compiled: CompiledPolicy, at: number): () => void {
    const decision = decideAt(compiled, call('pay'), at);
    if (decision.decision === 'deny') throw new Error(`denied by ${decision.rule}`);
    return () => {
      counters.release(decision.reservation);
    };
  }

  test('makes room again, once', () => {
    const compiled = policy({
      tools: { pay: { rate_limit: { max: 2, window: 60 }, limits: [{ counter: 'c', window: 'day', max: 2 }] } },
    });
    const release = reserved(compiled, NOON);
    reserved(compiled, NOON);
    expect(outcome(compiled, call('pay'))).not.toBe('allow');
    release();
    release();
    expect(outcome(compiled, call('pay'))).toBe('allow');
    expect(outcome(compiled, call('pay'))).not.toBe('allow');
  });

  test('changes nothing in a later window', () => {
    const compiled = quota({ window: 'minute', max: 1 });
    const release = reserved(compiled, NOON);
    reserved(compiled, NOON + MINUTE);
    release();
    expect(outcome(compiled, call('pay'), NOON + MINUTE)).not.toBe('allow');
  });
});

describe('time', () => {
  test('never goes backwards', () => {
    const compiled = quota({ window: 'day', max: 1 });
    expect(outcome(compiled, call('pay'), NOON + DAY)).toBe('allow');
    expect(outcome(compiled, call('pay'), NOON)).toMatch(/limits/);
    const limited = policy({ tools: { pay: { rate_limit: { max: 1, window: 60 } } } });
    expect(outcome(limited, call('pay'), NOON)).toBe('allow');
    expect(outcome(limited, call('pay'), NOON + DAY + 59 * SECOND)).toMatch(/rate_limit/);
    expect(outcome(limited, call('pay'), NOON + DAY + 60 * SECOND)).toBe('allow');
  });
});
