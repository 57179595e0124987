/** The read-only documents that show calls which wait for approval. They close with their call. */
import * as vscode from 'vscode';
import type { PendingCall } from '../../../server/src/protocol/approval.ts';
import { ReadOnlyTexts } from '../views/readOnlyTexts.ts';
import { detailsOf } from './details.ts';

const SCHEME = 'portcullis-approval';
/** Has the colours of JSON and of comments, and nobody who reports problems: long lines are folded, which JSON has no way to say. */
const LANGUAGE = 'jsonl';

export class ApprovalDocuments implements vscode.Disposable {
  readonly #texts = new ReadOnlyTexts(SCHEME);

  /** Leaves the focus where it is. */
  async show(call: PendingCall): Promise<void> {
    const uri = uriOf(call);
    this.#texts.set(uri, detailsOf(call));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    await vscode.window.showTextDocument(document, { preserveFocus: true, preview: true });
  }

  async close(call: PendingCall): Promise<void> {
    await this.#texts.close(uriOf(call));
  }

  dispose(): void {
    this.#texts.dispose();
  }
}

/** The name of the tab; the id tells calls of one tool apart. */
function uriOf({ tool, id }: PendingCall): vscode.Uri {
  const name = tool.replaceAll('/', '_');
  return vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t('Approve {0}?', name)}`, query: id });
}
