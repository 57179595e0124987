/** Types in a policy that is open in the real server, over the real protocol: one character at a time, here and there. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, Position } from 'vscode-languageserver';
import { connectClient, type TestClient } from '../../language/support/client.ts';
import { fakeRuntime, POLICY_URI } from '../../language/support/runtime.ts';
import { largeToolList } from './large.ts';

const CAPABILITIES = {
  textDocument: {
    diagnostic: {},
    completion: { completionItem: { snippetSupport: true } },
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};

/** Numbers that a person changes, and so where the typing goes on. */
const PLACE = '"max": ';

export class Typist implements AsyncDisposable {
  readonly client: TestClient;
  /** The same text as the server's, for positions and for whom we are compared with. */
  document: TextDocument;
  readonly #places: readonly number[];
  #typed: number | undefined;

  private constructor(client: TestClient, text: string) {
    this.client = client;
    this.document = TextDocument.create(POLICY_URI, 'mcp-policy', 1, text);
    this.#places = [...text.matchAll(new RegExp(PLACE, 'g'))].map(({ index }) => index + PLACE.length);
  }

  /** Opens the policy and waits until the tools of its server are known, as many as it has entries. */
  static async open(text: string, tools: number): Promise<Typist> {
    const client = await connectClient(fakeRuntime(largeToolList(tools)), { capabilities: CAPABILITIES });
    await client.open(text, { languageId: 'mcp-policy' });
    await client.live();
    return new Typist(client, text);
  }

  /** Types a character, or takes it away again; every second time at another place, now near the beginning, now near the end. */
  async type(round: number, character = '7'): Promise<void> {
    const at = this.#typed ?? this.#places[(round * 7_919) % this.#places.length] ?? 0;
    const range = { start: this.#position(at), end: this.#position(this.#typed === undefined ? at : at + 1) };
    const change = { range, text: this.#typed === undefined ? character : '' };
    this.#typed = this.#typed === undefined ? at : undefined;
    this.document = TextDocument.update(this.document, [change], this.document.version + 1);
    await this.client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: POLICY_URI, version: this.document.version },
      contentChanges: [change],
    });
  }

  /** Behind the first place where `wanted` stands. */
  after(wanted: string): Position {
    return this.#position(this.document.getText().indexOf(wanted) + wanted.length);
  }

  diagnostics(): Promise<readonly Diagnostic[]> {
    return this.client.pull(POLICY_URI);
  }

  /** Any request about the document. */
  ask(method: string, params: object = {}): Promise<unknown> {
    return this.client.connection.sendRequest(`textDocument/${method}`, {
      textDocument: { uri: POLICY_URI },
      ...params,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
  }

  #position(offset: number): Position {
    return this.document.positionAt(offset);
  }
}
