/** One open builder: what its page shows of the document, and what the page asks for. Lives as long as its tab. */
import * as vscode from 'vscode';
import type {
  PolicyChange,
  PolicyChangeResult,
  PolicyToolsResult,
} from '../../../../server/src/protocol/policyTools.ts';
import type { Language } from '../../language/language.ts';
import type { FromPage, ToPage } from './messages.ts';
import { outcomeText } from './outcome.ts';
import { policyChange, policyTools } from './requests.ts';

/** Times that a change is worked out again because somebody typed meanwhile. */
const MOST_ATTEMPTS = 5;

export class BuilderPage {
  readonly #document: vscode.TextDocument;
  readonly #panel: vscode.WebviewPanel;
  readonly #language: Language;
  readonly #log: vscode.LogOutputChannel;
  #shown: PolicyToolsResult | undefined;
  /** Changes are made one after the other, each to the text that the one before left. */
  #changing: Promise<void> = Promise.resolve();
  #reading = false;
  #isStale = false;

  constructor(
    document: vscode.TextDocument,
    panel: vscode.WebviewPanel,
    language: Language,
    log: vscode.LogOutputChannel,
  ) {
    this.#document = document;
    this.#panel = panel;
    this.#language = language;
    this.#log = log;
    const refreshOwn = (changed: vscode.TextDocument): void => {
      if (changed === document) this.#refresh();
    };
    const subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => refreshOwn(event.document)),
      vscode.workspace.onDidSaveTextDocument(refreshOwn),
      language.onDidChangeServers(() => this.#refresh()),
      panel.webview.onDidReceiveMessage((message: FromPage) => this.#receive(message)),
    ];
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
    });
  }

  #receive(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        return this.#refresh();
      case 'state': {
        const { tools, state } = message;
        return this.#change({ kind: 'state', tools, state });
      }
      case 'default':
        return this.#change({ kind: 'default', value: message.value });
      case 'text':
        return this.#guard(this.#showText(message.rule));
      case 'differences': {
        const compare = 'workbench.files.action.compareWithSaved';
        return this.#guard(vscode.commands.executeCommand(compare, this.#document.uri));
      }
    }
  }

  /** While one reading is under way, many changes ask for one more. */
  #refresh(): void {
    this.#isStale = true;
    if (this.#reading) return;
    this.#reading = true;
    this.#guard(this.#read().finally(() => (this.#reading = false)));
  }

  async #read(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const shown = await policyTools(this.#language, this.#document);
      if (shown === null || this.#isStale) continue;
      this.#shown = shown;
      this.#send(shown.kind === 'invalid' ? invalid(shown) : policy(shown, this.#document.isDirty));
    }
  }

  #change(change: PolicyChange): void {
    this.#changing = this.#changing.then(() => this.#apply(change)).catch((error: unknown) => this.#report(error));
  }

  async #apply(change: PolicyChange): Promise<void> {
    const result = await this.#edit(change);
    if (result === undefined) return;
    if (change.kind === 'state' && change.state === 'custom' && result?.place) {
      const { start, end } = result.place;
      return await this.#show(new vscode.Range(start.line, start.character, end.line, end.character));
    }
    this.#send({ type: 'outcome', text: outcomeText(change, result) });
  }

  /** `undefined`: somebody kept typing. */
  async #edit(change: PolicyChange): Promise<PolicyChangeResult | undefined> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const { version } = this.#document;
      const result = await policyChange(this.#language, this.#document, change);
      if (version !== this.#document.version) continue;
      if (result === null || result.edits.length === 0) return result;
      const edit = new vscode.WorkspaceEdit();
      edit.set(this.#document.uri, result.edits.map(textEdit));
      if (await vscode.workspace.applyEdit(edit)) return result;
    }
    return undefined;
  }

  async #showText(rule: string | undefined): Promise<void> {
    const shown = this.#shown;
    if (shown?.kind === 'invalid') {
      const { start } = shown.range;
      return await this.#show(new vscode.Range(start.line, start.character, start.line, start.character));
    }
    const uri = this.#document.uri.toString();
    await this.#show(rule === undefined ? undefined : await this.#language.locateRule({ uri, rule, tool: '' }));
  }

  async #show(selection: vscode.Range | undefined): Promise<void> {
    const options = { preview: false, viewColumn: this.#panel.viewColumn ?? vscode.ViewColumn.Active };
    await vscode.window.showTextDocument(this.#document, { ...options, ...(selection && { selection }) });
  }

  #send(message: ToPage): void {
    // A hidden page asks again when it comes back.
    if (this.#panel.visible) void this.#panel.webview.postMessage(message);
  }

  #guard(work: Thenable<unknown>): void {
    work.then(undefined, (error: unknown) => this.#report(error));
  }

  #report(error: unknown): void {
    this.#log.error('Policy Builder', error);
    this.#send({ type: 'outcome', text: vscode.l10n.t('That did not work. The output channel Portcullis says why.') });
  }
}

type Edits = NonNullable<PolicyChangeResult>['edits'];

function textEdit({ range: { start, end }, newText }: Edits[number]): vscode.TextEdit {
  return new vscode.TextEdit(new vscode.Range(start.line, start.character, end.line, end.character), newText);
}

function policy(shown: Extract<PolicyToolsResult, { kind: 'policy' }>, isDirty: boolean): ToPage {
  const { tools, everyTool } = shown;
  return { type: 'policy', tools, everyTool, default: shown.default, source: sourceText(shown), isDirty };
}

function invalid({ problem, range }: Extract<PolicyToolsResult, { kind: 'invalid' }>): ToPage {
  const title = vscode.l10n.t('The text is no valid policy (line {0})', range.start.line + 1);
  return { type: 'invalid', title, problem };
}

function sourceText({ server, list, problem }: Extract<PolicyToolsResult, { kind: 'policy' }>): string {
  if (server === undefined)
    return vscode.l10n.t('No MCP server, or more than one, could be meant: name one as "server".');
  switch (list) {
    case 'live':
      return vscode.l10n.t('Tools of {0}', server);
    case 'listing':
      return vscode.l10n.t('Listing the tools of {0}…', server);
    case 'snapshot':
      return vscode.l10n.t('Tools of {0}, from a saved list', server);
    case 'failed':
      return vscode.l10n.t('{0} cannot be reached: {1}', server, problem ?? '');
    case 'unknown':
      return vscode.l10n.t('The tools of {0} were never listed', server);
  }
}
