/** What the connected editor can do and wants, read once from `initialize`. */
import { MarkupKind, type ClientCapabilities, type InitializeParams } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { LanguageServerOptions } from '../protocol/languageOptions.ts';
import type { ItemOptions } from './completion/item.ts';

export interface ClientFeatures {
  readonly completion: ItemOptions;
  /** Markup for hovers. */
  readonly hoverMarkup: MarkupKind;
  /** Whether edits may name the version they are for. */
  readonly versionedEdits: boolean;
  /** Whether edits may carry a warning that is shown before they are made. */
  readonly annotatedEdits: boolean;
  /** Whether the edit of a code action may be worked out when the action is chosen. */
  readonly resolvesEdits: boolean;
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
  readonly evaluateCommand?: string;
  readonly stateFolder?: string;
  readonly replayCommand?: string;
  readonly excuseCommand?: string;
  readonly routeCommand?: string;
  readonly reviewCommand?: string;
  /** Whether it shows documents that this server makes of tools. */
  readonly showsTools: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesTokens: boolean;
}

export function readClient(params: InitializeParams): ClientFeatures {
  const { trusted, showsTools, suggestCommand, ...texts } = readOptions(params.initializationOptions);
  return {
    ...readWorkspace(params.capabilities),
    ...readDocuments(params.capabilities, suggestCommand),
    folders: foldersOf(params),
    trusted: trusted === true,
    showsTools: showsTools === true,
    ...texts,
  };
}

type DocumentFeatures = Pick<ClientFeatures, 'completion' | 'hoverMarkup' | 'pullsDiagnostics' | 'resolvesEdits'>;

function readDocuments({ textDocument }: ClientCapabilities, suggestCommand: string | undefined): DocumentFeatures {
  const item = textDocument?.completion?.completionItem;
  return {
    completion: {
      snippets: item?.snippetSupport ?? false,
      markup: markup(item?.documentationFormat),
      ...(suggestCommand === undefined ? {} : { suggestCommand }),
    },
    hoverMarkup: markup(textDocument?.hover?.contentFormat),
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    resolvesEdits: resolvesEdits(textDocument?.codeAction),
  };
}

function resolvesEdits(actions: NonNullable<ClientCapabilities['textDocument']>['codeAction']): boolean {
  return actions?.dataSupport === true && actions.resolveSupport?.properties.includes('edit') === true;
}

type WorkspaceFeatures = Omit<ClientFeatures, keyof DocumentFeatures | keyof LanguageServerOptions | 'folders'>;

function readWorkspace({ workspace, window }: ClientCapabilities): WorkspaceFeatures {
  return {
    ...readEdits(workspace),
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesTokens: workspace?.semanticTokens?.refreshSupport === true,
    showsProgress: window?.workDoneProgress === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    tellsFolders: workspace?.workspaceFolders === true,
  };
}

function readEdits(
  workspace: ClientCapabilities['workspace'],
): Pick<ClientFeatures, 'annotatedEdits' | 'versionedEdits'> {
  const edit = workspace?.workspaceEdit;
  return {
    annotatedEdits: edit?.changeAnnotationSupport !== undefined,
    versionedEdits: edit?.documentChanges === true,
  };
}

/** The options come from outside: anything that is not as promised counts as absent. */
function readOptions(options: unknown): LanguageServerOptions {
  if (typeof options !== 'object' || options === null) return {};
  const { trusted, showsTools, ...texts } = options as Readonly<Record<keyof LanguageServerOptions, unknown>>;
  return {
    ...(typeof trusted === 'boolean' ? { trusted } : {}),
    ...(typeof showsTools === 'boolean' ? { showsTools } : {}),
    ...textIn(texts, 'cacheFolder'),
    ...textIn(texts, 'suggestCommand'),
    ...textIn(texts, 'evaluateCommand'),
    ...textIn(texts, 'excuseCommand'),
    ...textIn(texts, 'stateFolder'),
    ...textIn(texts, 'replayCommand'),
    ...textIn(texts, 'routeCommand'),
    ...textIn(texts, 'reviewCommand'),
  };
}

function textIn<K extends string>(options: Readonly<Record<K, unknown>>, name: K): { readonly [key in K]?: string } {
  const value = options[name];
  return typeof value === 'string' ? ({ [name]: value } as { [key in K]: string }) : {};
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
