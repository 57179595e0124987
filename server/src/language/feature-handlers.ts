/** LSP's feature requests, each handed to its pure function. */
import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type CodeActionParams,
  type CodeLensParams,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type Connection,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type DocumentFormattingParams,
  type DocumentRangeFormattingParams,
  type DocumentSymbolParams,
  type FoldingRangeParams,
  type Hover,
  type HoverParams,
  type ResponseError,
  type SelectionRangeParams,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { PolicyView } from './document/policy-view.ts';
import { codeActions } from './features/code-actions.ts';
import { codeLenses } from './features/code-lens.ts';
import { itemUri, resolveItem } from './features/completion-resolve.ts';
import { completeCall } from './features/complete-call.ts';
import { complete } from './features/completion.ts';
import { diagnose } from './features/diagnostics.ts';
import { documentSymbols } from './features/document-symbols.ts';
import { foldingRanges } from './features/folding.ts';
import { formatPolicy } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { selectionRanges } from './features/selection-ranges.ts';
import type { Session } from './session.ts';
import type { KnownTools } from './tools/known-tools.ts';

interface InDocument {
  readonly textDocument: TextDocumentIdentifier;
}

type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;

/** Makes a handler for one policy; documents that are none get `empty`. */
type MakeHandler = <P extends InDocument, R>(
  name: string,
  empty: R,
  answer: (view: PolicyView, params: P, tools: KnownTools) => R,
) => Handler<P, R>;

export function handleFeatures(connection: Connection, session: Session): void {
  const { policies, workspace, safe } = session;
  const on: MakeHandler = (name, empty, answer) =>
    safe.request(name, empty, (params) => {
      const view = policies.view(params.textDocument.uri);
      return view === undefined ? empty : answer(view, params, workspace.toolsFor(view));
    });
  handleWriting(connection, session, on);
  handleReading(connection, session, on);
  handleStructure(connection, on);
}

/** What helps to write a policy and to mend it. */
function handleWriting(connection: Connection, session: Session, on: MakeHandler): void {
  const { policies, calls, workspace, safe, client } = session;
  connection.onCompletion(
    safe.request('completion', null, ({ textDocument: { uri }, position }: CompletionParams): CompletionList | null => {
      const view = policies.view(uri);
      if (view !== undefined) return complete(view, position, workspace.toolsFor(view), client.completion);
      const call = calls.find(uri);
      const policy = call && policies.view(call.policyUri);
      return policy === undefined || call === undefined
        ? null
        : completeCall(call.view, position, workspace.toolsFor(policy), client.completion);
    }),
  );
  connection.onCompletionResolve((item, token) =>
    safe.request('completion documentation', item, (given: CompletionItem) => {
      const view = policies.view(itemUri(given) ?? '');
      return view === undefined ? given : resolveItem(given, view, workspace.toolsFor(view), client.completion.markup);
    })(item, token),
  );
  connection.onCodeAction(
    on('code actions', [], (view, params: CodeActionParams, tools) =>
      codeActions(view, params, tools, client.versionedEdits),
    ),
  );
  connection.onDocumentFormatting(
    on('formatting', [], (view, { options }: DocumentFormattingParams) => formatPolicy(view, options)),
  );
  connection.onDocumentRangeFormatting(
    on('formatting', [], (view, { options, range }: DocumentRangeFormattingParams) =>
      formatPolicy(view, options, range),
    ),
  );
}

/** What says what a policy means. */
function handleReading(connection: Connection, session: Session, on: MakeHandler): void {
  const { workspace, client } = session;
  connection.onHover(
    on('hover', null, (view, { position }: HoverParams, tools): Hover | null =>
      hover(view, position, tools, client.hoverMarkup),
    ),
  );
  connection.onCodeLens(
    on('code lens', [], (view, _: CodeLensParams, tools) => {
      const { evaluateCommand } = client;
      const options = { trusted: workspace.trusted, show: session.settings.lens };
      return codeLenses(view, tools, { ...options, ...(evaluateCommand !== undefined && { evaluateCommand }) });
    }),
  );
  connection.languages.diagnostics.on(
    on('diagnostics', NO_REPORT, (view, _: DocumentDiagnosticParams, tools): DocumentDiagnosticReport => ({
      kind: DocumentDiagnosticReportKind.Full,
      items: diagnose(view, tools),
    })),
  );
}

/** What needs the text alone. */
function handleStructure(connection: Connection, on: MakeHandler): void {
  connection.onDocumentSymbol(on('outline', [], (view, _: DocumentSymbolParams) => documentSymbols(view)));
  connection.onFoldingRanges(on('folding', [], (view, _: FoldingRangeParams) => foldingRanges(view)));
  connection.onSelectionRanges(
    on('selection', [], (view, { positions }: SelectionRangeParams) => selectionRanges(view, positions)),
  );
}

const NO_REPORT: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
