/**
 * Sorts the names in `tools` and `hide`. Exact names come first, by code unit; patterns follow in the order that they have, since of several
 * that deny the first is the one that the log names. So no decision and no rule in the log changes.
 */
import { isPattern, type CompiledPolicy, type Span, type TextChange } from '../../policy/index.ts';
import { arrayAt, objectAt } from '../../policy/json/access.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

interface Named extends Span {
  readonly name: string;
}

export function sortRefactorings({ text, policy }: RefactoringContext): readonly Refactoring[] {
  return [{ title: 'Sort tools by name', changes: sortNames(text, policy) }];
}

/** None when all is in order. */
function sortNames(text: string, { root }: CompiledPolicy): readonly TextChange[] {
  const members = [...(objectAt(root, 'tools')?.members ?? [])];
  const items = arrayAt(root, 'hide')?.items ?? [];
  return [
    ...reordered(
      text,
      members.map(([name, { key, value }]) => ({ name, start: key.start, end: value.end })),
    ),
    ...reordered(
      text,
      items.flatMap((item) => (item.kind === 'string' ? [{ ...item, name: item.value }] : [])),
    ),
  ];
}

/** Each place keeps the white space around it and gets the text that belongs there. */
function reordered(text: string, places: readonly Named[]): readonly TextChange[] {
  const patterns = places.filter(({ name }) => isPattern(name));
  const exact = places
    .filter(({ name }) => !isPattern(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const order = [...exact, ...patterns];
  return places.flatMap(({ start, end }, index) => {
    const moved = order[index];
    if (moved === undefined || moved.start === start) return [];
    return [{ span: { start, end }, text: text.slice(moved.start, moved.end) }];
  });
}
