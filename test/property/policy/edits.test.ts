/** Edits of random policies in random layouts: they do what was asked for, and keep the bytes of everything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges, editPolicy, type EntryEdit } from '../../../server/src/policy/index.ts';
import { anyLayout, hurtPieces, laidOut } from '../../support/layout.ts';
import { anyDocument, entry, toolPattern } from '../../support/policy-arbitraries.ts';
import { policy, problemsOf } from '../../support/policy.ts';

describe('edits', () => {
  test('leave a valid document with exactly the entry that was asked for, and touch nothing else', () => {
    fc.assert(
      fc.property(anyDocument, toolPattern, entry, anyLayout, (document, key, wanted, layout) => {
        const text = laidOut(document, layout);
        const compiled = policy(text);
        const gone = Object.keys(Object.hasOwn(document.tools, key) ? (document.tools[key] ?? {}) : {});
        const edit = { ...Object.fromEntries(gone.map((each) => [each, undefined])), ...wanted } as EntryEdit;
        const changes = editPolicy(text, compiled.root, { entries: new Map([[key, edit]]) });
        const edited = applyChanges(text, changes);
        expect(problemsOf(edited)).toEqual([]);
        const expected = { ...document, tools: { ...document.tools, [key]: wanted } };
        expect(JSON.parse(edited)).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(hurtPieces(text, edited, changes)).toEqual([]);
      }),
    );
  });

  test('of "hide" leave its other items, and the rest, as they are', () => {
    const names = fc.uniqueArray(toolPattern, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(anyDocument, names, fc.boolean(), anyLayout, (document, given, adds, layout) => {
        const text = laidOut(document, layout);
        const hide = adds ? { add: given } : { remove: given };
        const changes = editPolicy(text, policy(text).root, { hide });
        const edited = applyChanges(text, changes);
        const before = document.hide ?? [];
        const { hide: after = [] } = JSON.parse(edited) as { hide?: string[] };
        const others = before.filter((name) => !given.includes(name));
        expect(after.filter((name) => !given.includes(name))).toEqual(others);
        expect(given.every((name) => after.includes(name) === adds)).toBe(true);
        expect(hurtPieces(text, edited, changes)).toEqual([]);
      }),
    );
  });
});
