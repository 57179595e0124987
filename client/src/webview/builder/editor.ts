/**
 * The policy builder: a custom editor over the same text document that the text editor shows. The text is the truth: what is shown is read
 * from it, each change is an edit of it, and so undo, saving and other editors are VS Code's own.
 */
import * as vscode from 'vscode';
import { POLICY_LANGUAGE, type Language } from '../../language/language.ts';
import { pageHtml } from '../html.ts';
import { wordsLanguage } from '../language.ts';
import { BuilderPage } from './page.ts';
import { pageStrings } from './strings.ts';

export const BUILDER = 'portcullis.policyBuilder';

export class PolicyBuilder implements vscode.CustomTextEditorProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #language: Language;
  readonly #log: vscode.LogOutputChannel;

  constructor(extensionUri: vscode.Uri, language: Language, log: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#language = language;
    this.#log = log;
  }

  register(): vscode.Disposable {
    return vscode.window.registerCustomEditorProvider(BUILDER, this, { supportsMultipleEditorsPerDocument: true });
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'webview');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    new BuilderPage(document, panel, this.#language, this.#log);
    const files = { script: vscode.Uri.joinPath(dist, 'builder.js'), style: vscode.Uri.joinPath(dist, 'builder.css') };
    const head = { title: vscode.l10n.t('Policy Builder'), language: wordsLanguage() };
    webview.html = pageHtml(webview, files, head, pageStrings());
  }
}

/** `uri`: of the title bar's editor, or none for the active one. */
export async function openBuilder(uri?: unknown): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const policy = uri instanceof vscode.Uri ? uri : document?.languageId === POLICY_LANGUAGE ? document.uri : undefined;
  if (policy !== undefined) await vscode.commands.executeCommand('vscode.openWith', policy, BUILDER);
}

export async function openBuilderAsText(uri?: unknown): Promise<void> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const policy = uri instanceof vscode.Uri ? uri : input instanceof vscode.TabInputCustom ? input.uri : undefined;
  if (policy !== undefined) await vscode.window.showTextDocument(policy, { preview: false });
}
