/** The predicate around the cursor: which argument its path names, and which operator it has. */
import { findArgument, type ArgumentPath } from '../../catalog/index.ts';
import { scalarAt, type PredicatePlace } from '../document/place.ts';
import { governedTools, type CompletionContext } from './context.ts';

/** The argument that the predicate's `path` names, by the first governed tool that has it; `undefined`: unknown, or no path yet. */
export function argumentOf(context: CompletionContext, place: PredicatePlace): ArgumentPath | undefined {
  const path = scalarAt(context.view.draft, [...place.predicate, 'path']);
  if (typeof path !== 'string') return undefined;
  for (const tool of governedTools(context.tools, place.owner)) {
    const found = findArgument(tool.inputSchema, path);
    if (found.kind === 'found') return found.argument;
  }
  return undefined;
}

export function pathOf(context: CompletionContext, place: PredicatePlace): string {
  return String(scalarAt(context.view.draft, [...place.predicate, 'path']) ?? '');
}

export function operatorOf(context: CompletionContext, place: PredicatePlace): string {
  return String(scalarAt(context.view.draft, [...place.predicate, 'op']) ?? '');
}
