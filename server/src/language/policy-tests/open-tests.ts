/** Which open documents are policy tests, and the present view of each. */
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isPolicyTest, TestView } from './test-view.ts';

export class OpenTests {
  readonly #documents: TextDocuments<TextDocument>;
  readonly #views = new Map<string, TestView>();

  constructor(documents: TextDocuments<TextDocument>) {
    this.#documents = documents;
  }

  /** The view of the text as it is now; `undefined` for a document that is not open or no policy test. */
  view(uri: string): TestView | undefined {
    const document = this.#documents.get(uri);
    if (document === undefined || !isPolicyTest(document)) return undefined;
    const known = this.#views.get(uri);
    if (known?.version === document.version) return known;
    const view = new TestView(document, known?.memory);
    this.#views.set(uri, view);
    return view;
  }

  all(): readonly TestView[] {
    return this.#documents.all().flatMap(({ uri }) => this.view(uri) ?? []);
  }

  close(uri: string): void {
    this.#views.delete(uri);
  }
}
