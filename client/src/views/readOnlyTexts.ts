/** Texts under a scheme of their own, which can be read and not changed, and the closing of what shows them. */
import * as vscode from 'vscode';

export class ReadOnlyTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** `uri`: of the scheme. The text under one that is open never changes. */
  set(uri: vscode.Uri, text: string): void {
    this.#texts.set(uri.toString(), text);
  }

  /** Forgets one text. */
  async close(uri: vscode.Uri): Promise<void> {
    this.#texts.delete(uri.toString());
    await closeTabs((shown) => shown.toString() === uri.toString());
  }

  async closeAll(): Promise<void> {
    await closeTabs(({ scheme }) => scheme === this.#scheme);
    this.#texts.clear();
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Of a comparison, the right side counts. The focus stays where it is. */
export async function closeTabs(isOurs: (uri: vscode.Uri) => boolean): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(({ input }) => {
    if (input instanceof vscode.TabInputTextDiff) return isOurs(input.modified);
    return input instanceof vscode.TabInputText && isOurs(input.uri);
  });
  await vscode.window.tabGroups.close(ours, true);
}
