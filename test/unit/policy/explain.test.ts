import { describe, expect, test } from 'vitest';
import { explainTool, type ToolStanding } from '../../../server/src/policy/index.ts';
import { policy } from '../../support/policy.ts';

function explain(document: object, tool = 'pay'): ToolStanding {
  return explainTool(policy(document), tool);
}

const BLOCKED = { deny_if: [{ conditions: [] }] };

describe('what a policy decides for a tool, whatever the arguments', () => {
  test.each([
    ['hidden', '(hidden)', { hide: ['p*'], tools: { pay: {} } }],
    ['denied', '(default deny)', { default: 'deny', tools: { '*': {} } }],
    ['denied', '/tools/p*/action', { tools: { pay: {}, 'p*': { action: 'deny' } } }],
    ['denied', '/tools/pay/deny_if/always', { tools: { pay: BLOCKED } }],
    ['denied', '/all_tools/deny_if/always', { all_tools: BLOCKED }],
    ['denied', '/tools/pay/rate_limit', { tools: { pay: { rate_limit: { max: 0, window: 1 } } } }],
    ['denied', '/tools/pay/limits/c', { tools: { pay: { limits: [{ counter: 'c', window: 'day', max: 0 }] } } }],
    ['approval', '/tools/pay/approval', { tools: { pay: { action: 'require_approval' } } }],
    ['conditional', '', { tools: { pay: { require: [{ path: 'args.a', op: 'exists' }] } } }],
    ['conditional', '', { all_tools: { limits: [{ counter: 'c', window: 'day', max: 0, increment_from: 'args.a' }] } }],
    ['allowed', '', { tools: { pay: {} }, default: 'deny' }],
    ['allowed', '', {}],
  ])('%s by %j', (standing, rule, document) => {
    expect(explain(document)).toMatchObject({ standing, rule });
  });

  test('unsafe by its name', () => {
    expect(explain({}, 'pa\u200by')).toMatchObject({ standing: 'unsafe', rule: '(unsafe name)' });
  });

  test('lists everything that bears on the tool, in the order in which it is asked', () => {
    const document = {
      all_tools: { limits: [{ counter: 'all', window: 'month', max: 1000, scope: 'server' }] },
      tools: {
        'p*': { action: 'require_approval', rate_limit: { max: 1, window: 60 } },
        pay: {
          deny_if: [{ path: 'args.amount', op: 'gt', value: 100 }],
          require: [
            {
              conditions: [
                { path: 'args.to', op: 'in', value: ['a'] },
                { path: 'args.cc', op: 'exists', value: false },
              ],
            },
          ],
          limits: [{ counter: 'spend', window: 'day', max: 0.5, increment_from: 'args.amount' }],
        },
      },
    };
    const { rulesets } = explain(document);
    expect(rulesets.map(({ key, pointer, action }) => ({ key, pointer, action }))).toEqual([
      { key: 'pay', pointer: '/tools/pay', action: undefined },
      { key: 'p*', pointer: '/tools/p*', action: 'require_approval' },
      { key: undefined, pointer: '/all_tools', action: undefined },
    ]);
    expect(rulesets.flatMap(({ restrictions }) => restrictions.map(({ rule, text }) => [rule, text]))).toEqual([
      ['/tools/pay/deny_if/args.amount-gt', 'denied if args.amount is more than 100'],
      ['/tools/pay/require/args.to-in', 'allowed only when args.to is one of ["a"] and args.cc is absent'],
      ['/tools/pay/limits/spend', 'at most 0.5 in total of args.amount per day per grant (counter "spend")'],
      ['/tools/p*/rate_limit', 'at most 1 call in 60 seconds per session'],
      ['/all_tools/limits/all', 'at most 1000 calls per month per server (counter "all")'],
    ]);
  });

  test('knows where the entries stand', () => {
    const text = '{ "version": "1", "default": "deny", "tools": { "pay": {}, "p*": {} }, "all_tools": {} }';
    const { rulesets } = explainTool(policy(text), 'pay');
    expect(rulesets.map(({ keySpan }) => text.slice(keySpan.start, keySpan.end))).toEqual([
      '"pay"',
      '"p*"',
      '"all_tools"',
    ]);
  });
});
