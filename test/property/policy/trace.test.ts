/** The trace tells of the decision that was made: same engine, same end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, MemoryCounters, traceCall } from '../../../server/src/policy/index.ts';
import { anyCall, anyDocument } from '../../support/policy-arbitraries.ts';
import { NOON, OWNER, policy } from '../../support/policy.ts';

/** The steps whose denials have one rule, whatever the policy. */
const RULES: Readonly<Record<number, string>> = {
  2: '(unsafe name)',
  3: '(hidden)',
  4: '(unknown tool)',
  5: '(default deny)',
};

test('it ends where the decision is made, with its rule, and nowhere else', () => {
  const ends = new Set<string>();
  fc.assert(
    fc.property(anyDocument, fc.array(anyCall, { minLength: 1, maxLength: 4 }), (document, calls) => {
      const compiled = policy(document);
      const [traced, plain] = [new MemoryCounters(), new MemoryCounters()];
      for (const call of calls) {
        const { decision, steps } = traceCall(compiled, call, OWNER, traced, NOON);
        expect(decision).toEqual(decide(compiled, call, OWNER, plain, NOON));
        const last = steps.at(-1);
        ends.add(`${last?.step} ${last?.outcome}`);
        expect(steps.slice(0, -1).map(({ outcome }) => outcome)).not.toContain('denies');
        expect(last?.outcome).toBe({ deny: 'denies', needs_approval: 'asks', allow: 'passes' }[decision.decision]);
        if (decision.decision !== 'allow') expect(last?.rule ?? RULES[last?.step ?? 0]).toBe(decision.rule);
      }
    }),
    { numRuns: 500 },
  );
  expect([...ends].filter((end) => end.endsWith('denies'))).toEqual(
    expect.arrayContaining(['3 denies', '5 denies', '6 denies', '7 denies', '8 denies', '9 denies']),
  );
});
