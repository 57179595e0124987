import { describe, expect, test } from 'vitest';
import { compilePolicy, rulesOf, rulesReached, type CompiledPolicy } from '../../../server/src/policy/index.ts';

function policyOf(document: object): CompiledPolicy {
  const compiled = compilePolicy(JSON.stringify({ version: '1', default: 'allow', ...document }));
  if (!compiled.ok) throw new Error(compiled.problems[0]?.message);
  return compiled.policy;
}

function names(document: object): readonly string[] {
  return rulesOf(policyOf(document)).map(({ rule }) => rule);
}

describe('the rules of a policy', () => {
  test('stand in document order, under the names of the log where it has them', () => {
    const limit = { counter: 'a/b', window: 'day', max: 1 };
    const document = {
      hide: ['x'],
      tools: {
        'p*': { deny_if: [{ path: 'args.a', op: 'eq', value: 1 }] },
        q: { action: 'deny' },
        r: { action: 'require_approval', rate_limit: { max: 1, window: 1 } },
      },
      all_tools: { limits: [limit] },
    };
    expect(names(document)).toEqual([
      '/default',
      '/hide/0',
      '/tools/p*',
      '/tools/p*/deny_if/args.a-eq',
      '/tools/q/action',
      '/tools/r/approval',
      '/tools/r/rate_limit',
      '/all_tools/limits/a~1b',
    ]);
  });

  test('hold nothing that an entry lets through when it denies every call', () => {
    expect(names({ tools: { q: { deny_if: [{ conditions: [] }] } } })).toEqual(['/default', '/tools/q/deny_if/always']);
  });

  test('count two limits of one counter once, since the log names them alike', () => {
    const limits = ['day', 'week'].map((window) => ({ counter: 'c', window, max: 1 }));
    expect(names({ all_tools: { limits } })).toEqual(['/default', '/all_tools/limits/c']);
  });
});

describe('the rules that a decision reaches', () => {
  const policy = policyOf({ hide: ['a*', 'b'], tools: { 'c*': {}, cd: {}, '*': {} } });
  const allowed = { decision: 'allow', rule: '' } as const;

  test.each([
    ['cd', allowed, ['/tools/cd', '/tools/c*', '/tools/*']],
    ['other', allowed, ['/tools/*', '/default']],
    ['ab', { decision: 'deny', rule: '(hidden)' } as const, ['/hide/0']],
    ['b', { decision: 'deny', rule: '(hidden)' } as const, ['/hide/1']],
    ['x', { decision: 'deny', rule: '(default deny)' } as const, ['/default']],
    ['x y', { decision: 'deny', rule: '(unsafe name)' } as const, []],
    ['cd', { decision: 'deny', rule: '/tools/c*/action' } as const, ['/tools/c*/action']],
    ['cd', { decision: 'needs_approval', rule: '/x' } as const, ['/tools/cd', '/tools/c*', '/tools/*', '/x']],
  ])('for %s with %j', (tool, decision, reached) => {
    expect(rulesReached(policy, tool, decision)).toEqual(reached);
  });
});
