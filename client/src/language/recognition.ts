/**
 * Gives a bare `policy.json` the language of policies when its content is one, once for each opened document. Many products have a file
 * of that name: theirs stay with VS Code's JSON, and so does one that the user turns back.
 */
import * as vscode from 'vscode';
import { looksLikePolicy } from '../../../server/src/policy/recognise.ts';
import { POLICY_LANGUAGE, TEST_LANGUAGE, type Language } from './language.ts';

/** Milliseconds without typing before a file that was opened empty is looked at again. */
const TYPING_PAUSE = 300;

export class Recognition implements vscode.Disposable {
  readonly #language: Language;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable[] = [];
  /** Documents whose language is settled: recognised, or chosen by the user. A change of language keeps the document object. */
  readonly #settled = new WeakSet<vscode.TextDocument>();
  readonly #openedEmpty = new WeakSet<vscode.TextDocument>();
  readonly #pauses = new Map<vscode.TextDocument, NodeJS.Timeout>();

  constructor(language: Language, log: vscode.LogOutputChannel) {
    this.#language = language;
    this.#log = log;
    const { workspace } = vscode;
    this.#subscriptions.push(
      workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      workspace.onDidSaveTextDocument((document) => void this.#examine(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)),
      workspace.onDidCloseTextDocument((document) => this.#forgetPause(document)),
    );
    for (const document of workspace.textDocuments) this.#opened(document);
  }

  dispose(): void {
    for (const pause of this.#pauses.values()) clearTimeout(pause);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #opened(document: vscode.TextDocument): void {
    if (document.languageId === TEST_LANGUAGE) this.#start();
    if (document.languageId === POLICY_LANGUAGE) {
      this.#settled.add(document);
      this.#start();
    }
    if (isBlank(document)) this.#openedEmpty.add(document);
    void this.#examine(document);
  }

  #start(): void {
    this.#language.start().catch((error: unknown) => this.#log.error('The language server did not start.', error));
  }

  #changed(document: vscode.TextDocument): void {
    if (!this.#openedEmpty.has(document) || !this.#isCandidate(document)) return;
    this.#forgetPause(document);
    this.#pauses.set(
      document,
      setTimeout(() => void this.#examine(document), TYPING_PAUSE),
    );
  }

  #forgetPause(document: vscode.TextDocument): void {
    clearTimeout(this.#pauses.get(document));
    this.#pauses.delete(document);
  }

  async #examine(document: vscode.TextDocument): Promise<void> {
    if (!this.#isCandidate(document)) return;
    if (!looksLikePolicy(document.getText())) return;
    this.#settled.add(document);
    try {
      await vscode.languages.setTextDocumentLanguage(document, POLICY_LANGUAGE);
    } catch (error) {
      this.#log.error(`${document.uri.toString()} could not be given the language of policies.`, error);
    }
  }

  /** False for nearly every document: only then is a text read. */
  #isCandidate(document: vscode.TextDocument): boolean {
    const isJson = document.languageId === 'json' || document.languageId === 'jsonc';
    return isJson && !document.isClosed && document.uri.path.endsWith('/policy.json') && !this.#settled.has(document);
  }
}

const isBlank = (document: vscode.TextDocument): boolean => /^[\s{}]*$/.test(document.getText());
