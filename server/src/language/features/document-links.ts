/** Links: from the server's name to the file that defines it. */
import type { DocumentLink } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { nodeAt } from '../document/place.ts';
import type { PolicyView } from '../document/policy-view.ts';

/** @param definedIn - The file that defines a server, where one does. */
export function documentLinks(view: PolicyView, definedIn: (server: string) => string | undefined): DocumentLink[] {
  const server = nodeAt(view.draft, ['server']);
  const file = server?.kind === 'string' ? definedIn(String(server.value)) : undefined;
  if (server === undefined || file === undefined) return [];
  return [
    { range: view.range(server), target: URI.file(file).toString(), tooltip: 'The file that defines this server' },
  ];
}
