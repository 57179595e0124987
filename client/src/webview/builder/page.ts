/** One open builder: what its page shows of the document, and what the page asks for. Lives as long as its tab. */
import * as vscode from 'vscode';
import type {
  PolicyChange,
  PolicyChangeResult,
  PolicyToolsResult,
} from '../../../../server/src/protocol/policyTools.ts';
import type { FormOwner } from '../../../../server/src/protocol/policyForms.ts';
import type { WireRange } from '../../../../server/src/protocol/language.ts';
import type { Language } from '../../language/language.ts';
import { rangeOf } from '../../views/range.ts';
import type { Differences } from './differences.ts';
import type { FromPage, ToPage } from './messages.ts';
import { outcomeText } from './outcome.ts';
import { Repeated } from './repeated.ts';
import { policyChange, policyForm, policyPlace, policyTools } from './requests.ts';
import { shownMessage } from './shown.ts';

/** Times that a change is worked out again because somebody typed meanwhile. */
const MOST_ATTEMPTS = 5;

interface Parts {
  readonly language: Language;
  readonly log: vscode.LogOutputChannel;
  readonly differences: Differences;
}

export class BuilderPage {
  readonly #document: vscode.TextDocument;
  readonly #panel: vscode.WebviewPanel;
  readonly #language: Language;
  readonly #log: vscode.LogOutputChannel;
  readonly #differences: Differences;
  #shown: PolicyToolsResult | undefined;
  /** Changes are made one after the other, each to the text that the one before left. */
  #changing: Promise<void> = Promise.resolve();
  readonly #tools = new Repeated((isStale) => this.#guarded(this.#readTools(isStale)));
  readonly #form = new Repeated((isStale) => this.#guarded(this.#readForm(isStale)));
  /** A page that is hidden is gone, and says so when it is there again. */
  #isReady = false;
  /** Whose rules the page shows beside the table. */
  #owner: FormOwner | undefined;
  /** What the keys act on: where the text opens. */
  #active: FormOwner | undefined;
  /** Where the person comes from, until the page is there to show it. */
  #place: vscode.Position | undefined;

  constructor(document: vscode.TextDocument, panel: vscode.WebviewPanel, { language, log, differences }: Parts) {
    this.#document = document;
    this.#panel = panel;
    this.#language = language;
    this.#log = log;
    this.#differences = differences;
    const refreshOwn = (changed: vscode.TextDocument): void => {
      if (changed === document) this.#refresh();
    };
    const subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => refreshOwn(event.document)),
      vscode.workspace.onDidSaveTextDocument(refreshOwn),
      language.onDidChangeServers(() => this.#refresh()),
      panel.onDidChangeViewState(() => (this.#isReady &&= panel.visible)),
      panel.webview.onDidReceiveMessage((message: FromPage) => this.#receive(message)),
    ];
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
    });
  }

  get uri(): vscode.Uri {
    return this.#document.uri;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  /** Shows the tool whose rules stand at a place of the text, once the page has tools. */
  reveal(place: vscode.Position): void {
    this.#place = place;
    this.#refresh();
  }

  /** The text, where the rules stand that are shown or chosen here. */
  async showText(): Promise<void> {
    if (!this.#isReady) await this.#readTools(() => false);
    const owner = this.#active ?? this.#owner;
    const form = owner && (await policyForm(this.#language, this.#document, owner));
    await this.#showText(form?.range);
  }

  #receive(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        return this.#refresh();
      case 'active':
        this.#active = { kind: 'entry', key: message.tool };
        return;
      case 'owner':
        this.#owner = message.owner;
        this.#active = message.owner ?? this.#active;
        return this.#form.ask();
      case 'rule': {
        const { owner, edit, key } = message;
        return this.#change({ kind: 'rule', owner, edit }, key);
      }
      case 'state': {
        const { tools, state } = message;
        return this.#change({ kind: 'state', tools, state });
      }
      case 'default':
        return this.#change({ kind: 'default', value: message.value });
      case 'after':
        return this.#next(() => this.#step(message.step));
      case 'text':
        return this.#guard(this.#showText(message.range));
      case 'differences':
        return this.#guard(this.#differences.show(this.#document.uri));
    }
  }

  /** A page that is not there asks for everything once it is. */
  #refresh(): void {
    if (!this.#isReady) return;
    this.#tools.ask();
    this.#form.ask();
  }

  async #readTools(isStale: () => boolean): Promise<void> {
    const shown = await policyTools(this.#language, this.#document);
    if (shown === null || isStale()) return;
    this.#shown = shown;
    this.#send(shownMessage(shown, this.#document.isDirty));
    const place = this.#place;
    if (place === undefined || !this.#isReady) return;
    this.#place = undefined;
    const owner = await policyPlace(this.#language, this.#document, place);
    if (owner !== null) this.#send({ type: 'reveal', owner });
  }

  async #readForm(isStale: () => boolean): Promise<void> {
    const owner = this.#owner;
    const form = owner && (await policyForm(this.#language, this.#document, owner));
    if (form && !isStale()) this.#send({ type: 'form', form });
  }

  /** `key`: of the field that the change comes from. */
  #change(change: PolicyChange, key?: string): void {
    this.#next(async () => {
      await this.#guarded(this.#apply(change, key));
      this.#send({ type: 'settled' });
    });
  }

  #next(work: () => Promise<void>): void {
    this.#changing = this.#changing.then(() => this.#guarded(work()));
  }

  /** Of this editor: where another one was turned to meanwhile, nothing. */
  async #step(step: Extract<FromPage, { type: 'after' }>['step']): Promise<void> {
    if (this.#panel.active) await vscode.commands.executeCommand(stepCommands[step]);
  }

  async #apply(change: PolicyChange, key: string | undefined): Promise<void> {
    const result = await this.#edit(change);
    if (result === undefined) return;
    if (result?.problem !== undefined && key !== undefined)
      this.#send({ type: 'refused', key, problem: result.problem });
    if (change.kind === 'state' && change.state === 'custom' && result?.place) {
      return await this.#show(rangeOf(result.place));
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

  async #showText(range: WireRange | undefined): Promise<void> {
    const shown = this.#shown;
    if (shown?.kind === 'invalid') {
      const { start } = shown.range;
      return await this.#show(new vscode.Range(start.line, start.character, start.line, start.character));
    }
    await this.#show(range && rangeOf(range));
  }

  async #show(selection: vscode.Range | undefined): Promise<void> {
    const options = { preview: false, viewColumn: this.#panel.viewColumn ?? vscode.ViewColumn.Active };
    await vscode.window.showTextDocument(this.#document, { ...options, ...(selection && { selection }) });
  }

  #send(message: ToPage): void {
    if (this.#isReady) void this.#panel.webview.postMessage(message);
  }

  #guard(work: Thenable<unknown>): void {
    void this.#guarded(work);
  }

  async #guarded(work: Thenable<unknown>): Promise<void> {
    await work.then(undefined, (error: unknown) => this.#report(error));
  }

  #report(error: unknown): void {
    this.#log.error('Policy Builder', error);
    this.#send({ type: 'outcome', text: vscode.l10n.t('That did not work. The output channel Portcullis says why.') });
  }
}

const stepCommands = { undo: 'undo', redo: 'redo', save: 'workbench.action.files.save' } as const;

type Edits = NonNullable<PolicyChangeResult>['edits'];

const textEdit = ({ range, newText }: Edits[number]): vscode.TextEdit => new vscode.TextEdit(rangeOf(range), newText);
