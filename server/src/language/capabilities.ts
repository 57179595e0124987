/** What the language server offers. */
import { CodeActionKind, TextDocumentSyncKind, type ServerCapabilities } from 'vscode-languageserver';
import type { ClientFeatures } from './client-features.ts';
import { FIX_ALL } from './features/code-actions.ts';
import { ORGANIZE } from './features/refactor.ts';
import { LEGEND } from './features/semantic-tokens.ts';

/** Typing one of these can begin a key, a name, a path step or a value. */
const TRIGGERS = ['"', ':', '.', '[', '{', ',', ' '];

export function serverCapabilities(client: ClientFeatures): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: { triggerCharacters: TRIGGERS, resolveProvider: true },
    hoverProvider: true,
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL, ORGANIZE],
      resolveProvider: client.resolvesEdits,
    },
    codeLensProvider: {},
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    documentLinkProvider: {},
    inlayHintProvider: true,
    semanticTokensProvider: { legend: LEGEND, full: true },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.pullsDiagnostics ? { diagnosticProvider: DIAGNOSTICS } : {}),
  };
}

const DIAGNOSTICS = { identifier: 'portcullis', interFileDependencies: true, workspaceDiagnostics: false };
