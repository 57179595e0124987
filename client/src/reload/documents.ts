/** The read-only document that shows the whole of what an edit that waits would let through. */
import * as vscode from 'vscode';
import type { HeldEdit } from '../gateway/held.ts';
import { ReadOnlyTexts } from '../views/readOnlyTexts.ts';
import { wholeList } from './heldList.ts';

const SCHEME = 'portcullis-held';

export class HeldDocuments implements vscode.Disposable {
  readonly #texts = new ReadOnlyTexts(SCHEME);

  /** Resolves with what closes it again. The name of an edit's document says which content it is for, so its text never changes. */
  async show({ what, server, hash, loosened }: HeldEdit): Promise<() => Promise<void>> {
    const path = `/${vscode.l10n.t('What would take effect')}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: `${what} ${server} ${hash}` });
    this.#texts.set(uri, wholeList(loosened));
    await vscode.window.showTextDocument(uri, { preview: true });
    return () => this.#texts.close(uri);
  }

  dispose(): void {
    this.#texts.dispose();
  }
}
