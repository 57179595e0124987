import { describe, expect, test } from 'vitest';
import { compilePolicy } from '../../../server/src/policy/index.ts';
import { policy, problemLines, problemsOf } from '../../support/policy.ts';

/** The messages for a policy in which only `tools.x` is special. */
function entryMessages(entry: object): readonly string[] {
  return problemsOf({ tools: { x: entry } }).map(({ message }) => message);
}

function conditionCodes(...conditions: object[]): readonly string[] {
  return problemsOf({ tools: { x: { deny_if: conditions } } }).map(({ code }) => code);
}

const PREDICATE = { path: 'args.a', op: 'eq', value: 1 };

describe('a policy', () => {
  test('needs a version and a default, nothing else', () => {
    expect(compilePolicy('{ "version": "1", "default": "deny" }').ok).toBe(true);
    expect(problemLines('{}')).toEqual(['missing-key at «{»', 'missing-key at «{»']);
  });

  test('may say where its schema is, what it is for, and for which server', () => {
    const compiled = policy({ $schema: 'https://example.com/x', description: 'For the shop.', server: 'shop' });
    expect(compiled.server).toBe('shop');
  });

  test('may use all of the language', () => {
    policy({
      hide: ['admin_*', '*', 'x'],
      all_tools: { require: [], deny_if: [], rate_limit: { max: 0, window: 1 }, limits: [] },
      tools: {
        pay: {
          action: 'require_approval',
          reason: 'Money.',
          approval: { timeout: 60, message: 'Pay?', remember: 'session' },
          require: [{ path: 'args.to', op: 'in', value: ['a', 1, null, [1]], on_deny: 'No.', id: 'known.to_-1' }],
          deny_if: [
            { conditions: [PREDICATE, { path: 'args', op: 'exists' }], on_deny: 'No.', id: 'x' },
            { conditions: [] },
          ],
          rate_limit: { max: 100_000, window: 2_678_400, scope: 'grant', on_deny: 'Slow down.' },
          limits: [
            { counter: 'spend', window: 'day', max: 0.5, increment_from: 'args.amount', on_deny: 'Enough.' },
            { counter: 'spend', window: 'month', max: 2 ** 53 - 1, scope: 'session' },
            { counter: 'spend', window: 'month', max: 1, scope: 'server' },
          ],
        },
      },
    });
  });

  test('knows the first 12 digits of the SHA-256 of its bytes', () => {
    // printf '{"version":"1","default":"deny","description":"é"}' | sha256sum
    const text = '{"version":"1","default":"deny","description":"é"}';
    expect(policy(text).hash).toBe('17356d84d705');
    const fromBytes = compilePolicy(new TextEncoder().encode(text));
    expect(fromBytes.ok && fromBytes.policy.hash).toBe('17356d84d705');
  });
});

describe('a typo never weakens a policy', () => {
  test('unknown keys are errors at every level, and the known ones are listed', () => {
    expect(problemLines('{ "version": "1", "default": "deny", "Tools": {} }')).toEqual(['unknown-key at «"Tools"»']);
    expect(entryMessages({ denyIf: [] })).toEqual([
      'Unknown key "denyIf". Known here: action, reason, require, deny_if, rate_limit, limits, approval.',
    ]);
    expect(problemsOf({ all_tools: { action: 'deny' } })).toMatchObject([{ code: 'unknown-key' }]);
    expect(conditionCodes({ ...PREDICATE, on_dney: '' })).toEqual(['unknown-key']);
    expect(entryMessages({ rate_limit: { max: 1, window: 1, per: 'x' } })[0]).toMatch(/^Unknown key "per"/);
    expect(entryMessages({ limits: [{ counter: 'c', window: 'day', max: 1, maximum: 2 }] })[0]).toMatch(/^Unknown key/);
    expect(entryMessages({ action: 'require_approval', approval: { remeber: 'never' } })[0]).toMatch(/^Unknown key/);
  });

  test('names of every object are unknown keys too', () => {
    expect(problemLines('{ "version": "1", "default": "deny", "__proto__": {}, "constructor": 1 }')).toEqual([
      'unknown-key at «"__proto__"»',
      'unknown-key at «"constructor"»',
    ]);
  });

  test('null never stands for absent', () => {
    for (const key of ['$schema', 'description', 'server', 'hide', 'all_tools', 'tools']) {
      expect(problemsOf({ [key]: null }), key).toMatchObject([{ code: 'wrong-type' }]);
    }
    for (const key of ['action', 'reason', 'require', 'deny_if', 'rate_limit', 'limits']) {
      expect(problemsOf({ tools: { x: { [key]: null } } })[0], key).toMatchObject({ code: 'wrong-type' });
    }
  });

  test('a duplicate key is found at the second and names the first', () => {
    const text = '{ "version": "1", "default": "deny", "tools": { "a": {}, "\\u0061": {} } }';
    expect(problemLines(text)).toEqual(['duplicate-key at «"\\u0061"»']);
    expect(text.slice(problemsOf(text)[0]!.related!.start).startsWith('"a"')).toBe(true);
  });

  test('as many problems as can be found are told at once, in document order', () => {
    const text = `{ "version": 1, "default": "maybe", "hide": [""],
      "tools": { "x": { "action": "block", "deny_if": [{ "path": "arg.a", "op": "gt", "value": "1" }] } } }`;
    expect(problemLines(text)).toEqual([
      'wrong-type at «1»',
      'invalid-value at «1»',
      'invalid-value at «"maybe"»',
      'invalid-value at «""»',
      'invalid-value at «"block"»',
      'invalid-path at «arg.a»',
      'wrong-type at «"1"»',
    ]);
  });
});

