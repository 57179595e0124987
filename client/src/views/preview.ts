/** A policy as it would be, read-only, beside whatever asks about it. Nothing is on disk until the person accepts. */
import * as vscode from 'vscode';
import { closeTabs } from './readOnlyTexts.ts';

const SCHEME = 'portcullis-preview';

export class PolicyPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration: vscode.Disposable;
  readonly #uri: vscode.Uri;
  readonly #present: vscode.Uri | undefined;
  #text = '';
  #shown = false;

  /**
   * @param server - Its name stands in the tab.
   * @param present - The policy to compare with; absent for a new one.
   */
  constructor(server: string, present?: vscode.Uri) {
    // A name that gives it the language of policies: hovers tell the risk of each tool.
    this.#uri = vscode.Uri.from({ scheme: SCHEME, path: `/${server.replaceAll('/', '_')}.policy.json` });
    this.#present = present;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }

  /** Leaves the focus where it is. */
  async show(text: string): Promise<void> {
    this.#text = text;
    if (this.#shown) return this.#changed.fire(this.#uri);
    this.#shown = true;
    const options = { preserveFocus: true, preview: true };
    if (this.#present === undefined) await vscode.window.showTextDocument(this.#uri, options);
    else {
      const title = vscode.l10n.t('{0}: as it is ↔ as it would be', vscode.workspace.asRelativePath(this.#present));
      await vscode.commands.executeCommand('vscode.diff', this.#present, this.#uri, title, options);
    }
  }

  async close(): Promise<void> {
    await closeTabs((uri) => uri.toString() === this.#uri.toString());
    this.dispose();
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
