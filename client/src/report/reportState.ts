/** The document that "Report State" shows: it can be read before it is sent, and cannot be taken for a file. */
import * as vscode from 'vscode';

const SCHEME = 'portcullis-report';

/** The document is made anew whenever it is opened. */
export class StateReport implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  #text = '';

  provideTextDocumentContent(): string {
    return this.#text;
  }

  async show(text: string): Promise<void> {
    this.#text = text;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: '/Portcullis State.md' });
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
