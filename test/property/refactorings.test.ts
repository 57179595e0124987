/** Refactorings leave a valid policy that decides what they promise: on random policies, layouts, tools and calls. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { possible } from '../../server/src/language/features/refactor.ts';
import { NO_TOOLS } from '../../server/src/language/tools/known-tools.ts';
import { compilePolicy, judge, type Call, type Judgement } from '../../server/src/policy/index.ts';
import { anyCall, anyDocument, toolName } from '../support/policy-arbitraries.ts';
import { OWNER, policy } from '../support/policy.ts';

interface Refactored {
  readonly before: Judgement;
  readonly after: Judgement;
  /** Whether the call is of the tool that was selected. */
  readonly own: boolean;
}

/** What each kind of refactoring promises of any call. */
const PROMISES: Readonly<Record<string, (refactored: Refactored) => void>> = {
  'Sort tools by name': ({ before, after }) => expect(after).toEqual(before),
  'Hide this tool': ({ before, after, own }) =>
    own ? expect(after.outcome).toBe('deny') : expect(after.outcome).toBe(before.outcome),
  'Deny this tool': ({ before, after, own }) =>
    own ? expect(after.outcome).toBe('deny') : expect(after.outcome).toBe(before.outcome),
  'Allow this tool': ({ before, after, own }) => own || expect(after.outcome).toBe(before.outcome),
  'Ask a person before each call of this tool': ({ before, after, own }) => {
    if (!own) expect(after.outcome).toBe(before.outcome);
    else if (after.outcome === 'pass') expect(after.approval).toBeDefined();
  },
  'Limit this tool to 30 calls a minute': ({ before, after, own }) => {
    if (!own) expect(after.outcome).toBe(before.outcome);
    else if (after.outcome === 'pass') expect(after.charges.length).toBeGreaterThan(0);
  },
  'Write "deny" as an item of "hide"': ({ before, after }) => expect(after.outcome).toBe(before.outcome),
  'Write "hide" as "action": "deny"': ({ before, after }) => expect(after.outcome).toBe(before.outcome),
  // What is counted differs in its windows alone.
  'Write "rate_limit" as a limit': ({ before, after }) => expect(after.outcome).toBe(before.outcome),
  'Write the limit as "rate_limit"': ({ before, after }) => expect(after.outcome).toBe(before.outcome),
};

/** Entries that have another form: they are rare in random policies. */
const withForms = fc.constantFrom<object | undefined>(
  undefined,
  { limits: [{ counter: 'c', window: 'day', max: 2 }] },
  { rate_limit: { max: 2, window: 60 } },
);

/** The same policies each time, so that each kind of refactoring is met each time. */
const SEED = 20_261_122;

test('refactorings leave a valid policy, and decide what they promise', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      anyDocument,
      withForms,
      fc.constantFrom(undefined, 2, '\t'),
      toolName,
      anyCall,
      (document, form, indent, name, asked) => {
        const tools = form ? { ...document.tools, [name]: form } : document.tools;
        const text = JSON.stringify({ ...document, tools }, undefined, indent);
        const compiled = compilePolicy(text);
        fc.pre(compiled.ok);
        const catalog = { server: 's', tools: [{ name: 'read' }, { name }], readAt: 0, source: 'file' } as const;
        for (const { title, text: after } of possible({
          text,
          policy: compiled.policy,
          tools: { ...NO_TOOLS, catalog },
          name,
        })) {
          const calls: readonly Call[] = [asked, { ...asked, tool: name }];
          for (const each of calls) {
            const judged = (source: string): Judgement => judge(policy(source), each, OWNER);
            PROMISES[title]?.({ before: judged(text), after: judged(after), own: each.tool === name });
          }
          seen.add(title);
        }
      },
    ),
    { numRuns: 250, seed: SEED },
  );
  expect(Object.keys(PROMISES).filter((title) => !seen.has(title))).toEqual([]);
});