describe('strict JSON', () => {
  test.each([
    ['{ "version": "1", "default": "deny", }', 'json-syntax'],
    ['{ "version": "1", /* no */ "default": "deny" }', 'json-syntax'],
    ['\ufeff{ "version": "1", "default": "deny" }', 'json-encoding'],
    ['{ "version": "1", "default": "deny", "server": "\\ud800" }', 'json-surrogate'],
    ['[]', 'wrong-type'],
    ['"policy"', 'wrong-type'],
    ['', 'json-syntax'],
  ])('%j', (text, code) => {
    expect(problemsOf(text).map((each) => each.code)).toEqual([code]);
  });

  test('a document of 5 MiB, or a thousand levels deep, has one clear problem', () => {
    expect(problemsOf('x'.repeat(5 * 1024 * 1024))).toMatchObject([
      { code: 'json-too-large', message: 'The document is larger than 4 MiB. Split it or make it smaller.' },
    ]);
    expect(problemsOf('{"a":'.repeat(1000) + '1' + '}'.repeat(1000))).toMatchObject([{ code: 'json-too-deep' }]);
  });

  test('bytes that are no UTF-8 have one clear problem', () => {
    expect(problemsOf(Uint8Array.of(0xff, 0xfe, 0x7b))).toMatchObject([{ code: 'json-encoding' }]);
  });

  test('numbers must be exact, wherever they stand', () => {
    const text =
      '{ "version": "1", "default": "deny", "tools": { "x": { "deny_if": [{ "path": "args", "op": "eq", "value": [{ "n": 9007199254740993 }] }] } } }';
    expect(problemLines(text)).toEqual(['inexact-number at «9007199254740993»']);
  });
});

