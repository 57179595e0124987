/** The trace in words: what was asked, what was compared with what. */
import { describe, expect, it } from 'vitest';
import { MemoryCounters, traceCall, type TraceStep } from '../../../server/src/policy/index.ts';
import { call, NOON, OWNER, policy } from '../../support/policy.ts';

const POLICY = policy({
  default: 'deny',
  hide: ['drop_*'],
  tools: {
    pay: {
      deny_if: [{ path: 'args.amount', op: 'gt', value: 100 }],
      require: [{ path: 'args.to[*]', op: 'regex', value: '^EU' }],
      limits: [{ counter: 'pay', window: 'day', max: 1 }],
    },
    ask: { action: 'require_approval' },
  },
});

function steps(tool: string, args?: object, counters = new MemoryCounters()): readonly TraceStep[] {
  return traceCall(POLICY, call(tool, args, { upstream: 'listed' }), OWNER, counters, NOON).steps;
}

describe('a trace', () => {
  it('goes through every step of a call that is allowed', () => {
    expect(steps('pay', { amount: 5, to: ['EU1', 'EU2'] }).map(({ step, text }) => `${step} ${text}`)).toEqual([
      '1 The policy is valid.',
      '2 The name of the tool is a safe one.',
      '3 Nothing in "hide" matches the name.',
      '4 The server lists the tool.',
      '5 Listed by /tools/pay.',
      '6 The action is allow, as nothing else is stated.',
      '7 denied if args.amount is more than 100',
      '8 allowed only when args.to[*] matches "^EU"',
      '9 at most 1 call per day per grant (counter "pay")',
    ]);
  });

  it('says which value was compared with what', () => {
    expect(steps('pay', { amount: 500 }).at(-1)).toMatchObject({
      step: 7,
      outcome: 'denies',
      rule: '/tools/pay/deny_if/args.amount-gt',
      tests: [{ text: 'args.amount is more than 100', values: [{ value: '500', truth: 'holds' }] }],
    });
  });

  it('shows every element, and what cannot be compared', () => {
    const [test] = steps('pay', { amount: 5, to: ['EU1', 'US1', 7] }).at(-1)?.tests ?? [];
    expect(test?.values).toEqual([
      { value: '"EU1"', truth: 'holds' },
      { value: '"US1"', truth: 'fails' },
      { value: '7', truth: 'unknown' },
    ]);
  });

  it('says that a value is missing, or out of reach', () => {
    expect(steps('pay', {})[6]?.tests[0]?.values).toEqual([{ value: 'absent', truth: 'fails' }]);
    expect(steps('pay', { amount: 1, to: { a: 1 } }).at(-1)?.tests[0]?.values).toEqual([
      { value: 'leads into a value of another kind', truth: 'unknown' },
    ]);
  });

  it('points at the rule that denies', () => {
    const { span } = steps('pay', { amount: 500 }).at(-1) ?? {};
    expect(POLICY.source.slice(span?.start, span?.end)).toContain('"value":100');
  });

  it('ends with a counter that is full, a person who is asked, a pattern that hides, a default', () => {
    const counters = new MemoryCounters();
    steps('pay', { to: [] }, counters);
    expect(steps('pay', { to: [] }, counters).at(-1)).toMatchObject({ step: 9, outcome: 'denies' });
    expect(steps('ask').at(-1)).toMatchObject({ step: 10, outcome: 'asks', rule: '/tools/ask/approval' });
    expect(steps('drop_all').at(-1)).toMatchObject({ step: 3, outcome: 'denies' });
    expect(steps('other').at(-1)).toMatchObject({ step: 5, outcome: 'denies' });
  });

  it('has one step for a policy with errors', () => {
    const { steps: only, decision } = traceCall(undefined, call('pay'), OWNER, new MemoryCounters(), NOON);
    expect(only).toMatchObject([{ step: 1, outcome: 'denies' }]);
    expect(decision.rule).toBe('(no policy)');
  });
});
