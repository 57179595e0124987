/** "Not looser", as the analysis says it, against the engine: whatever the earlier policy stops, the later one stops, with the same counters. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loosenedPolicy } from '../../server/src/comparison/index.ts';
import {
  decide,
  judge,
  MemoryCounters,
  type Call,
  type CompiledPolicy,
  type Judgement,
} from '../../server/src/policy/index.ts';
import {
  anyCall,
  anyDocument,
  condition,
  entry,
  limit,
  rateLimit,
  toolPattern,
  type Document,
  type Entry,
  type Ruleset,
} from '../support/policy-arbitraries.ts';
import { NOON, OWNER, policy } from '../support/policy.ts';

const numRuns = Number(process.env['COMPARISON_CASES'] ?? 1_500);

const STRICTNESS = { allow: 0, approval: 1, deny: 2 } as const;

/** The decisions of both about one call, with the counters that earlier calls have left under the first. */
function decided([before, after]: readonly [CompiledPolicy, CompiledPolicy], earlier: readonly Call[], asked: Call) {
  const counters = new MemoryCounters();
  for (const each of earlier) decide(before, each, OWNER, counters, NOON);
  const strictness = (judgement: Judgement): number => {
    if (judgement.outcome === 'deny' || !counters.probe(judgement.charges, NOON).ok) return STRICTNESS.deny;
    return judgement.approval ? STRICTNESS.approval : STRICTNESS.allow;
  };
  return [before, after].map((each) => strictness(judge(each, asked, OWNER))) as [number, number];
}

type Rewrite = (document: Document) => Document;

/** Changes one ruleset: an entry, or what stands for all tools. */
function onRuleset(which: number, change: (ruleset: Entry) => Ruleset): Rewrite {
  return (document) => {
    const keys = Object.keys(document.tools);
    const key = keys[which % (keys.length + 1)];
    if (key === undefined) {
      const {
        action: _action,
        approval: _approval,
        reason: _reason,
        ...all
      } = change({ ...document.all_tools }) as Entry;
      return { ...document, all_tools: all };
    }
    const tools = Object.entries(document.tools).map(
      ([name, each]) => [name, name === key ? change(each) : each] as const,
    );
    return { ...document, tools: Object.fromEntries(tools) };
  };
}

/** Numbers in limits and conditions, moved by a step. */
function shifted(value: unknown, step: number): unknown {
  if (Array.isArray(value)) return value.map((each) => shifted(each, step));
  if (typeof value !== 'object' || value === null) return value;
  const moved = Object.entries(value).map(([key, each]) =>
    (key === 'max' || key === 'value') && typeof each === 'number'
      ? [key, Math.max(0, Math.trunc(each) + step)]
      : [key, shifted(each, step)],
  );
  return Object.fromEntries(moved);
}

function withoutOne<T>(items: readonly T[] | undefined, which: number): T[] {
  return (items ?? []).filter((_, index) => index !== which % Math.max(1, items?.length ?? 1));
}

/** What nobody would call looser. */
const tightening: fc.Arbitrary<Rewrite> = fc.oneof(
  toolPattern.map((pattern): Rewrite => (document) => ({ ...document, hide: [...(document.hide ?? []), pattern] })),
  fc.constant<Rewrite>((document) => ({ ...document, default: 'deny' })),
  fc
    .tuple(fc.nat(9), condition, fc.constantFrom('deny_if', 'require'))
    .map(([which, each, section]) =>
      onRuleset(which, (ruleset) => ({ ...ruleset, [section]: [...(ruleset[section as 'require'] ?? []), each] })),
    ),
  fc
    .tuple(fc.nat(9), rateLimit)
    .map(([which, each]) => onRuleset(which, (ruleset) => ({ rate_limit: each, ...ruleset }))),
  fc.nat(9).map((which) => onRuleset(which, (ruleset) => ({ ...ruleset, limits: lowered(ruleset.limits) }))),
  fc.nat(9).map((which) => onRuleset(which, (ruleset) => ({ ...ruleset, action: 'deny' }))),
);

function lowered(limits: readonly object[] | undefined): object[] {
  return (limits ?? []).map((each) => ({ ...each, max: Math.floor((each as { max: number }).max / 2) }));
}