describe('bounds', () => {
  test('10,000 entries', () => {
    const tools = (count: number): object => ({
      tools: Object.fromEntries(Array.from({ length: count }, (_, i) => [`t${i}`, {}])),
    });
    policy(tools(10_000));
    expect(problemsOf(tools(10_001))).toMatchObject([{ code: 'too-many-items' }]);
  });

  test.each([
    ['256 conditions per array', 256, (count: number) => ({ deny_if: Array(count).fill(PREDICATE) as object[] })],
    [
      '64 predicates per group',
      64,
      (count: number) => ({ require: [{ conditions: Array(count).fill(PREDICATE) as object[] }] }),
    ],
    [
      '10,000 values in an in',
      10_000,
      (count: number) => ({ require: [{ path: 'args.a', op: 'in', value: Array(count).fill(1) as number[] }] }),
    ],
    [
      '64 limits per ruleset',
      64,
      (count: number) => ({
        limits: Array.from({ length: count }, (_, i) => ({ counter: `c${i}`, window: 'day', max: 1 })),
      }),
    ],
  ])('%s', (_, most, entry) => {
    expect(problemsOf({ tools: { x: entry(most) } })).toEqual([]);
    expect(problemsOf({ tools: { x: entry(most + 1) } })).toMatchObject([{ code: 'too-many-items' }]);
  });

  test('2,000 regular expressions, counted before any of them is compiled', () => {
    const matching = { path: 'args.a', op: 'regex', value: '^a$' };
    const full = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`t${i}`, { deny_if: Array(50).fill(matching) }]),
    );
    const grouped = { require: Array(20).fill({ conditions: Array(50).fill(matching) }) };
    expect(problemsOf({ tools: full, all_tools: grouped })).toEqual([]);
    const invalid = { deny_if: [{ ...matching, value: '(' }] };
    expect(problemsOf({ tools: { ...full, invalid }, all_tools: grouped })).toMatchObject([
      { code: 'too-many-items', message: expect.stringContaining('at most 2000 regular expressions') as string },
    ]);
  });

  test('a pattern has 1 to 256 code points', () => {
    policy({ tools: { ['😀'.repeat(256)]: {} }, hide: ['😀'.repeat(256)] });
    expect(problemsOf({ tools: { ['x'.repeat(257)]: {} } })).toMatchObject([
      { code: 'invalid-value', message: 'A tool name or pattern must have 1 to 256 characters.' },
    ]);
    expect(problemLines('{ "version": "1", "default": "deny", "tools": { "": {} } }')).toEqual([
      'invalid-value at «""»',
    ]);
    expect(problemsOf({ hide: ['x'.repeat(257)] })).toMatchObject([{ code: 'invalid-value' }]);
  });

  test('a rate limit has at most 100,000 calls in 1 second to 31 days, in whole numbers', () => {
    const codes = (limit: object): readonly string[] =>
      problemsOf({ tools: { x: { rate_limit: { max: 1, window: 1, ...limit } } } }).map(({ code }) => code);
    expect(codes({ max: 0, window: 1 })).toEqual([]);
    expect(codes({ max: 100_001 })).toEqual(['invalid-value']);
    expect(codes({ max: -1 })).toEqual(['invalid-value']);
    expect(codes({ max: 1.5 })).toEqual(['wrong-type']);
    expect(codes({ window: 0 })).toEqual(['invalid-value']);
    expect(codes({ window: 2_678_401 })).toEqual(['invalid-value']);
    expect(codes({ window: '60' })).toEqual(['wrong-type']);
    expect(codes({ scope: 'server' })).toEqual(['invalid-value']);
    expect(entryMessages({ rate_limit: {} })).toHaveLength(2);
  });

  test('a quota is 0 to 2^53−1', () => {
    const codes = (limit: object): readonly string[] =>
      problemsOf({ tools: { x: { limits: [{ counter: 'c', window: 'day', max: 1, ...limit }] } } }).map(
        ({ code }) => code,
      );
    expect(codes({ max: 0 })).toEqual([]);
    expect(codes({ max: 0.3 })).toEqual([]);
    expect(codes({ max: -1 })).toEqual(['invalid-value']);
    expect(codes({ max: 2 ** 53 })).toEqual(['invalid-value']);
    expect(codes({ window: 'year' })).toEqual(['invalid-value']);
    expect(codes({ scope: 'client' })).toEqual(['invalid-value']);
    expect(codes({ counter: 'é'.repeat(256) })).toEqual([]);
    expect(codes({ counter: 'é'.repeat(257) })).toEqual(['invalid-value']);
    expect(codes({ counter: '' })).toEqual(['invalid-value']);
    expect(codes({ counter: 'a\u0007' })).toEqual(['invalid-value']);
    expect(codes({ counter: 'a\u0085' })).toEqual(['invalid-value']);
  });

  test('an approval waits 1 second to a day', () => {
    const codes = (approval: object): readonly string[] =>
      problemsOf({ tools: { x: { action: 'require_approval', approval } } }).map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ timeout: 86_400 })).toEqual([]);
    expect(codes({ timeout: 0 })).toEqual(['invalid-value']);
    expect(codes({ timeout: 86_401 })).toEqual(['invalid-value']);
    expect(codes({ remember: 'always' })).toEqual(['invalid-value']);
  });
});

describe('an approval stands only beside require_approval', () => {
  test.each([[{}], [{ action: 'allow' }], [{ action: 'deny' }]])('%j', (entry) => {
    expect(entryMessages({ ...entry, approval: {} })).toEqual([
      '"approval" stands only beside "action": "require_approval". Change the action, or remove "approval".',
    ]);
  });
});

