/** LSP's feature requests, each handed to its pure function. */
import {
  CodeActionKind,
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  type CodeLensParams,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type DocumentFormattingParams,
  type DocumentRangeFormattingParams,
  type DocumentSymbolParams,
  type FoldingRangeParams,
  type Hover,
  type HoverParams,
  type InlayHintParams,
  type ResponseError,
  type SelectionRangeParams,
  type SemanticTokensParams,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { PolicyView } from './document/policy-view.ts';
import type { TextView } from './document/text-view.ts';
import type { ClientFeatures } from './client-features.ts';
import { codeActions, isWithin } from './features/code-actions.ts';
import { codeLenses } from './features/code-lens.ts';
import { itemUri, resolveItem } from './features/completion-resolve.ts';
import { completeCall } from './features/complete-call.ts';
import { complete } from './features/completion.ts';
import { diagnose } from './features/diagnostics.ts';
import { documentSymbols } from './features/document-symbols.ts';
import { excuseActions } from './features/excuse.ts';
import { foldingRanges } from './features/folding.ts';
import { formatPolicy } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { routeActions } from './features/route.ts';
import { reviewActions } from './features/review-tools.ts';
import { actionUri, refactor, resolveRefactoring } from './features/refactor.ts';
import { selectionRanges } from './features/selection-ranges.ts';
import { semanticTokens } from './features/semantic-tokens.ts';
import { testCodeActions } from './policy-tests/code-actions.ts';
import { completeTest } from './policy-tests/completion.ts';
import { diagnoseTest } from './policy-tests/diagnostics.ts';
import { hoverTest } from './policy-tests/hover.ts';
import type { TestSubject } from './policy-tests/subject.ts';
import { testSymbols } from './policy-tests/symbols.ts';
import type { TestView } from './policy-tests/test-view.ts';
import type { Session } from './session.ts';
import type { KnownTools } from './tools/known-tools.ts';

interface InDocument {
  readonly textDocument: TextDocumentIdentifier;
}

type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;

/** Makes a handler for one policy, and for a policy test where that has an answer of its own; other documents get `empty`. */
type MakeHandler = <P extends InDocument, R>(
  name: string,
  empty: R,
  answer: (view: PolicyView, params: P, tools: KnownTools) => R | Promise<R>,
  inTest?: (view: TestView, params: P, subject: TestSubject) => R,
) => Handler<P, R>;

/** Makes a handler for any document of ours that needs nothing but its text. */
type MakeTextHandler = <P extends InDocument, R>(
  name: string,
  answer: (view: TextView, params: P) => R[],
) => Handler<P, R[]>;

export function handleFeatures(connection: Connection, session: Session): void {
  const { policies, tests, subjects, workspace, safe } = session;
  const on: MakeHandler = (name, empty, answer, inTest) =>
    safe.request(name, empty, async (params) => {
      const view = policies.view(params.textDocument.uri);
      if (view !== undefined) return answer(view, params, workspace.toolsFor(view));
      const test = inTest && tests.view(params.textDocument.uri);
      return test ? inTest(test, params, await subjects.of(test)) : empty;
    });
  handleWriting(connection, session, on);
  handleChosenActions(connection, session);
  handleReading(connection, session, on);
  handleStructure(connection, on, (name, answer) =>
    safe.request(name, [], (params) => {
      const view = policies.view(params.textDocument.uri) ?? tests.view(params.textDocument.uri);
      return view ? answer(view, params) : [];
    }),
  );
}

/** What helps to write a policy and to mend it. */
function handleWriting(connection: Connection, session: Session, on: MakeHandler): void {
  const { policies, calls, workspace, safe, client } = session;
  const inDocuments = on(
    'completion',
    null,
    (view, { position }: CompletionParams, tools): CompletionList | null =>
      complete(view, position, tools, client.completion),
    (view, { position }, subject) => completeTest(view, position, subject, client.completion),
  );
  connection.onCompletion((params, token) => {
    const call = calls.find(params.textDocument.uri);
    if (call === undefined) return inDocuments(params, token);
    return safe.request('completion', null, (): CompletionList | null => {
      const policy = policies.view(call.policyUri);
      return policy ? completeCall(call.view, params.position, workspace.toolsFor(policy), client.completion) : null;
    })(params, token);
  });
  connection.onCompletionResolve((item, token) =>
    safe.request('completion documentation', item, (given: CompletionItem) => {
      const view = policies.view(itemUri(given) ?? '');
      return view === undefined ? given : resolveItem(given, view, workspace.toolsFor(view), client.completion.markup);
    })(item, token),
  );
  connection.onCodeAction(
    on(
      'code actions',
      [],
      (view, params: CodeActionParams, tools) => [
        ...codeActions(view, params, tools, client.versionedEdits),
        ...asked(view, params, tools, client),
        ...refactor(view, params, tools, client),
      ],
      (view, params, subject) => testCodeActions(view, params, subject, client.versionedEdits),
    ),
  );
}

function handleChosenActions(connection: Connection, { policies, workspace, safe, client }: Session): void {
  connection.onCodeActionResolve((action, token) =>
    safe.request('chosen code action', action, (chosen: CodeAction) => {
      const view = policies.view(actionUri(chosen) ?? '');
      return view === undefined ? chosen : resolveRefactoring(chosen, view, workspace.toolsFor(view), client);
    })(action, token),
  );
}

/** Quick fixes for which the editor asks the person something. */
function asked(
  view: PolicyView,
  { range, context }: CodeActionParams,
  tools: KnownTools,
  { excuseCommand, routeCommand, reviewCommand }: ClientFeatures,
): CodeAction[] {
  const wanted = context.only?.some((only) => isWithin(CodeActionKind.QuickFix, only)) ?? true;
  if (!wanted) return [];
  const selection = view.spanOf(range);
  return [
    ...(routeCommand === undefined ? [] : routeActions(view, selection, tools, routeCommand)),
    ...(reviewCommand === undefined ? [] : reviewActions(view, selection, tools, reviewCommand)),
    ...(excuseCommand === undefined ? [] : excuseActions(view, selection, tools, excuseCommand)),
  ];
}

/** What says what a policy means. */
function handleReading(connection: Connection, session: Session, on: MakeHandler): void {
  const { client } = session;
  connection.onHover(
    on(
      'hover',
      null,
      (view, { position }: HoverParams, tools): Hover | null => hover(view, position, tools, client.hoverMarkup),
      (view, { position }, subject) => hoverTest(view, position, subject, client.hoverMarkup),
    ),
  );
  connection.onCodeLens(on('code lens', [], (view, _: CodeLensParams, tools) => lensesOf(view, tools, session)));
  connection.languages.inlayHint.on(
    on('inlay hints', [], (view, { range }: InlayHintParams, tools) =>
      inlayHints(view, range, tools, session.settings.inlayHints),
    ),
  );
  connection.languages.semanticTokens.on(
    on('semantic tokens', { data: [] }, (view, _: SemanticTokensParams, tools) => semanticTokens(view, tools)),
  );
  connection.languages.diagnostics.on(
    on(
      'diagnostics',
      report([]),
      (view, _: DocumentDiagnosticParams, tools): DocumentDiagnosticReport => report(diagnose(view, tools)),
      (view, _, subject) => report(diagnoseTest(view, subject)),
    ),
  );
}

async function lensesOf(
  view: PolicyView,
  tools: KnownTools,
  { client, recorded, settings, workspace }: Session,
): Promise<CodeLens[]> {
  const { evaluateCommand, replayCommand } = client;
  const { server = view.statedServer } = tools;
  const show = settings.lens;
  const isOffered = show.summary && replayCommand !== undefined && server !== undefined;
  const canReplay = isOffered && (await recorded.has(server));
  return codeLenses(view, tools, {
    ...{ trusted: workspace.trusted, show },
    ...(evaluateCommand !== undefined && { evaluateCommand }),
    ...(canReplay && { replayCommand }),
  });
}

/** What needs the text alone. */
function handleStructure(connection: Connection, on: MakeHandler, onText: MakeTextHandler): void {
  connection.onDocumentSymbol(on('outline', [], (view, _: DocumentSymbolParams) => documentSymbols(view), testSymbols));
  connection.onFoldingRanges(onText('folding', (view, _: FoldingRangeParams) => foldingRanges(view)));
  connection.onSelectionRanges(
    onText('selection', (view, { positions }: SelectionRangeParams) => selectionRanges(view, positions)),
  );
  connection.onDocumentFormatting(
    onText('formatting', (view, { options }: DocumentFormattingParams) => formatPolicy(view, options)),
  );
  connection.onDocumentRangeFormatting(
    onText('formatting', (view, { options, range }: DocumentRangeFormattingParams) =>
      formatPolicy(view, options, range),
    ),
  );
}

function report(items: Diagnostic[]): DocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, items };
}
