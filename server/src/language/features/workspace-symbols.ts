/** Entries of every policy in the workspace, by name. */
import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import { TEST_SUFFIX } from '../document/neighbours.ts';
import type { TextView } from '../document/text-view.ts';

const MAX_SYMBOLS = 500;

const KINDS = {
  tool: SymbolKind.Function,
  counter: SymbolKind.Variable,
  id: SymbolKind.Event,
} as const;

/** Those whose names contain what is asked for, in whatever case. */
export function workspaceSymbols(query: string, all: readonly TextView[]): WorkspaceSymbol[] {
  const wanted = query.toLowerCase();
  const policies = all.filter(({ uri }) => !uri.endsWith(TEST_SUFFIX));
  const found = policies.flatMap((view) =>
    view.names.flatMap((place): WorkspaceSymbol[] => {
      const { kind, name } = place;
      if (kind === 'rule' || name === '' || !name.toLowerCase().includes(wanted)) return [];
      const container = view.uri.slice(view.uri.lastIndexOf('/') + 1);
      const location = { uri: view.uri, range: view.range(place) };
      return [{ name: escapeUntrusted(name), kind: KINDS[kind], location, containerName: container }];
    }),
  );
  return found.slice(0, MAX_SYMBOLS);
}
