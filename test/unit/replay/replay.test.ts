import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutcomeRecord } from '../../../server/src/protocol/audit.ts';
import { argumentPathsFor, Differences, doubtInWords, excerptOf } from '../../../server/src/replay/index.ts';
import { compiled, objectOf, recordedUnder, replayed, type MadeCall } from './recorded.ts';

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
const policy = compiled(document);

const calls = fc.array(
  fc.record({
    tool: fc.constantFrom('free', 'paid', 'rare', 'quick', 'sum', 'write', 'hidden', 'other'),
    args: fc.oneof(fc.constant({}), fc.record({ amount: fc.integer({ min: 0, max: 20 }) })),
    pause: fc.integer({ min: 0, max: 120_000 }),
  }),
  { maxLength: 40 },
);
const call = (tool: string, args: unknown = {}): MadeCall => ({ tool, args, pause: 0 });

/** Of every call, as a gateway that keeps values would. */
const valuesOf = (made: readonly MadeCall[], isSecret = false) =>
  new Map(
    made.map(({ tool, args }, index) => [
      String(index),
      excerptOf(objectOf(args), argumentPathsFor(policy, tool), () => isSecret),
    ]),
  );

describe('replay', () => {
  test('under the same policy shows no difference, and never claims what it cannot know', () => {
    fc.assert(
      fc.property(calls, (made) => {
        for (const { record, before, after, rule } of replayed(policy, recordedUnder(policy, made))) {
          if (after === 'unknown') expect(['paid', 'sum']).toContain(record.tool);
          else expect({ after, rule }).toEqual({ after: before, rule: record.rule });
        }
      }),
    );
  });

  test('with kept values knows everything, and what it says is what the gateway said', () => {
    fc.assert(
      fc.property(calls, (made) => {
        for (const { record, before, after, rule } of replayed(policy, recordedUnder(policy, made), valuesOf(made)))
          expect({ after, rule }).toEqual({ after: before, rule: record.rule });
      }),
    );
  });

  test('says what another policy would have done', () => {
    const made = [call('free'), call('other'), call('paid', { amount: 1 }), call('paid')];
    const other = compiled({ ...document, default: 'allow', tools: { ...document.tools, free: { action: 'deny' } } });
    const answers = replayed(other, recordedUnder(policy, made));
    expect(answers.map(({ before, after }) => `${before} ${after}`)).toEqual([
      'allow deny',
      'deny allow',
      'allow unknown',
      'allow allow',
    ]);
    expect(answers[2]?.doubt && doubtInWords(answers[2].doubt)).toBe('depends on args.amount (not kept)');
  });

  test('decides another condition on the same path by the kept value, and says why a value is missing', () => {
    const made = [call('paid', { amount: 1 }), call('paid', { amount: 7 })];
    const path = { path: 'args.amount', op: 'gt', value: 5, id: 'less' };
    const stricter = compiled({ ...document, tools: { paid: { deny_if: [path] } } });
    const records = recordedUnder(policy, made);
    expect(replayed(stricter, records, valuesOf(made)).map(({ after, rule }) => [after, rule])).toEqual([
      ['allow', ''],
      ['deny', '/tools/paid/deny_if/less'],
    ]);
    const differences = new Differences();
    differences.add(replayed(stricter, records, valuesOf(made, true)));
    expect(differences.result()).toMatchObject({
      ...{ calls: 2, changed: 0, unknown: 2 },
      groups: [{ count: 2, doubt: { missing: [{ path: 'args.amount', withheld: 'redacted' }] } }],
    });
  });

  test('gives back what a call had counted when the log says so, and not before', () => {
    const records = recordedUnder(policy, [call('quick'), call('quick'), call('quick')]);
    const [first, second, third] = records;
    if (!first || !second || !third) throw new Error('three calls');
    const { at, prev, hash } = first;
    const refund: OutcomeRecord = {
      ...{ kind: 'outcome', outcome: 'error', isRefunded: true, of: first.id },
      ...{ seq: 0, at, prev, hash },
    };
    const afters = (log: Parameters<typeof replayed>[1]) =>
      replayed(
        policy,
        log.map((each, index) => ({ ...each, seq: index + 1 })),
      ).map(({ after }) => after);
    expect(afters([first, second, refund, third])).toEqual(['allow', 'allow', 'allow']);
    expect(afters([first, second, third, refund])).toEqual(['allow', 'allow', 'deny']);
  });

  test('without the beginning of the log no limit is sure to have room', () => {
    const [record] = recordedUnder(policy, [call('rare')]);
    const [answer] = replayed(policy, record ? [{ ...record, seq: 2 }] : []);
    expect(answer?.after).toBe('unknown');
    expect(answer?.doubt && doubtInWords(answer.doubt)).toBe('depends on how much of /tools/rare/limits/c was used up');
  });
});
