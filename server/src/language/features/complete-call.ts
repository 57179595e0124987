/** Completion in a call that is tried out. */
import type { CompletionList, Position } from 'vscode-languageserver';
import { callCandidates } from '../completion/call.ts';
import type { ItemOptions } from '../completion/item.ts';
import { toList } from '../completion/list.ts';
import { cursorAt } from '../document/cursor.ts';
import type { TextView } from '../document/text-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';

export function completeCall(
  view: TextView,
  position: Position,
  tools: KnownTools,
  options: ItemOptions,
): CompletionList {
  const offset = view.offsetAt(position);
  const cursor = cursorAt(view.text, view.draft, offset);
  if (cursor === undefined) return { isIncomplete: false, items: [] };
  const context = { view, cursor };
  return toList(callCandidates(context, [], tools), context, offset, options);
}
