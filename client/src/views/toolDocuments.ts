/** Tools as their servers give them, read-only: where the definition of a tool's name leads. */
import * as vscode from 'vscode';
import type { Language } from '../language/language.ts';

const SCHEME = 'portcullis-tool';

export function showToolDocuments(language: Language): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const isTool = (uri: vscode.Uri): boolean => uri.scheme === SCHEME;
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) =>
        (await language.toolDocument({ uri: uri.toString() })) ??
        vscode.l10n.t('The server does not list this tool any more.'),
    }),
    language.onDidChangeServers(() =>
      vscode.workspace.textDocuments.filter(({ uri }) => isTool(uri)).forEach(({ uri }) => changed.fire(uri)),
    ),
  );
}
