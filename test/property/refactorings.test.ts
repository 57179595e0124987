/** Refactorings leave a valid policy that decides and counts what they promise, and keep its bytes: on random policies, layouts, tools and calls. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { possible } from '../../server/src/language/features/refactor.ts';
import { NO_TOOLS } from '../../server/src/language/tools/known-tools.ts';
import { applyChanges, compilePolicy, judge, type Charge, type Judgement } from '../../server/src/policy/index.ts';
import { anyLayout, hurtPieces, laidOut } from '../support/layout.ts';
import { anyCall, anyDocument, toolName } from '../support/policy-arbitraries.ts';
import { OWNER, policy } from '../support/policy.ts';

interface Refactored {
  readonly before: Judgement;
  readonly after: Judgement;
  /** Whether the call is of a tool that the refactoring is about. */
  readonly own: boolean;
}

type Promised = (refactored: Refactored) => void;

const same: Promised = ({ before, after }) => expect(after).toEqual(before);

/** What the policy says of any other tool stays, to the last counter. */
const ofItsOwn =
  (promised: Promised): Promised =>
  (refactored) =>
    refactored.own ? promised(refactored) : same(refactored);

const denied = ofItsOwn(({ after }) => expect(after.outcome).toBe('deny'));

const allowed = ofItsOwn(({ before, after }) => {
  if (after.outcome === 'deny') return expect(after.rule).not.toMatch(/\/action$|^\(default deny\)$/);
  expect(after.approval).toBeUndefined();
  if (before.outcome === 'pass') expect(after.charges).toEqual(before.charges);
});

const asked = ofItsOwn(({ before, after }) => {
  if (after.outcome === 'deny') return;
  expect(after.approval).toBeDefined();
  if (before.outcome === 'pass') expect(after.charges).toEqual(before.charges);
});

/** One more counter, and no other; who is asked stays. */
const limited = ofItsOwn(({ before, after }) => {
  if (after.outcome === 'deny') return expect(before.outcome).toBe('deny');
  expect(after.charges.map(({ max }) => max)).toContain(30);
  if (before.outcome === 'deny') return;
  expect(after.charges).toEqual(expect.arrayContaining([...before.charges]));
  expect(after.charges).toHaveLength(before.charges.length + 1);
  expect(after.approval?.timeout).toBe(before.approval?.timeout);
});

/** Hidden ones stay hidden, and none is let through that was not. */
const limitedNoLooser = ofItsOwn(({ before, after }) => expect(after.outcome).toBe(before.outcome));

/** As many calls may pass in windows as long, counted for the same callers; under which rule, and since when, may differ. */
const countedInAnotherForm = ofItsOwn(({ before, after }) => {
  expect(after.outcome).toBe(before.outcome);
  if (before.outcome === 'pass' && after.outcome === 'pass')
    expect(after.charges.map(quota).toSorted()).toEqual(before.charges.map(quota).toSorted());
});

const SECONDS = { minute: 60, hour: 3_600, day: 86_400, week: 604_800, month: 0 };

function quota({ max, window }: Charge): string {
  return `${max} in ${window.kind === 'sliding' ? window.seconds : SECONDS[window.unit] || window.unit}`;
}

/** What each kind of refactoring promises of any call; of a category's, without its name and their number. */
const PROMISES: Readonly<Record<string, Promised>> = {
  'Sort tools by name': same,
  'Hide this tool': denied,
  'Deny this tool': denied,
  'Allow this tool': allowed,
  'Ask a person before each call of this tool': asked,
  'Limit this tool to 30 calls a minute': limited,
  'Write "deny" as an item of "hide"': ({ before, after }) => expect(after.outcome).toBe(before.outcome),
  'Write "hide" as "action": "deny"': ({ before, after }) => expect(after.outcome).toBe(before.outcome),
  'Write "rate_limit" as a limit': countedInAnotherForm,
  'Write the limit as "rate_limit"': countedInAnotherForm,
  'Hide all tools of the category': denied,
  'Deny all tools of the category': denied,
  'Allow all tools of the category': allowed,
  'Ask a person before each call of all tools of the category': asked,
  'Limit tools of the category to 30 calls a minute each': limitedNoLooser,
};

const kindOf = (title: string): string => title.replace(/\d+ tools/, 'tools').replace(/category \w+/, 'category');

/** Entries that have another form: they are rare in random policies. */
const withForms = fc.constantFrom<object | undefined>(
  undefined,
  { limits: [{ counter: 'c', window: 'day', max: 2 }] },
  { rate_limit: { max: 2, window: 60 } },
);

/** The same policies each time, so that each kind of refactoring is met each time. */
const SEED = 20_261_122;

test('refactorings leave a valid policy, decide and count what they promise, and touch nothing else', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyDocument, withForms, anyLayout, toolName, anyCall, (document, form, layout, name, call) => {
      const tools = form ? { ...document.tools, [name]: form } : document.tools;
      const text = laidOut({ ...document, tools }, layout);
      const compiled = compilePolicy(text);
      fc.pre(compiled.ok);
      const catalog = { server: 's', tools: [{ name: 'read' }, { name }], readAt: 0, source: 'file' } as const;
      const context = { text, policy: compiled.policy, tools: { ...NO_TOOLS, catalog }, name };
      for (const { title, changes } of possible(context)) {
        const kind = kindOf(title);
        const after = policy(applyChanges(text, changes));
        const about = kind === title ? [name] : ['read', name];
        for (const each of [call, { ...call, tool: name }, { ...call, tool: 'read' }])
          PROMISES[kind]?.({
            before: judge(compiled.policy, each, OWNER),
            after: judge(after, each, OWNER),
            own: about.includes(each.tool),
          });
        if (kind !== 'Sort tools by name') expect(hurtPieces(text, after.source, changes)).toEqual([]);
        seen.add(kind);
      }
    }),
    { numRuns: 250, seed: SEED },
  );
  expect(Object.keys(PROMISES).filter((title) => !seen.has(title))).toEqual([]);
});
