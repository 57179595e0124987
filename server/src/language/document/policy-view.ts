/** A policy as it is typed: what it means, once it is valid, and what there is to say against it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../analysis/finding.ts';
import { analyze, type FindingSettings } from '../../analysis/index.ts';
import type { Catalog } from '../../catalog/tool.ts';
import { compilePolicy, type Compilation, type CompiledPolicy } from '../../policy/index.ts';
import { POLICY_SCHEMA } from '../schema/document-schema.ts';
import { TextView } from './text-view.ts';

/** What findings depend on beside the text. */
interface Known {
  readonly catalog?: Catalog | undefined;
  readonly reviewed?: Catalog | undefined;
  readonly findingSettings?: FindingSettings | undefined;
}

export class PolicyView extends TextView {
  #compiled: Compilation | undefined;
  #findings: (Known & { readonly findings: readonly Finding[] }) | undefined;

  constructor(document: TextDocument) {
    super(document, POLICY_SCHEMA);
  }

  /** `undefined` while the document has errors. */
  get policy(): CompiledPolicy | undefined {
    const compiled = this.#compilation;
    return compiled.ok ? compiled.policy : undefined;
  }

  /** Each of `known` is compared by identity. */
  findings(known: Known = {}): readonly Finding[] {
    const before = this.#findings;
    const same =
      before?.catalog === known.catalog &&
      before?.reviewed === known.reviewed &&
      before?.findingSettings === known.findingSettings;
    if (before !== undefined && same) return before.findings;
    const { catalog, reviewed, findingSettings } = known;
    const findings = this.#examine(known);
    this.#findings = { catalog, reviewed, findingSettings, findings };
    return findings;
  }

  get #compilation(): Compilation {
    return (this.#compiled ??= compilePolicy(this.text));
  }

  #examine({ catalog, reviewed, findingSettings: settings }: Known): readonly Finding[] {
    const known = { ...(catalog && { catalog }), ...(reviewed && { reviewed }), ...(settings && { settings }) };
    return analyze({ text: this.text, compilation: this.#compilation, ...known });
  }
}