describe('a condition is a predicate or a group', () => {
  test('never both', () => {
    expect(entryMessages({ deny_if: [{ conditions: [], ...PREDICATE }] })[0]).toBe(
      'A condition has either "conditions" or "path", not both. Move this predicate into "conditions".',
    );
  });

  test('groups do not nest, and their predicates have no message or id of their own', () => {
    expect(conditionCodes({ conditions: [{ conditions: [] }] })).toContain('unknown-key');
    expect(conditionCodes({ conditions: [{ ...PREDICATE, on_deny: 'x' }] })).toEqual(['unknown-key']);
    expect(conditionCodes({ conditions: [{ ...PREDICATE, id: 'x' }] })).toEqual(['unknown-key']);
  });

  test('a predicate needs a path, an operator and a value, which only exists may leave out', () => {
    expect(conditionCodes({})).toEqual(['missing-key', 'missing-key', 'missing-key']);
    expect(conditionCodes({ path: 'args.a', op: 'eq' })).toEqual(['missing-key']);
    expect(conditionCodes({ path: 'args.a', op: 'exists' })).toEqual([]);
    expect(conditionCodes({ path: 'args.a', op: 'eq', value: null })).toEqual([]);
  });

  test.each([
    ['in', [], 'x'],
    ['not_in', [1], 1],
    ['lt', 1, '1'],
    ['lte', 1, null],
    ['gt', 1, [1]],
    ['gte', 1, true],
    ['regex', '^a', 1],
    ['exists', false, 'true'],
  ])('the value of %s is of its kind: %j, not %j', (op, right, wrong) => {
    expect(conditionCodes({ path: 'args.a', op, value: right })).toEqual([]);
    expect(conditionCodes({ path: 'args.a', op, value: wrong })).toEqual(['wrong-type']);
  });

  test.each(['eq', 'neq', 'contains'])('the value of %s is any JSON', (op) => {
    const values = [null, true, 1, 'x', [1], { a: 1 }];
    expect(conditionCodes(...values.map((value) => ({ path: 'args.a', op, value })))).toEqual([]);
  });

  test.each(['==', 'EQ', 'matches', ''])('%j is no operator', (op) => {
    expect(conditionCodes({ path: 'args.a', op, value: 1 })).toEqual(['invalid-value']);
  });

  test('an id has 1 to 64 plain characters and stands once in its array', () => {
    expect(conditionCodes({ ...PREDICATE, id: 'Az09_.-' }, { ...PREDICATE, id: 'x'.repeat(64) })).toEqual([]);
    for (const id of ['', 'a b', 'a/b', 'é', 'x'.repeat(65)])
      expect(conditionCodes({ ...PREDICATE, id }), id).toEqual(['invalid-value']);
    expect(conditionCodes({ ...PREDICATE, id: 'a' }, { ...PREDICATE, id: 'a' })).toEqual(['duplicate-id']);
    policy({ tools: { x: { deny_if: [{ ...PREDICATE, id: 'a' }], require: [{ ...PREDICATE, id: 'a' }] } } });
  });

  test('a regular expression is RE2 and has at most 1,000 characters', () => {
    const regex = (value: string): object => ({ path: 'args.a', op: 'regex', value });
    expect(conditionCodes(regex('^(?i)[a-z]+\\pL{2,3}$'), regex('é'.repeat(1000)))).toEqual([]);
    expect(conditionCodes(regex('a(?=b)'), regex('(a)\\1'), regex('('), regex('(((a{30}){30}){30}){30}'))).toEqual(
      Array(4).fill('invalid-regex'),
    );
    expect(conditionCodes(regex('x'.repeat(1001)))).toEqual(['invalid-value']);
    expect(entryMessages({ deny_if: [regex('a(?=b)')] })[0]).toBe(
      'This is no valid RE2 regular expression: invalid or unsupported Perl syntax: `(?=`. RE2 has no look-around and no back-references.',
    );
  });

  test('a wrong path is underlined from where it goes wrong', () => {
    const text =
      '{ "version": "1", "default": "deny", "tools": { "x": { "require": [{ "path": "args.a b", "op": "exists" }] } } }';
    expect(problemLines(text)).toEqual(['invalid-path at « b»']);
  });
});

describe('limits', () => {
  test('a counter stands once with the same window and scope; grant is the scope when none is given', () => {
    const limit = { counter: 'c', window: 'day', max: 1 };
    const codes = (...limits: object[]): readonly string[] =>
      problemsOf({ tools: { x: { limits } } }).map(({ code }) => code);
    expect(
      codes(limit, { ...limit, window: 'week' }, { ...limit, scope: 'session' }, { ...limit, counter: 'C' }),
    ).toEqual([]);
    expect(codes(limit, { ...limit, max: 2 })).toEqual(['duplicate-counter']);
    expect(codes(limit, { ...limit, scope: 'grant' })).toEqual(['duplicate-counter']);
    policy({ all_tools: { limits: [limit] }, tools: { x: { limits: [limit] } } });
  });

  test('increment_from is one argument: an args path with a step and without [*]', () => {
    const codes = (increment_from: string): readonly string[] =>
      problemsOf({ tools: { x: { limits: [{ counter: 'c', window: 'day', max: 1, increment_from }] } } }).map(
        ({ code }) => code,
      );
    expect(codes('args.amount')).toEqual([]);
    expect(codes('args["a b"][0]')).toEqual([]);
    for (const path of ['args', 'args.items[*].price', 'tool.name', 'amount'])
      expect(codes(path), path).toEqual(['invalid-path']);
  });
});
