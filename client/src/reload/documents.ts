/** The read-only document that shows the whole of what an edit that waits would let through. */
import * as vscode from 'vscode';
import type { HeldEdit } from '../gateway/held.ts';
import { wholeList } from './heldList.ts';

const SCHEME = 'portcullis-held';

export class HeldDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Resolves with what closes it again. The name of an edit's document says which content it is for, so its text never changes. */
  async show({ what, server, hash, loosened }: HeldEdit): Promise<() => Promise<void>> {
    const path = `/${vscode.l10n.t('What would take effect')}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: `${what} ${server} ${hash}` });
    this.#texts.set(uri.toString(), wholeList(loosened));
    await vscode.window.showTextDocument(uri, { preview: true });
    return () => this.#close(uri.toString());
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async #close(uri: string): Promise<void> {
    this.#texts.delete(uri);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const ours = tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri);
    await vscode.window.tabGroups.close(ours, true);
  }
}
