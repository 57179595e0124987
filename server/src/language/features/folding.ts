/** Folding: every object and array that spans lines. */
import type { FoldingRange } from 'vscode-languageserver';
import { isScalar } from '../document/cursor.ts';
import type { DraftContainer, DraftNode } from '../document/draft.ts';
import type { TextView } from '../document/text-view.ts';

/** In document order; the line of the closing bracket stays visible. */
export function foldingRanges(view: TextView): FoldingRange[] {
  return containers(view.draft).flatMap((container) => {
    const { start, end } = view.range(container);
    const endLine = container.closed ? end.line - 1 : end.line;
    return endLine > start.line ? [{ startLine: start.line, endLine }] : [];
  });
}

function containers(node: DraftNode | undefined): readonly DraftContainer[] {
  if (node === undefined || isScalar(node)) return [];
  return [node, ...childrenOf(node).flatMap(containers)];
}

export function childrenOf(container: DraftContainer): readonly DraftNode[] {
  return container.kind === 'array' ? container.items : container.members.flatMap(({ value }) => value ?? []);
}
