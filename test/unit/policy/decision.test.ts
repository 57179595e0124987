import { describe, expect, test } from 'vitest';
import { agentDenial, decide, isHidden, isListable, judge, MemoryCounters } from '../../../server/src/policy/index.ts';
import { call, decideCall, judgeCall, NOON, OWNER, policy, ruleOf } from '../../support/policy.ts';

const AMOUNT = { path: 'args.amount', op: 'gt', value: 100 };
const PAID = { path: 'args.paid', op: 'eq', value: true };

describe('step 1: no valid policy in force', () => {
  test('every call is denied, and nothing may be listed', () => {
    expect(judge(undefined, call('read'), OWNER)).toMatchObject({ outcome: 'deny', rule: '(no policy)' });
    expect(isListable(undefined, 'read')).toBe(false);
  });
});

describe('step 2: unsafe names', () => {
  test.each([
    ['', 'empty'],
    ['x'.repeat(129), 'longer than 128'],
    ['a*', 'a star'],
    ['a\u0000', 'a control character'],
    ['a\n', 'a line end'],
    ['a\u0085', 'a C1 control character'],
    ['a\u200b', 'zero width'],
    ['a\u202e', 'right-to-left override'],
    ['a\u{e0041}', 'a tag character'],
    ['a b', 'a space'],
    ['a\u00a0b', 'a no-break space'],
    ['a\u2028', 'a line separator'],
  ])('%j: %s, even when the policy writes it out', (name) => {
    expect(ruleOf({ tools: { 'a*': {}, [name || 'x']: {} } }, call(name))).toBe('(unsafe name)');
  });

  test('half of a surrogate pair, which no policy can write out', () => {
    expect(ruleOf({ tools: { 'a*': {} } }, call('a\ud800'))).toBe('(unsafe name)');
  });

  test('128 code points are allowed', () => {
    expect(ruleOf({}, call('x'.repeat(128)))).toBe('allow');
    expect(ruleOf({ tools: { ['😀'.repeat(128)]: {} } }, call('😀'.repeat(128)))).toBe('allow');
  });

  test.each(['read_file', 'a.b', 'a/b', 'a-b', 'A9'])('%s is ordinary', (name) => {
    expect(ruleOf({}, call(name))).toBe('allow');
  });

  test.each(['préparer', 'ｒead', 'a:b', 'a@b', '😀'])('%s must be written verbatim as a key of tools', (name) => {
    expect(ruleOf({}, call(name))).toBe('(unsafe name)');
    expect(ruleOf({ tools: { [`${name}*`]: {} } }, call(name))).toBe('(unsafe name)');
    expect(ruleOf({ hide: [name] }, call(name))).toBe('(unsafe name)');
    expect(ruleOf({ tools: { [name]: {} } }, call(name))).toBe('allow');
  });
});

describe('step 3: hidden', () => {
  test.each([['secret'], ['sec*'], ['*']])('by %s', (pattern) => {
    expect(ruleOf({ hide: ['other', pattern], tools: { secret: { action: 'allow' } } }, call('secret'))).toBe(
      '(hidden)',
    );
  });

  test('comes before everything that the entry says', () => {
    expect(
      ruleOf({ hide: ['x'], tools: { x: { action: 'deny' } } }, call('x', undefined, { upstream: 'missing' })),
    ).toBe('(hidden)');
  });
});

describe('step 4: unknown tools', () => {
  test.each(['missing', 'duplicate'] as const)(
    'a tool that the upstream lists not, or twice, is denied: %s',
    (upstream) => {
      expect(ruleOf({ default: 'allow', tools: { x: {} } }, call('x', undefined, { upstream }))).toBe('(unknown tool)');
    },
  );

  test.each(['listed', 'unchecked'] as const)('%s passes', (upstream) => {
    expect(ruleOf({}, call('x', undefined, { upstream }))).toBe('allow');
  });

  test('comes before the default', () => {
    expect(ruleOf({ default: 'deny' }, call('x', undefined, { upstream: 'missing' }))).toBe('(unknown tool)');
  });
});

