/**
 * Trying calls out: a call beside its policy, what is decided above it as a lens, the trace below it. Decided anew with every change of the
 * call and of the policy. Nothing is sent to a server.
 */
import * as vscode from 'vscode';
import type { EvaluateResult } from '../../../server/src/protocol/language.ts';
import { CALL_LANGUAGE, type Language } from '../language/language.ts';
import { iconTitle } from '../views/lens.ts';
import { MemoryFiles } from '../views/memoryFiles.ts';
import { rangeOf } from '../views/range.ts';
import { TraceDocuments, traceOf } from './traceDocuments.ts';

const CALL_SCHEME = 'portcullis-call';

export class Trial implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #language: Language;
  readonly #log: vscode.LogOutputChannel;
  readonly #files = new MemoryFiles();
  readonly #traces = new TraceDocuments();
  readonly #problems = vscode.languages.createDiagnosticCollection('portcullis-call');
  readonly #results = new Map<string, EvaluateResult>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(language: Language, log: vscode.LogOutputChannel) {
    this.#language = language;
    this.#log = log;
    this.#subscriptions = [
      this.#files.register(CALL_SCHEME),
      this.#traces.register(),
      this.#problems,
      vscode.languages.registerCodeLensProvider({ scheme: CALL_SCHEME }, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#textChanged(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      language.onDidChangeServers(() => this.#decideAll()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** @param tool - Empty: the person names it in the call. */
  async open(policy: vscode.Uri, tool: string): Promise<void> {
    const call = callUri(policy, tool);
    if (!this.#files.has(call)) {
      const text = await this.#language.callTemplate({ policyUri: policy.toString(), tool });
      if (text === null) return;
      this.#files.writeFile(call, new TextEncoder().encode(text));
    }
    const document = await vscode.workspace.openTextDocument(call);
    await this.#decide(document);
    await showBoth(document);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const result = this.#results.get(document.uri.toString());
    if (result === undefined) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    return lensCommands(document.uri, result).map((command) => new vscode.CodeLens(top, command));
  }

  #textChanged(document: vscode.TextDocument): void {
    if (document.uri.scheme === CALL_SCHEME) return void this.#decide(document);
    for (const call of openCalls()) if (policyOf(call.uri) === document.uri.toString()) void this.#decide(call);
  }

  #decideAll(): void {
    for (const call of openCalls()) void this.#decide(call);
  }

  async #decide(call: vscode.TextDocument): Promise<void> {
    const { uri, version } = call;
    try {
      const result = await this.#language.evaluate({ policyUri: policyOf(uri), call: call.getText() });
      // A later answer is on its way.
      if (result === null || call.version !== version) return;
      this.#results.set(uri.toString(), result);
      this.#problems.set(uri, problemsOf(result));
      if (result.kind === 'decision') this.#traces.set(uri, result);
      this.#changed.fire();
    } catch (error) {
      this.#log.error('A call could not be evaluated.', error);
    }
  }

  #forget({ uri }: vscode.TextDocument): void {
    if (uri.scheme !== CALL_SCHEME) return;
    this.#results.delete(uri.toString());
    this.#problems.delete(uri);
  }
}

/** The policy is the address's query; the name is what the tab shows. */
function callUri(policy: vscode.Uri, tool: string): vscode.Uri {
  const name = tool === '' ? 'call' : tool.replaceAll('/', '_');
  return vscode.Uri.from({ scheme: CALL_SCHEME, path: `/${name}.mcp-call.json`, query: policy.toString() });
}

const policyOf = (call: vscode.Uri): string => call.query;

const openCalls = (): vscode.TextDocument[] =>
  vscode.workspace.textDocuments.filter(
    ({ uri, languageId }) => uri.scheme === CALL_SCHEME && languageId === CALL_LANGUAGE,
  );

/** The call beside the policy, the trace below the call; the call has the focus. */
async function showBoth(call: vscode.TextDocument): Promise<void> {
  const trace = traceOf(call.uri);
  const isShown = vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === trace.toString());
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document === call);
  const column = shown?.viewColumn ?? vscode.ViewColumn.Beside;
  const editor = await vscode.window.showTextDocument(call, { viewColumn: column, preview: false });
  if (isShown) return;
  await vscode.commands.executeCommand('workbench.action.newGroupBelow');
  await vscode.window.showTextDocument(trace, { preview: false });
  await vscode.window.showTextDocument(call, editor.viewColumn ?? vscode.ViewColumn.Active);
}

function problemsOf(result: EvaluateResult): vscode.Diagnostic[] {
  if (result.kind !== 'problem') return [];
  return [new vscode.Diagnostic(rangeOf(result.range), result.problem, vscode.DiagnosticSeverity.Error)];
}

function lensCommands(call: vscode.Uri, result: EvaluateResult): vscode.Command[] {
  const showTrace = { command: 'vscode.open', arguments: [traceOf(call)] };
  if (result.kind === 'problem') return [{ title: vscode.l10n.t('This is no call yet'), command: '' }];
  const openRule = result.range && {
    title: vscode.l10n.t('Open the rule'),
    command: 'vscode.open',
    arguments: [
      vscode.Uri.parse(policyOf(call)),
      { selection: rangeOf(result.range), viewColumn: vscode.ViewColumn.One },
    ],
  };
  return [{ title: verdict(result), ...showTrace }, ...(openRule ? [openRule] : [])];
}

function verdict({ decision, rule }: Extract<EvaluateResult, { kind: 'decision' }>): string {
  // A name that looks like an icon is shown as text.
  const named = rule.replaceAll('$(', '$ (');
  switch (decision) {
    case 'allow':
      return iconTitle('pass', vscode.l10n.t('Allowed'));
    case 'deny':
      return iconTitle('circle-slash', vscode.l10n.t('Denied by {0}', named));
    case 'needs_approval':
      return iconTitle('person', vscode.l10n.t('Needs approval by {0}', named));
  }
}
