/** The outline of a policy test: its cases, with the tool and what is expected. */
import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import { nodeAt, scalarAt } from '../document/place.ts';
import type { TestView } from './test-view.ts';

export function testSymbols(view: TestView): DocumentSymbol[] {
  const cases = nodeAt(view.draft, ['cases']);
  if (cases?.kind !== 'array') return [];
  return cases.items.map((node) => {
    const text = (...path: string[]): string => escapeUntrusted(String(scalarAt(node, path) ?? ''), { max: 80 });
    const name = nodeAt(node, ['name']) ?? node;
    return {
      // A symbol must have a name.
      name: text('name').trim() || '""',
      detail: `${text('call', 'tool')} → ${text('expect', 'decision')}`,
      kind: SymbolKind.Method,
      range: view.range(node),
      selectionRange: view.range(name),
    };
  });
}
