/** What would be written into files of MCP clients, beside what is there: read-only differences, closed when the question is answered. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { FileChange } from '../../../server/src/protocol/connect.ts';
import { ReadOnlyTexts } from '../views/readOnlyTexts.ts';

const SCHEME = 'portcullis-connect';

export class ChangesPreview {
  readonly #texts = new ReadOnlyTexts(SCHEME);
  #shown = 0;

  /** Shows every change, the first one in front; leaves the focus where it is. */
  async show(changes: readonly FileChange[]): Promise<void> {
    await this.#texts.closeAll();
    for (const change of changes.toReversed()) await this.#showOne(change);
  }

  async close(): Promise<void> {
    await this.#texts.closeAll();
    this.#texts.dispose();
  }

  async #showOne({ file, before, after }: FileChange): Promise<void> {
    const name = path.basename(file);
    const title = vscode.l10n.t('{0}: as it is ↔ as it would be', name);
    const [left, right] = [this.#document(file, 'before', before ?? ''), this.#document(file, 'after', after ?? '')];
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preserveFocus: true, preview: false });
  }

  /** Keeps the file's name, and with it its colours. */
  #document(file: string, side: string, text: string): vscode.Uri {
    const uri = vscode.Uri.file(file).with({ scheme: SCHEME, query: `${side} ${String((this.#shown += 1))}` });
    this.#texts.set(uri, text);
    return uri;
  }
}
