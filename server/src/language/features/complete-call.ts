/** Completion in a call that is tried out. */
import type { CompletionList, Position } from 'vscode-languageserver';
import { callCandidates } from '../completion/call.ts';
import type { ItemOptions } from '../completion/item.ts';
import { completeAt } from '../completion/list.ts';
import type { TextView } from '../document/text-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';

export function completeCall(
  view: TextView,
  position: Position,
  tools: KnownTools,
  options: ItemOptions,
): CompletionList {
  return completeAt(view, position, options, (context) => callCandidates(context, [], tools));
}
