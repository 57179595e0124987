/**
 * Wildcards of a recommended policy let no future tool through: whatever a tool is called that comes later, the compressed policy is at least
 * as strict as one that spells out every name (policy language §2 and §3).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainTool, type PolicyDocument, type ToolStanding } from '../../server/src/policy/index.ts';
import { hasNews, planPolicy, PROFILES, reviewPolicy, writePolicy } from '../../server/src/recommendation/index.ts';
import { policy } from '../support/policy.ts';
import { catalogOf } from '../support/tool-lists.ts';

const verb = fc.constantFrom('get', 'list', 'delete', 'cancel', 'create', 'pay', 'Delete', 'spot_cancel');
const noun = fc.constantFrom('a', 'b', 'c', 'd', 'order', 'Order', 'delete', '*');
const separator = fc.constantFrom('_', '_', '-', '--', '');
/** `get_delete_a` reads, `a_delete_a` does not. */
const owner = fc.constantFrom('get', 'a', 'b', 'c', 'd');
const owned = fc.constantFrom('delete', 'cancel');
const name = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(verb, separator, noun).map((parts) => parts.join('')) },
  {
    weight: 5,
    arbitrary: fc.tuple(owner, fc.constant('_'), owned, fc.constant('_'), noun).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }) },
);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 40, size: 'max' });
const profiles = fc.constantFrom(...PROFILES);

const STRICTNESS: Readonly<Record<ToolStanding['standing'], number>> = {
  allowed: 0,
  conditional: 1,
  approval: 2,
  denied: 3,
  unsafe: 4,
  hidden: 4,
};

describe('a recommended policy with wildcards', () => {
  let patterns = 0;

  test('is as strict as one without, for every tool of today and of tomorrow', () => {
    fc.assert(
      fc.property(names, profiles, fc.array(name, { maxLength: 20 }), (today, profile, tomorrow) => {
        const plan = planPolicy(catalogOf(today), profile);
        const written = writePolicy(plan, profile);
        if (!written.ok) throw new Error(written.problem);
        const hidden = plan.tools.filter(({ rule }) => rule.kind === 'hide').map(({ tool }) => tool.name);
        const compressed = policy(written.text);
        const plain = policy({ ...(JSON.parse(written.text) as PolicyDocument), hide: hidden });
        patterns += compressed.hide.patterns.length;
        for (const { tool } of plan.tools)
          expect(explainTool(compressed, tool.name).standing).toBe(explainTool(plain, tool.name).standing);
        for (const future of tomorrow)
          expect(STRICTNESS[explainTool(compressed, future).standing]).toBeGreaterThanOrEqual(
            STRICTNESS[explainTool(plain, future).standing],
          );
      }),
      { numRuns: 300 },
    );
    expect(patterns).toBeGreaterThan(20);
  });

  test('lets through nothing but what it was written for', () => {
    fc.assert(
      fc.property(names, profiles, name, (today, profile, future) => {
        fc.pre(!today.includes(future));
        const written = writePolicy(planPolicy(catalogOf(today), profile), profile);
        if (!written.ok) throw new Error(written.problem);
        expect(STRICTNESS[explainTool(policy(written.text), future).standing]).toBeGreaterThanOrEqual(3);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a review', () => {
  const rule = fc.constantFrom(
    {},
    { action: 'deny' },
    { action: 'require_approval' },
    { reason: 'Mine.' },
    { action: 'allow' },
  );
  const pattern = fc.constantFrom('*', 'get_*', '*_a', 'delete_*', '*pay*');
  const document = fc.record({
    version: fc.constant('1'),
    default: fc.constantFrom('deny', 'deny', 'allow'),
    hide: fc.uniqueArray(fc.oneof(name, pattern), { maxLength: 6 }),
    tools: fc.dictionary(fc.oneof(name, pattern), rule, { maxKeys: 12 }),
  });
  const lists = fc.tuple(names, fc.option(names, { nil: undefined }));

  const revised = (text: string, now: readonly string[], then: readonly string[] | undefined): string => {
    const reviewing = reviewPolicy({ text, catalog: catalogOf(now), ...(then && { before: catalogOf(then) }) });
    if (!reviewing.ok) throw new Error(JSON.stringify(reviewing.problems));
    return reviewing.review.text;
  };

  /** Hidden is no stricter than denied where the server does not list the tool any more. */
  const barrier = (text: string, tool: string): number =>
    Math.min(STRICTNESS.denied, STRICTNESS[explainTool(policy(text), tool).standing]);

  test('lets through no more than before, but for the new tools that it names', () => {
    fc.assert(
      fc.property(document, lists, name, (before, [now, then], other) => {
        const text = JSON.stringify(before, undefined, 2);
        const reviewing = reviewPolicy({ text, catalog: catalogOf(now), ...(then && { before: catalogOf(then) }) });
        if (!reviewing.ok) throw new Error(JSON.stringify(reviewing.problems));
        const { added, text: after } = reviewing.review;
        const fresh = new Set(added.map(({ tool }) => tool.name));
        const mentioned = [...Object.keys(before.tools), ...before.hide, ...now, ...(then ?? []), other];
        for (const each of mentioned.filter((tool) => !fresh.has(tool)))
          expect(barrier(after, each), each).toBeGreaterThanOrEqual(barrier(text, each));
      }),
      { numRuns: 300 },
    );
  });

  test('of what it proposed proposes nothing more', () => {
    fc.assert(
      fc.property(document, names, (before, now) => {
        const once = revised(JSON.stringify(before, undefined, 2), now, now);
        const reviewing = reviewPolicy({ text: once, catalog: catalogOf(now), before: catalogOf(now) });
        if (!reviewing.ok) throw new Error(JSON.stringify(reviewing.problems));
        expect(reviewing.review.text).toBe(once);
        expect(reviewing.review.added).toEqual([]);
        expect(hasNews(reviewing.review)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
