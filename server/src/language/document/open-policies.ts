/** Which open documents are policies, and the present view of each. Owns views; the text itself is kept by LSP's document store. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { looksLikePolicy } from '../../policy/index.ts';
import { isPolicyTest } from '../policy-tests/test-view.ts';
import { PolicyView } from './policy-view.ts';

/** The language id of policies in editors that know it. Others send some name for JSON, and the content decides. */
const POLICY_LANGUAGE = 'mcp-policy';

interface DocumentStore {
  get(uri: string): TextDocument | undefined;
  all(): TextDocument[];
}

export class OpenPolicies {
  readonly #documents: DocumentStore;
  readonly #views = new Map<string, PolicyView | undefined>();

  constructor(documents: DocumentStore) {
    this.#documents = documents;
  }

  /** The view of the text as it is now; `undefined` for a document that is not open or no policy. */
  view(uri: string): PolicyView | undefined {
    const document = this.#documents.get(uri);
    if (document === undefined) return undefined;
    const known = this.#views.get(uri);
    if (known?.version === document.version) return known;
    const view = !isPolicyTest(document) && isPolicy(document) ? new PolicyView(document, known?.memory) : undefined;
    this.#views.set(uri, view);
    return view;
  }

  all(): readonly PolicyView[] {
    return this.#documents.all().flatMap(({ uri }) => this.view(uri) ?? []);
  }

  close(uri: string): void {
    this.#views.delete(uri);
  }
}

function isPolicy(document: TextDocument): boolean {
  if (document.languageId === POLICY_LANGUAGE) return true;
  const isJson = /json/i.test(document.languageId) || document.uri.endsWith('.json');
  return isJson && looksLikePolicy(document.getText());
}
