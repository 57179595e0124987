/** Forms change one place: on random policies, layouts and sequences of edits the text stays a valid policy, all else keeps its bytes, and a change is taken back to the byte. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeRule } from '../../server/src/language/builder/forms/edit.ts';
import { rootOf } from '../../server/src/language/builder/forms/owner.ts';
import { ruleForm } from '../../server/src/language/builder/forms/form.ts';
import { applyChanges, compilePolicy, toValue, type TextChange } from '../../server/src/policy/index.ts';
import type { NodePath } from '../../server/src/policy/node-changes.ts';
import type { FormEdit, FormField, FormOwner, FormRule, RuleForm } from '../../server/src/protocol/policyForms.ts';
import { known, TOOLS, viewOf } from '../language/support/view.ts';
import { anyLayout, hurtPieces, laidOut } from '../support/layout.ts';
import { anyDocument, anyJsonText, toolPattern } from '../support/policy-arbitraries.ts';
import { policy } from '../support/policy.ts';

const KNOWN = known(TOOLS);

const anyOwner: fc.Arbitrary<FormOwner> = fc.oneof(
  { weight: 4, arbitrary: toolPattern.map((key) => ({ kind: 'entry' as const, key })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'all_tools' as const }) },
);

const anyValue = fc.oneof(
  anyJsonText,
  fc.constantFrom(
    '"allow"',
    '"deny"',
    '"require_approval"',
    '"in"',
    '"gt"',
    '"args.path"',
    '1',
    '"day"',
    '1e400',
    'no',
  ),
);

/** An edit as a form of the owner would ask for one, chosen by numbers. */
interface Choice {
  readonly owner: FormOwner;
  readonly kind: 'field' | 'option' | 'clear' | 'offer' | 'remove' | 'move';
  readonly at: number;
  readonly value: string;
}

const anyChoice: fc.Arbitrary<Choice> = fc.record({
  owner: anyOwner,
  kind: fc.constantFrom('field', 'option', 'clear', 'offer', 'remove', 'move'),
  at: fc.nat(1_000),
  value: anyValue,
});

const partsOf = (rule: FormRule): readonly FormRule[] => [rule, ...(rule.parts?.rules ?? [])];

function editFrom(form: RuleForm, { kind, at, value }: Choice): FormEdit | undefined {
  const rules = form.lists.flatMap((list) => list.rules.flatMap(partsOf));
  const pick = <T>(items: readonly T[]): T | undefined => items[at % Math.max(1, items.length)];
  const field: FormField | undefined = pick([...form.fields, ...rules.flatMap(({ fields }) => fields)]);
  switch (kind) {
    case 'field':
      return field && { kind: 'set', path: field.path, json: value };
    case 'option': {
      const option = field && pick(field.options);
      return field && option && { kind: 'set', path: field.path, json: option.json };
    }
    case 'clear':
      return field?.optional ? { kind: 'remove', path: field.path } : undefined;
    case 'offer': {
      const list = pick(form.lists);
      const offer = list && pick(list.offers);
      return list && offer && { kind: 'add', path: [list.name], json: offer.json };
    }
    case 'remove':
    case 'move': {
      const rule = pick(rules);
      if (kind === 'remove' || rule === undefined) return rule && { kind: 'remove', path: rule.path };
      return { kind: 'move', path: rule.path, to: at % 3 };
    }
  }
}

/** What the document says but for the place that an edit is about. */
function besides(text: string, path: NodePath): unknown {
  const value = toValue(policy(text).root) as Record<string, unknown>;
  const [first, key] = path;
  if (path.length === 1) return { ...value, [String(first)]: undefined };
  const { [String(key)]: _, ...others } = (value[String(first)] ?? {}) as Record<string, unknown>;
  return { ...value, [String(first)]: others };
}

/** As an editor undoes changes that were made together. */
function takenBack(before: string, after: string, changes: readonly TextChange[]): string {
  let moved = 0;
  const inverse = changes
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span, text }) => {
      const start = span.start + moved;
      moved += text.length - (span.end - span.start);
      return { span: { start, end: start + text.length }, text: before.slice(span.start, span.end) };
    });
  return applyChanges(after, inverse);
}

const seen = new Map<string, number>();

test('any sequence of edits leaves a valid policy and every byte that is not about the rule', () => {
  fc.assert(
    fc.property(
      anyDocument,
      anyLayout,
      fc.array(anyChoice, { minLength: 1, maxLength: 8 }),
      (document, layout, choices) => {
        let text = laidOut(document, layout);
        if (!compilePolicy(text).ok) return;
        for (const choice of choices) {
          const form = ruleForm(viewOf(text), KNOWN, choice.owner);
          const edit = form && editFrom(form, choice);
          if (edit === undefined) continue;
          const made = changeRule(policy(text), choice.owner, edit, KNOWN);
          seen.set(`${choice.kind} ${made.ok}`, (seen.get(`${choice.kind} ${made.ok}`) ?? 0) + 1);
          if (!made.ok) {
            expect(made.problem).not.toBe('');
            continue;
          }
          expect(compilePolicy(made.text).ok).toBe(true);
          expect(besides(made.text, rootOf(choice.owner))).toEqual(besides(text, rootOf(choice.owner)));
          if (edit.kind !== 'move') expect(hurtPieces(text, made.text, made.changes)).toEqual([]);
          expect(takenBack(text, made.text, made.changes)).toBe(text);
          ({ text } = made);
        }
      },
    ),
    { numRuns: 150 },
  );
  for (const kind of ['field', 'option', 'clear', 'offer', 'remove', 'move'])
    expect(seen.get(`${kind} true`), kind).toBeGreaterThan(5);
  expect(seen.get('field false')).toBeGreaterThan(5);
});
