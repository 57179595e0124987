/** One version of one open policy, with everything that is worked out from its text at most once. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from 'vscode-languageserver';
import type { Finding } from '../../analysis/finding.ts';
import { analyze } from '../../analysis/index.ts';
import { problemFindings } from '../../analysis/problems.ts';
import type { Catalog } from '../../catalog/tool.ts';
import { compilePolicy, type Compilation, type CompiledPolicy } from '../../policy/index.ts';
import type { Span } from '../../policy/json/node.ts';
import { readDraft, type DraftNode } from './draft.ts';

export class PolicyView {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly #document: TextDocument;
  #draft: { readonly root: DraftNode | undefined } | undefined;
  #compiled: Compilation | undefined;
  #findings: { readonly catalog: Catalog | undefined; readonly findings: readonly Finding[] } | undefined;

  constructor(document: TextDocument) {
    this.uri = document.uri;
    this.version = document.version;
    this.text = document.getText();
    this.#document = document;
  }

  /** The fault-tolerant tree. */
  get draft(): DraftNode | undefined {
    this.#draft ??= { root: readDraft(this.text) };
    return this.#draft.root;
  }

  /** `undefined` while the document has errors. */
  get policy(): CompiledPolicy | undefined {
    const compiled = this.#compilation;
    return compiled.ok ? compiled.policy : undefined;
  }

  findings(catalog: Catalog | undefined): readonly Finding[] {
    if (this.#findings === undefined || this.#findings.catalog !== catalog) {
      this.#findings = { catalog, findings: this.#examine(catalog) };
    }
    return this.#findings.findings;
  }

  get #compilation(): Compilation {
    return (this.#compiled ??= compilePolicy(this.text));
  }

  /** What `analyze` does, without compiling the text a second time. */
  #examine(catalog: Catalog | undefined): readonly Finding[] {
    const compiled = this.#compilation;
    if (!compiled.ok) return problemFindings(this.text, compiled.problems);
    return analyze({ text: this.text, policy: compiled.policy, ...(catalog && { catalog }) });
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
