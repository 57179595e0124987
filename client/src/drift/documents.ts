/** The read-only documents of a review: a tool as it was reviewed, beside the tool as its server lists it now. */
import * as vscode from 'vscode';
import type { ReviewedChange } from '../../../server/src/protocol/review.ts';
import { foldLines } from '../views/foldLines.ts';
import { ReadOnlyTexts } from '../views/readOnlyTexts.ts';

const SCHEME = 'portcullis-drift';

export class DriftDocuments implements vscode.Disposable {
  readonly #texts = new ReadOnlyTexts(SCHEME);
  #shown = 0;

  /** `covered`: lines from the top on which nothing may stand, since a list lies over them. The focus stays where it is. */
  async show(server: string, change: ReviewedChange, covered = 0): Promise<void> {
    this.#shown += 1;
    const [before, after] = [change.before, change.after].map((text, side) =>
      this.#document(change, side, text, covered),
    );
    const options = { preserveFocus: true, preview: true };
    await vscode.commands.executeCommand('vscode.diff', before, after, titleOf(server, change), options);
  }

  /** Closes every difference, and forgets their texts. */
  async close(): Promise<void> {
    await this.#texts.closeAll();
  }

  dispose(): void {
    this.#texts.dispose();
  }

  /** Each text has an address of its own: what is read under one never changes. */
  #document({ label }: ReviewedChange, side: number, text: string, covered: number): vscode.Uri {
    const path = `/${label.replaceAll('/', '_')}.mcp-tool.json`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: `${String(this.#shown)} ${String(side)}` });
    const lines = [...Array<string>(covered).fill(''), ...foldLines(text.split('\n'))];
    this.#texts.set(uri, lines.join('\n'));
    return uri;
  }
}

function titleOf(server: string, { kind, label, former }: ReviewedChange): string {
  switch (kind) {
    case 'new':
      return vscode.l10n.t('{0}: new, as {1} lists it', label, server);
    case 'gone':
      return vscode.l10n.t('{0}: as it was reviewed, and gone from {1}', label, server);
    case 'renamed':
      return vscode.l10n.t('{0}: as it was reviewed ↔ {1}: as {2} lists it now', former ?? '', label, server);
    case 'changed':
      return vscode.l10n.t('{0}: as it was reviewed ↔ as {1} lists it now', label, server);
  }
}
