/** A policy as it is typed: what it means, once it is valid, and what there is to say against it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../analysis/finding.ts';
import { analyze } from '../../analysis/index.ts';
import { problemFindings } from '../../analysis/problems.ts';
import type { Catalog } from '../../catalog/tool.ts';
import { compilePolicy, type Compilation, type CompiledPolicy } from '../../policy/index.ts';
import { POLICY_SCHEMA } from '../schema/document-schema.ts';
import { TextView } from './text-view.ts';

export class PolicyView extends TextView {
  #compiled: Compilation | undefined;
  #findings: { readonly catalog: Catalog | undefined; readonly findings: readonly Finding[] } | undefined;

  constructor(document: TextDocument) {
    super(document, POLICY_SCHEMA);
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
}