describe('steps 5 to 8', () => {
  const document = {
    default: 'deny',
    all_tools: { deny_if: [{ path: 'args.x', op: 'exists' }], require: [{ path: 'args.z', op: 'exists' }] },
    tools: {
      off: { action: 'deny' },
      pay: { deny_if: [AMOUNT], require: [PAID] },
      'pa*': { deny_if: [{ path: 'args.y', op: 'exists' }] },
    },
  };

  test.each([
    ['other', {}, '(default deny)'],
    ['off', { x: 1 }, '/tools/off/action'],
    ['pay', { amount: 101, x: 1, y: 1 }, '/tools/pay/deny_if/args.amount-gt'],
    ['pay', { amount: 100, x: 1, y: 1 }, '/tools/pa*/deny_if/args.y-exists'],
    ['pay', { amount: 100, x: 1 }, '/all_tools/deny_if/args.x-exists'],
    ['pay', { amount: 100 }, '/tools/pay/require/args.paid-eq'],
    ['pay', { amount: 100, paid: true }, '/all_tools/require/args.z-exists'],
    ['pay', { amount: 100, paid: true, z: 1 }, 'allow'],
  ])('the first denial wins: %s %j → %s', (tool, args, rule) => {
    expect(ruleOf(document, call(tool, args))).toBe(rule);
  });

  test('a condition that cannot be evaluated denies, in deny_if and in require', () => {
    expect(ruleOf({ tools: { pay: { deny_if: [AMOUNT] } } }, call('pay', { amount: '5' }))).toBe(
      '/tools/pay/deny_if/args.amount-gt',
    );
    expect(ruleOf({ tools: { pay: { require: [AMOUNT] } } }, call('pay', { amount: '500' }))).toBe(
      '/tools/pay/require/args.amount-gt',
    );
  });

  test('an empty group always holds', () => {
    expect(ruleOf({ tools: { x: { deny_if: [{ conditions: [] }] } } }, call('x'))).toBe('/tools/x/deny_if/always');
    expect(ruleOf({ tools: { x: { require: [{ conditions: [] }] } } }, call('x'))).toBe('allow');
  });
});

describe('the rule in the log', () => {
  const FAILING = { path: 'args.a', op: 'exists' };
  const first = (conditions: object[], args: object): string =>
    ruleOf({ tools: { x: { deny_if: conditions } } }, call('x', args));

  test('escapes keys, ids and counters as RFC 6901 does', () => {
    expect(ruleOf({ tools: { 'a/b~c': { action: 'deny' } } }, call('a/b~c'))).toBe('/tools/a~1b~0c/action');
    expect(first([{ path: 'args["a/b~c"]', op: 'exists' }], { 'a/b~c': 1 })).toBe(
      '/tools/x/deny_if/args["a~1b~0c"]-exists',
    );
    expect(ruleOf({ tools: { x: { limits: [{ counter: 'a/~', window: 'day', max: 0 }] } } }, call('x'))).toBe(
      '/tools/x/limits/a~1~0',
    );
  });

  test('names a condition by its id', () => {
    expect(first([{ ...FAILING, id: 'too.much' }], { a: 1 })).toBe('/tools/x/deny_if/too.much');
  });

  test('else by path and operator of its first predicate', () => {
    expect(first([{ conditions: [FAILING, { path: 'args.b', op: 'eq', value: 1 }] }], { a: 1, b: 1 })).toBe(
      '/tools/x/deny_if/args.a-exists',
    );
  });

  test('a derived id takes the first free of x, x-2, x-3', () => {
    const eq = (value: number): object => ({ path: 'args.a', op: 'eq', value });
    expect(first([eq(1), eq(2), eq(3)], { a: 3 })).toBe('/tools/x/deny_if/args.a-eq-3');
    expect(first([{ conditions: [FAILING] }, { conditions: [] }], {})).toBe('/tools/x/deny_if/always');
  });

  test('explicit ids are reserved first', () => {
    const eq = (value: number, id?: string): object => ({ path: 'args.a', op: 'eq', value, ...(id && { id }) });
    expect(first([eq(1), eq(2, 'args.a-eq'), eq(3, 'args.a-eq-3')], { a: 1 })).toBe('/tools/x/deny_if/args.a-eq-2');
    expect(first([eq(1), eq(2, 'args.a-eq'), eq(3, 'args.a-eq-3')], { a: 2 })).toBe('/tools/x/deny_if/args.a-eq');
    expect(first([eq(1), eq(4), eq(2, 'args.a-eq'), eq(3, 'args.a-eq-3')], { a: 4 })).toBe(
      '/tools/x/deny_if/args.a-eq-4',
    );
  });

  test('is empty for an allowed call', () => {
    expect(decideCall({}, call('x'))).toMatchObject({ decision: 'allow', rule: '', message: '' });
  });
});

