import { describe, expect, it } from 'vitest';
import { findings, policy, underlined } from '../support.ts';

const code = 'not-core';

describe(code, () => {
  it('points at everything that the documented core does not have', () => {
    const text = policy({
      description: 'x',
      server: 's',
      hide: ['a', '*', 'b_*'],
      tools: {
        'get_*': {},
        t: {
          action: 'require_approval',
          reason: 'r',
          rate_limit: { max: 1, window: 1, scope: 'grant' },
          approval: {},
          require: [
            { path: 'args.a[*]', op: 'exists', value: true },
            { path: 'tool.risk', op: 'eq', value: 'low' },
          ],
          limits: [{ counter: 'c', window: 'day', max: 1, scope: 'server' }],
        },
      },
      all_tools: { deny_if: [] },
    });
    const expected = [
      'description',
      'server',
      'b_*',
      'get_*',
      'action',
      'reason',
      'rate_limit',
      'approval',
      'args.a[*]',
      'tool.risk',
      'server',
      'deny_if',
    ];
    expect(findings(code, text, { core: true }).map((found) => underlined(text, found))).toEqual(
      expected.map((word) => `"${word}"`),
    );
    expect(findings(code, text)).toEqual([]);
  });

  it('is silent about the core', () => {
    const limits = [{ counter: 'c', window: 'day', max: 1, scope: 'grant', increment_from: 'args.n' }];
    const text = policy({
      hide: ['*'],
      all_tools: { limits },
      tools: { t: { deny_if: [{ conditions: [], on_deny: 'No.' }], limits } },
    });
    expect(findings(code, text, { core: true })).toEqual([]);
  });
});
