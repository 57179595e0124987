/** A policy as it is typed: what it means, once it is valid, and what there is to say against it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../analysis/finding.ts';
import { analyze, type FindingSettings } from '../../analysis/index.ts';
import type { Catalog } from '../../catalog/tool.ts';
import { compilePolicy, type Compilation, type CompiledPolicy } from '../../policy/index.ts';
import { POLICY_SCHEMA } from '../schema/document-schema.ts';
import { TextView } from './text-view.ts';

export class PolicyView extends TextView {
  #compiled: Compilation | undefined;
  #findings:
    | {
        readonly catalog: Catalog | undefined;
        readonly settings: FindingSettings | undefined;
        readonly findings: readonly Finding[];
      }
    | undefined;

  constructor(document: TextDocument) {
    super(document, POLICY_SCHEMA);
  }

  /** `undefined` while the document has errors. */
  get policy(): CompiledPolicy | undefined {
    const compiled = this.#compilation;
    return compiled.ok ? compiled.policy : undefined;
  }

  /** @param settings - Compared by identity, as the catalog is. */
  findings(catalog: Catalog | undefined, settings?: FindingSettings): readonly Finding[] {
    const known = this.#findings;
    if (known !== undefined && known.catalog === catalog && known.settings === settings) return known.findings;
    const findings = this.#examine(catalog, settings);
    this.#findings = { catalog, settings, findings };
    return findings;
  }

  get #compilation(): Compilation {
    return (this.#compiled ??= compilePolicy(this.text));
  }

  #examine(catalog: Catalog | undefined, settings: FindingSettings | undefined): readonly Finding[] {
    const compilation = this.#compilation;
    return analyze({ text: this.text, compilation, ...(catalog && { catalog }), ...(settings && { settings }) });
  }
}