describe('the message', () => {
  const messageOf = (entry: object, args = {}): string => decideCall({ tools: { x: entry } }, call('x', args)).message;
  const always = { conditions: [] };

  test('is the on_deny of the condition, limit or rate limit', () => {
    expect(messageOf({ reason: 'R', deny_if: [{ ...always, on_deny: 'Ask first.' }] })).toBe('Ask first.');
    expect(messageOf({ reason: 'R', rate_limit: { max: 0, window: 1, on_deny: 'Slow.' } })).toBe('Slow.');
    expect(messageOf({ reason: 'R', limits: [{ counter: 'c', window: 'day', max: 0, on_deny: 'Enough.' }] })).toBe(
      'Enough.',
    );
  });

  test('else the reason of the entry', () => {
    for (const entry of [
      { action: 'deny' },
      { deny_if: [always] },
      { require: [AMOUNT] },
      { rate_limit: { max: 0, window: 1 } },
      { limits: [{ counter: 'c', window: 'day', max: 0 }] },
    ]) {
      expect(messageOf({ ...entry, reason: 'Because.' })).toBe('Because.');
    }
  });

  test('of another entry is no fallback', () => {
    const document = { tools: { x: { reason: 'Exact.' }, '*': { deny_if: [always] } } };
    expect(decideCall(document, call('x')).message).toBe('The policy denies this tool.');
  });

  test.each([
    [{ deny_if: [AMOUNT] }, { amount: 101 }, 'Denied because args.amount is more than 100.'],
    [
      { deny_if: [AMOUNT] },
      { amount: '101' },
      'Denied because args.amount cannot be compared: it must be a number from -9007199254740991 to 9007199254740991.',
    ],
    [{ require: [{ ...AMOUNT, op: 'lte' }] }, {}, 'Allowed only when args.amount is at most 100.'],
    [
      { require: [{ path: 'args.to', op: 'in', value: ['a', 'b'] }] },
      { to: 'c' },
      'Allowed only when args.to is one of ["a","b"].',
    ],
    [{ rate_limit: { max: 0, window: 60 } }, {}, 'Limit reached: at most 0 calls in 60 seconds per session.'],
    [
      { limits: [{ counter: 'spend', window: 'day', max: 5, increment_from: 'args.n' }] },
      { n: 6 },
      'Limit reached: at most 5 in total of args.n per day per grant (counter "spend").',
    ],
    [
      { limits: [{ counter: 'spend', window: 'day', max: 5, increment_from: 'args.n' }] },
      {},
      'Denied because args.n must be a number from 0 to 9007199254740991 to be counted.',
    ],
  ])('else says what happened: %j', (entry, args, message) => {
    expect(messageOf(entry, args)).toBe(message);
  });

  test('does not repeat a value of any length', () => {
    expect(
      messageOf({ deny_if: [{ path: 'args.a', op: 'neq', value: 'x'.repeat(5000) }] }, { a: 'y' }).length,
    ).toBeLessThan(200);
  });
});

describe('to the agent', () => {
  test('steps 2 to 4 look alike', () => {
    const denials = [call('a b'), call('secret'), call('x', undefined, { upstream: 'missing' })].map((asked) =>
      judgeCall({ hide: ['secret'] }, asked),
    );
    expect(denials).toHaveLength(3);
    for (const denial of denials) {
      expect(denial.outcome === 'deny' && agentDenial(denial)).toEqual({
        rule: '(unavailable)',
        message: 'Tool is not available.',
      });
    }
  });

  test('every other denial is told as it is', () => {
    const denial = judgeCall({ tools: { x: { action: 'deny', reason: 'No.' } } }, call('x'));
    expect(denial.outcome === 'deny' && agentDenial(denial)).toEqual({ rule: '/tools/x/action', message: 'No.' });
  });
});

