/** One version of one open document in a language of ours, with what is worked out from its text at most once. */
import type { Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../../policy/json/node.ts';
import type { DocumentSchema } from '../schema/document-schema.ts';
import type { DraftNode } from './draft.ts';
import { readDraftAgain, type DraftText } from './draft-again.ts';
import { namesIn, type NamedPlace } from './names.ts';

/** What one version of a document leaves for the next. */
export interface TextMemory {
  draft?: DraftText;
}

export class TextView {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** What may stand in such a document. */
  readonly schema: DocumentSchema;
  readonly #document: TextDocument;
  readonly #memory: TextMemory;
  #draft: DraftText | undefined;
  #names: readonly NamedPlace[] | undefined;

  constructor(document: TextDocument, schema: DocumentSchema, memory: TextMemory = {}) {
    this.uri = document.uri;
    this.version = document.version;
    this.text = document.getText();
    this.schema = schema;
    this.#document = document;
    this.#memory = memory;
  }

  /** The fault-tolerant tree. */
  get draft(): DraftNode | undefined {
    this.#draft ??= this.#memory.draft = { text: this.text, root: readDraftAgain(this.text, this.#memory.draft) };
    return this.#draft.root;
  }

  /** Of tools, counters and conditions, in document order. Hints, colours, references and symbols all go through them. */
  get names(): readonly NamedPlace[] {
    return (this.#names ??= namesIn(this.draft));
  }

  /** The name that the offset is in. */
  nameAt(offset: number): NamedPlace | undefined {
    return this.names.find(({ start, end }) => start <= offset && offset <= end);
  }

  offsetAt(position: Range['start']): number {
    return this.#document.offsetAt(position);
  }

  range(span: Span): Range {
    return { start: this.#document.positionAt(span.start), end: this.#document.positionAt(span.end) };
  }

  spanOf(range: Range): Span {
    return { start: this.#document.offsetAt(range.start), end: this.#document.offsetAt(range.end) };
  }
}
