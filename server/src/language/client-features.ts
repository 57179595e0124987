/** What the connected editor can do and wants, read once from `initialize`. */
import { MarkupKind, type InitializeParams } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { LanguageServerOptions } from '../protocol/language.ts';
import type { ItemOptions } from './completion/item.ts';

export interface ClientFeatures {
  readonly completion: ItemOptions;
  /** Markup for hovers. */
  readonly hoverMarkup: MarkupKind;
  /** Whether edits may name the version they are for. */
  readonly versionedEdits: boolean;
  /** Whether the editor asks for diagnostics itself; then none are pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly showsProgress: boolean;
  readonly watchesFiles: boolean;
  readonly tellsFolders: boolean;
  /** Paths of the workspace's folders at the start. */
  readonly folders: readonly string[];
  readonly trusted: boolean;
  readonly cacheFolder?: string;
}

export function readClient(params: InitializeParams): ClientFeatures {
  const { textDocument, workspace, window } = params.capabilities;
  const options = readOptions(params.initializationOptions);
  const item = textDocument?.completion?.completionItem;
  return {
    completion: {
      snippets: item?.snippetSupport ?? false,
      markup: markup(item?.documentationFormat),
      ...(options.suggestCommand === undefined ? {} : { suggestCommand: options.suggestCommand }),
    },
    hoverMarkup: markup(textDocument?.hover?.contentFormat),
    versionedEdits: workspace?.workspaceEdit?.documentChanges ?? false,
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    refreshesLenses: workspace?.codeLens?.refreshSupport ?? false,
    showsProgress: window?.workDoneProgress ?? false,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    tellsFolders: workspace?.workspaceFolders ?? false,
    folders: foldersOf(params),
    trusted: options.trusted === true,
    ...(options.cacheFolder === undefined ? {} : { cacheFolder: options.cacheFolder }),
  };
}

/** The options come from outside: anything that is not as promised counts as absent. */
function readOptions(options: unknown): LanguageServerOptions {
  if (typeof options !== 'object' || options === null) return {};
  const { trusted, cacheFolder, suggestCommand } = options as Readonly<Record<keyof LanguageServerOptions, unknown>>;
  return {
    ...(typeof trusted === 'boolean' ? { trusted } : {}),
    ...(typeof cacheFolder === 'string' ? { cacheFolder } : {}),
    ...(typeof suggestCommand === 'string' ? { suggestCommand } : {}),
  };
}

function markup(formats: readonly MarkupKind[] | undefined): MarkupKind {
  return formats?.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}

/** The path of a `file:` URI; other schemes have none that this process could read. */
export function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}
