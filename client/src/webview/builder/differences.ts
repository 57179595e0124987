/**
 * What the text of a policy says beside what is on disk, in VS Code's own comparison. Both sides are read-only: closing a comparison that
 * can be typed into asks whether to save, which is not what a person who only looks has in mind.
 */
import * as vscode from 'vscode';

const SCHEME = 'portcullis-difference';

type Side = 'saved' | 'present';

export class Differences implements vscode.TextDocumentContentProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#changed.fire(sideOf(document.uri, 'present'))),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#changed.fire(sideOf(uri, 'saved'))),
    );
  }

  async show(policy: vscode.Uri): Promise<void> {
    const title = vscode.l10n.t('{0}: as saved ↔ with changes', vscode.workspace.asRelativePath(policy));
    await vscode.commands.executeCommand('vscode.diff', sideOf(policy, 'saved'), sideOf(policy, 'present'), title);
  }

  async provideTextDocumentContent({ query, fragment }: vscode.Uri): Promise<string> {
    const policy = vscode.Uri.parse(query, true);
    if (fragment === 'present') return (await vscode.workspace.openTextDocument(policy)).getText();
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(policy));
  }
}

/** A name that is no policy's: what is wrong with the text is said of the text alone. */
const sideOf = (policy: vscode.Uri, side: Side): vscode.Uri =>
  vscode.Uri.from({ scheme: SCHEME, path: `${policy.path}.json`, query: policy.toString(), fragment: side });