/** Anything, looser or not. */
const rewriting: fc.Arbitrary<Rewrite> = fc.oneof(
  tightening,
  fc.nat(9).map((which): Rewrite => (document) => ({ ...document, hide: withoutOne(document.hide, which) })),
  fc.nat(9).map((which): Rewrite => (document) => ({
    ...document,
    tools: Object.fromEntries(withoutOne(Object.entries(document.tools), which)),
  })),
  fc
    .tuple(toolPattern, entry)
    .map(([key, each]): Rewrite => (document) => ({ ...document, tools: { ...document.tools, [key]: each } })),
  fc.constant<Rewrite>((document) => ({ ...document, default: 'allow' })),
  fc
    .tuple(fc.nat(9), fc.constantFrom(-1, 1))
    .map(([which, step]) => onRuleset(which, (ruleset) => shifted(ruleset, step) as Entry)),
  fc
    .tuple(fc.nat(9), fc.nat(9))
    .map(([which, at]) => onRuleset(which, (ruleset) => ({ ...ruleset, deny_if: withoutOne(ruleset.deny_if, at) }))),
  fc
    .tuple(fc.nat(9), fc.nat(9))
    .map(([which, at]) => onRuleset(which, (ruleset) => ({ ...ruleset, require: withoutOne(ruleset.require, at) }))),
  fc.tuple(fc.nat(9), limit).map(([which, each]) => onRuleset(which, (ruleset) => ({ ...ruleset, limits: [each] }))),
  fc
    .tuple(fc.nat(9), fc.constantFrom('allow', 'require_approval', undefined))
    .map(([which, action]) =>
      onRuleset(which, ({ action: _, ...ruleset }) => (action === undefined ? ruleset : { ...ruleset, action })),
    ),
  fc
    .tuple(
      fc.nat(9),
      fc.constantFrom('eq', 'in', 'neq', 'not_in', 'gt', 'gte', 'lt', 'lte'),
      fc.constantFrom('deny_if', 'require'),
    )
    .map(([which, op, section]) =>
      onRuleset(which, (ruleset) => ({
        ...ruleset,
        [section]: (ruleset[section as 'require'] ?? []).map((each) => withOperator(each, op)),
      })),
    ),
);

/** Other operator, other values of the same kind. */
function withOperator(each: object, op: string): object {
  if (!('path' in each)) return each;
  const old: unknown = 'value' in each ? each.value : 1;
  const isOrdering = /^[lg]t/.test(op);
  if (isOrdering) return { ...each, op, value: typeof old === 'number' ? old : 1 };
  const [single] = Array.isArray(old) ? (old as readonly unknown[]) : [old];
  return { ...each, op, value: op.endsWith('in') ? [old, 'a'] : (single ?? 1) };
}

const pairs = fc
  .tuple(anyDocument, fc.array(rewriting, { minLength: 1, maxLength: 3 }))
  .map(
    ([document, rewrites]) =>
      [document, rewrites.reduce<Document>((current, each) => each(current), document)] as const,
  );
const calls = fc.array(anyCall, { minLength: 12, maxLength: 12 });

test(
  'a policy that is not called looser lets nothing through that the earlier one stopped',
  { timeout: 30_000 + numRuns * 20 },
  () => {
    const seen = { tighter: 0, shown: 0 };
    fc.assert(
      fc.property(pairs, calls, fc.array(anyCall, { maxLength: 4 }), ([before, after], asked, earlier) => {
        const both = [policy(before), policy(after)] as const;
        const found = loosenedPolicy(...both);
        if (found.length === 0) seen.tighter += 1;
        const looser = asked.filter((each) => {
          const [then, now] = decided(both, earlier, each);
          return now < then;
        });
        if (looser.length > 0 && found.length === 0) expect.fail(`Called not looser, but: ${JSON.stringify(looser)}`);
        if (looser.length > 0) seen.shown += 1;
      }),
      { numRuns },
    );
    console.info(
      `Of ${numRuns} changes ${seen.tighter} were shown not to be looser; a sampled call showed ${seen.shown} to be.`,
    );
    expect(seen.tighter).toBeGreaterThan(numRuns / 8);
    expect(seen.shown).toBeGreaterThan(numRuns / 50);
  },
);

test('what only restricts is not called looser', () => {
  let [all, proved] = [0, 0];
  fc.assert(
    fc.property(anyDocument, fc.array(tightening, { minLength: 1, maxLength: 3 }), (before, rewrites) => {
      const after = rewrites.reduce<Document>((current, each) => each(current), before);
      all += 1;
      if (loosenedPolicy(policy(before), policy(after)).length === 0) proved += 1;
    }),
    { numRuns: 1_000 },
  );
  console.info(`Tightenings that were recognised: ${proved} of ${all}.`);
  expect(proved / all).toBeGreaterThan(0.97);
});
