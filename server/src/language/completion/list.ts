/** From candidates to the list that the editor gets: those that fit what is typed, when there are too many. */
import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver';
import { cursorAt, type Cursor } from '../document/cursor.ts';
import type { TextView } from '../document/text-view.ts';
import type { Candidate } from './candidate.ts';
import type { WordContext } from './context.ts';
import { toItem, type ItemOptions } from './item.ts';

/** More items than this are filtered here, by what is typed, and asked for again as typing goes on. */
const MAX_ITEMS = 300;

/** What `candidatesAt` finds for the cursor at `position`; nothing where no word can stand. */
export function completeAt<View extends TextView>(
  view: View,
  position: Position,
  options: ItemOptions,
  candidatesAt: (context: { readonly view: View; readonly cursor: Cursor }) => readonly Candidate[],
): CompletionList {
  const offset = view.offsetAt(position);
  const cursor = cursorAt(view.text, view.draft, offset);
  if (cursor === undefined) return { isIncomplete: false, items: [] };
  const context = { view, cursor };
  return toList(candidatesAt(context), context, offset, options);
}

/** @param offset - Of the cursor: what stands before it counts as typed. */
function toList(
  candidates: readonly Candidate[],
  { view, cursor }: WordContext,
  offset: number,
  options: ItemOptions,
): CompletionList {
  const typed = view.text.slice(cursor.replace.start, offset).replaceAll('"', '');
  const chosen = candidates.length > MAX_ITEMS ? bestOf(candidates, typed) : candidates;
  const items = chosen.map((candidate, order): CompletionItem => toItem(candidate, view, cursor, options, order));
  return { isIncomplete: chosen.length < candidates.length, items };
}

/** Those that contain the typed letters in order, the best ranks first. */
function bestOf(candidates: readonly Candidate[], typed: string): readonly Candidate[] {
  const letters = typed.toLowerCase();
  const matching = candidates.filter(({ filter }) => containsInOrder(filter.toLowerCase(), letters));
  return matching
    .toSorted((a, b) => a.rank - b.rank || startRank(a, letters) - startRank(b, letters))
    .slice(0, MAX_ITEMS);
}

function containsInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}

function startRank({ filter }: Candidate, letters: string): number {
  const at = filter.toLowerCase().indexOf(letters);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}
