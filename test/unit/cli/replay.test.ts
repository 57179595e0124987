import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replay } from '../../../server/src/cli/replay.ts';
import { compilePolicy, decide, MemoryCounters, readJson, type JsonObject } from '../../../server/src/policy/index.ts';
import type { DecisionRecord } from '../../../server/src/protocol/audit.ts';

const document = {
  version: '1',
  default: 'deny',
  hide: ['hidden'],
  tools: {
    free: {},
    paid: { deny_if: [{ path: 'args.amount', op: 'gt', value: 10, id: 'big' }] },
    rare: { limits: [{ counter: 'c', window: 'day', max: 3 }] },
    quick: { rate_limit: { max: 2, window: 60 } },
    sum: { limits: [{ counter: 's', window: 'day', max: 20, increment_from: 'args.amount' }] },
    write: { require: [{ path: 'tool.category', op: 'eq', value: 'Write' }] },
  },
};

function compiled(value: unknown) {
  const compilation = compilePolicy(JSON.stringify(value));
  if (!compilation.ok) throw new Error(compilation.problems[0]?.message);
  return compilation.policy;
}

const START = Date.UTC(2026, 0, 31, 23, 50);
const calls = fc.array(
  fc.record({
    tool: fc.constantFrom('free', 'paid', 'rare', 'quick', 'sum', 'write', 'hidden', 'other'),
    amount: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    pause: fc.integer({ min: 0, max: 120_000 }),
  }),
  { maxLength: 40 },
);

/** What a gateway in front of a server that lists every tool would have recorded under the policy. */
function recorded(
  made: typeof calls extends fc.Arbitrary<infer T> ? T : never,
  policy = compiled(document),
): readonly DecisionRecord[] {
  const counters = new MemoryCounters();
  let at = START;
  return made.map(({ tool, amount, pause }, index) => {
    at += pause;
    const reading = readJson(JSON.stringify({ amount }));
    if (!reading.ok) throw new Error('unreadable');
    const caller = { grantId: 'g', grantLabel: 'g', session: 's' };
    const call = { tool, caller, upstream: 'listed', category: 'Write', risk: 'low' } as const;
    const made = { ...call, arguments: reading.root as JsonObject };
    const { decision, rule, message } = decide(policy, made, { server: 'x', policyFile: '' }, counters, at);
    return {
      ...({
        kind: 'decision',
        seq: index + 1,
        at: new Date(at).toISOString(),
        id: String(index),
        prev: '',
        hash: '',
      } as const),
      ...({
        grant: 'g',
        client: '',
        session: 's',
        server: 'x',
        method: 'tools/call',
        tool,
        rule,
        message,
        policy: '',
      } as const),
      ...({ decision: decision === 'deny' ? 'deny' : 'allow', argsHmac: '', category: 'Write', risk: 'low' } as const),
      argKeys: amount === undefined ? [] : ['amount'],
    };
  });
}

describe('replay', () => {
  test('under the same policy shows no difference, and never claims what it cannot know', () => {
    fc.assert(
      fc.property(calls, (made) => {
        for (const { record, before, after, rule } of replay(compiled(document), recorded(made), true)) {
          if (after === 'unknown') expect(['paid', 'sum']).toContain(record.tool);
          else expect({ after, rule }).toEqual({ after: before, rule: record.rule });
        }
      }),
    );
  });

  test('says what another policy would have done', () => {
    const records = recorded([
      { tool: 'free', amount: undefined, pause: 0 },
      { tool: 'other', amount: undefined, pause: 0 },
      { tool: 'paid', amount: 1, pause: 0 },
      { tool: 'paid', amount: undefined, pause: 0 },
    ]);
    const other = compiled({ ...document, default: 'allow', tools: { ...document.tools, free: { action: 'deny' } } });
    expect(replay(other, records, true).map(({ before, after }) => `${before} ${after}`)).toEqual([
      'allow deny',
      'deny allow',
      'allow unknown',
      'allow allow',
    ]);
  });

  test('without the beginning of the log no limit is sure to have room', () => {
    const records = recorded([{ tool: 'rare', amount: undefined, pause: 0 }]);
    expect(replay(compiled(document), records, false)[0]?.after).toBe('unknown');
  });
});
