/**
 * The policy builder: a custom editor over the same text document that the text editor shows. The text is the truth: what is shown is read
 * from it, each change is an edit of it, and so undo, saving and other editors are VS Code's own.
 */
import * as vscode from 'vscode';
import type { Language } from '../../language/language.ts';
import { pageHtml } from '../html.ts';
import { wordsLanguage } from '../language.ts';
import { Differences } from './differences.ts';
import { BuilderPage } from './page.ts';
import { pageStrings } from './strings.ts';

export const BUILDER = 'portcullis.policyBuilder';

export class PolicyBuilder implements vscode.CustomTextEditorProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #language: Language;
  readonly #log: vscode.LogOutputChannel;
  readonly #differences = new Differences();
  readonly #pages = new Set<BuilderPage>();
  /** Where the person was in the text, by URI, for a page that is being made. */
  readonly #places = new Map<string, vscode.Position>();

  constructor(extensionUri: vscode.Uri, language: Language, log: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#language = language;
    this.#log = log;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#differences.register(),
      vscode.window.registerCustomEditorProvider(BUILDER, this, { supportsMultipleEditorsPerDocument: true }),
    );
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'webview');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const page = new BuilderPage(document, panel, {
      language: this.#language,
      log: this.#log,
      differences: this.#differences,
    });
    this.#pages.add(page);
    panel.onDidDispose(() => this.#pages.delete(page));
    const place = this.#places.get(document.uri.toString());
    if (place) page.reveal(place);
    this.#places.delete(document.uri.toString());
    const files = { script: vscode.Uri.joinPath(dist, 'builder.js'), style: vscode.Uri.joinPath(dist, 'builder.css') };
    const head = { title: vscode.l10n.t('Policy Builder'), language: wordsLanguage() };
    webview.html = pageHtml(webview, files, head, pageStrings());
  }

  /** Opens the builder at the tool whose rules stand at a place of the text. */
  async open(policy: vscode.Uri, place: vscode.Position | undefined): Promise<void> {
    const before = this.pageOf(policy);
    if (place && before === undefined) this.#places.set(policy.toString(), place);
    await vscode.commands.executeCommand('vscode.openWith', policy, BUILDER);
    if (place) before?.reveal(place);
  }

  /** The page of a policy, the one that is worked in where there are several. */
  pageOf(policy: vscode.Uri): BuilderPage | undefined {
    const pages = [...this.#pages].filter(({ uri }) => uri.toString() === policy.toString());
    return pages.find(({ isActive }) => isActive) ?? pages[0];
  }
}
