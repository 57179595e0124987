/**
 * Wildcards of a recommended policy let no future tool through: whatever a tool is called that comes later, the compressed policy is at least
 * as strict as one that spells out every name (policy language §2 and §3).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainTool, type PolicyDocument, type ToolStanding } from '../../server/src/policy/index.ts';
import { planPolicy, PROFILES, writePolicy } from '../../server/src/recommendation/index.ts';
import { policy } from '../support/policy.ts';
import { catalogOf } from '../support/tool-lists.ts';

const verb = fc.constantFrom('get', 'list', 'delete', 'cancel', 'create', 'pay', 'Delete', 'spot_cancel');
const noun = fc.constantFrom('a', 'b', 'c', 'd', 'order', 'Order', 'delete', '*');
const separator = fc.constantFrom('_', '_', '-', '--', '');
const name = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(verb, separator, noun).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.tuple(noun, separator, verb, separator, noun).map((parts) => parts.join('')) },
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
