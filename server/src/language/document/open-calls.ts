/** Calls that are being tried out against a policy: documents that say so by their language, each with the policy that its address names. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { CALL_SCHEMA } from '../schema/document-schema.ts';
import { TextView } from './text-view.ts';

const CALL_LANGUAGE = 'mcp-call';

export interface OpenCall {
  readonly view: TextView;
  /** Of the policy that is to decide it: the address's query. */
  readonly policyUri: string;
}

export class OpenCalls {
  readonly #documents: { get(uri: string): TextDocument | undefined };

  constructor(documents: { get(uri: string): TextDocument | undefined }) {
    this.#documents = documents;
  }

  /** `undefined` for a document that is not open or no call. */
  find(uri: string): OpenCall | undefined {
    const document = this.#documents.get(uri);
    if (document?.languageId !== CALL_LANGUAGE) return undefined;
    return { view: new TextView(document, CALL_SCHEMA), policyUri: URI.parse(uri).query };
  }
}
