/** Alike entries written as a pattern: the same decision, approval and counters for every tool that the server lists. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { possible } from '../../server/src/language/features/refactor.ts';
import { NO_TOOLS } from '../../server/src/language/tools/known-tools.ts';
import { applyChanges, compilePolicy, judge, type Judgement } from '../../server/src/policy/index.ts';
import { anyLayout, hurtPieces, laidOut } from '../support/layout.ts';
import { anyCall, anyDocument, entry } from '../support/policy-arbitraries.ts';
import { OWNER, policy } from '../support/policy.ts';

const ALIKE = ['read_a', 'read_b', 'read_all', 'read_x'];
/** Names that a pattern can catch by mistake. */
const OTHERS = ['read', 'read_é', 'bread_a', 'read_other', 'w_all'];

/** What the server lists and what the policy has besides. */
const anyNames = fc.tuple(fc.subarray(OTHERS), fc.subarray(OTHERS));

test('alike entries become a pattern only where nothing changes for any tool of the server', () => {
  const offered = new Set<string>();
  fc.assert(
    fc.property(
      anyDocument,
      entry,
      anyLayout,
      anyNames,
      anyCall,
      (document, given, layout, [listed, written], call) => {
        const { rate_limit: _rate, limits: _limits, ...alike } = given;
        const others = Object.fromEntries(written.map((name) => [name, { reason: 'Another.' }]));
        const tools = { ...document.tools, ...others, ...Object.fromEntries(ALIKE.map((name) => [name, alike])) };
        const text = laidOut({ ...document, tools }, layout);
        const compiled = compilePolicy(text);
        fc.pre(compiled.ok);
        const names = [...ALIKE, ...listed];
        const catalog = { server: 's', tools: names.map((name) => ({ name })), readAt: 0, source: 'file' } as const;
        const context = { text, policy: compiled.policy, tools: { ...NO_TOOLS, catalog }, name: 'read_a' };
        for (const { title, changes } of possible(context).filter(({ title: each }) => each.includes('alike'))) {
          const after = policy(applyChanges(text, changes));
          for (const tool of [...names, ...written]) {
            const [was, is] = [compiled.policy, after].map((each) => judge(each, { ...call, tool }, OWNER));
            expect(decided(is), tool).toEqual(decided(was));
          }
          expect(hurtPieces(text, after.source, changes)).toEqual([]);
          offered.add(title.replace(/^.*", which /, ''));
        }
      },
    ),
    { numRuns: 150, seed: 20_261_122 },
  );
  expect([...offered].toSorted()).toEqual([
    'also allows later tools of such names',
    'also allows, under the same conditions, later tools of such names',
    'also asks about later tools of such names',
    'also denies later tools of such names',
  ]);
});

/** All but which rule says so. */
function decided(judgement: Judgement | undefined): object | undefined {
  if (judgement?.outcome !== 'pass') return judgement && { outcome: judgement.outcome };
  const { approval, charges } = judgement;
  return { charges, approval: approval && { ...approval, rule: '' } };
}