describe('step 10: approval', () => {
  const ASK = { action: 'require_approval' };

  test('is asked for only when steps 1 to 9 pass', () => {
    const pay = {
      ...ASK,
      deny_if: [AMOUNT],
      limits: [{ counter: 'c', window: 'day', max: 1, increment_from: 'args.amount' }],
    };
    expect(ruleOf({ tools: { pay } }, call('pay', { amount: 1 }))).toBe('needs_approval');
    expect(ruleOf({ tools: { pay } }, call('pay', { amount: 2 }))).toBe('/tools/pay/limits/c');
    expect(ruleOf({ tools: { pay } }, call('pay', { amount: 200 }))).toBe('/tools/pay/deny_if/args.amount-gt');
  });

  test('waits 300 seconds and remembers nothing unless the policy says otherwise', () => {
    expect(judgeCall({ tools: { pay: ASK } }, call('pay'))).toMatchObject({
      approval: { rule: '/tools/pay/approval', timeout: 300, remember: 'never' },
    });
  });

  test('of several entries has the shortest timeout, and remembers only if all say so', () => {
    const ask = (timeout: number, remember: string, message?: string): object => ({
      ...ASK,
      approval: { timeout, remember, message },
    });
    const asked = (tools: object): unknown => judgeCall({ tools }, call('pay'));
    expect(asked({ 'p*': ask(60, 'session', 'Really?'), pay: ask(90, 'session') })).toMatchObject({
      approval: { rule: '/tools/pay/approval', timeout: 60, remember: 'session', message: 'Really?' },
    });
    expect(asked({ 'p*': ask(60, 'never'), pay: ask(30, 'session') })).toMatchObject({
      approval: { timeout: 30, remember: 'never' },
    });
    expect(asked({ 'p*': ask(60, 'session'), 'pa*': ASK })).toMatchObject({
      approval: { rule: '/tools/p*/approval', timeout: 60, remember: 'never' },
    });
    expect(asked({ 'p*': { action: 'allow' }, pay: ask(30, 'session') })).toMatchObject({
      approval: { remember: 'session' },
    });
  });

  test('a refusal gives the reason of the entry that decided', () => {
    expect(judgeCall({ tools: { pay: { ...ASK, reason: 'Money.' } } }, call('pay'))).toMatchObject({
      approval: { reason: 'Money.' },
    });
  });

  test('counts as let through by decide, and is counted', () => {
    const compiled = policy({ tools: { pay: { ...ASK, rate_limit: { max: 1, window: 60 } } } });
    const counters = new MemoryCounters();
    const decisions = [1, 2].map(() => decide(compiled, call('pay'), OWNER, counters, NOON));
    expect(decisions).toMatchObject([
      { decision: 'needs_approval', rule: '/tools/pay/approval', message: 'This call needs the approval of a person.' },
      { decision: 'deny', rule: '/tools/pay/rate_limit', retryAfter: 60 },
    ]);
  });
});

describe('tools/list', () => {
  test('loses what steps 2 and 3 deny, and keeps what default or a rule denies', () => {
    const compiled = policy({ default: 'deny', hide: ['secret_*'], tools: { off: { action: 'deny' } } });
    expect(isListable(compiled, 'secret_x')).toBe(false);
    expect(isListable(compiled, 'a b')).toBe(false);
    expect(isListable(compiled, 'off')).toBe(true);
    expect(isListable(compiled, 'unlisted')).toBe(true);
    expect([isHidden(compiled, 'secret_x'), isHidden(compiled, 'a b')]).toEqual([true, false]);
  });
});

describe('no name is special', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'])('%s', (name) => {
    expect(ruleOf({ default: 'deny' }, call(name))).toBe('(default deny)');
    expect(ruleOf(`{"version":"1","default":"deny","tools":{"${name}":{}}}`, call(name))).toBe('allow');
    const denied = `{"version":"1","default":"allow","tools":{"x":{"deny_if":[{"path":"args.${name}","op":"exists"}]}}}`;
    expect(ruleOf(denied, call('x', {}))).toBe('allow');
    expect(ruleOf(denied, call('x', `{"${name}":1}`))).toBe(`/tools/x/deny_if/args.${name}-exists`);
  });
});
