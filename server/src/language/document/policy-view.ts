/** A policy as it is typed: what it means, once it is valid, and what there is to say against it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../analysis/finding.ts';
import { AnalysisMemory, analyze, type FindingSettings, type WayAround } from '../../analysis/index.ts';
import type { Catalog } from '../../catalog/tool.ts';
import { CompileMemory, compilePolicy, type Compilation, type CompiledPolicy } from '../../policy/index.ts';
import type { DraftText } from './draft-again.ts';
import { POLICY_SCHEMA } from '../schema/document-schema.ts';
import { scalarAt } from './place.ts';
import { TextView, type TextMemory } from './text-view.ts';

/** What findings depend on beside the text. */
interface Known {
  readonly catalog?: Catalog | undefined;
  readonly reviewed?: Catalog | undefined;
  readonly findingSettings?: FindingSettings | undefined;
  readonly ways?: readonly WayAround[] | undefined;
}

/** What one version of a policy leaves for the next, so that a keystroke costs what it changes. */
export class PolicyMemory implements TextMemory {
  draft?: DraftText;
  readonly compiled = new CompileMemory();
  readonly findings = new AnalysisMemory();
}

export class PolicyView extends TextView {
  #compiled: Compilation | undefined;
  #findings: (Known & { readonly findings: readonly Finding[] }) | undefined;

  /** Handed on from version to version of the document. */
  readonly memory: PolicyMemory;

  constructor(document: TextDocument, memory = new PolicyMemory()) {
    super(document, POLICY_SCHEMA, memory);
    this.memory = memory;
  }

  /** `undefined` while the document has errors. */
  get policy(): CompiledPolicy | undefined {
    const compiled = this.#compilation;
    return compiled.ok ? compiled.policy : undefined;
  }

  /** The server that the document says it is for, as far as it can be read. */
  get statedServer(): string | undefined {
    const server = scalarAt(this.draft, ['server']);
    return typeof server === 'string' ? server : undefined;
  }

  /** Each of `known` is compared by identity. */
  findings(known: Known = {}): readonly Finding[] {
    const before = this.#findings;
    const same =
      before?.catalog === known.catalog &&
      before?.reviewed === known.reviewed &&
      before?.findingSettings === known.findingSettings &&
      before?.ways === known.ways;
    if (before !== undefined && same) return before.findings;
    const { catalog, reviewed, findingSettings, ways } = known;
    const findings = this.#examine(known);
    this.#findings = { catalog, reviewed, findingSettings, ways, findings };
    return findings;
  }

  get #compilation(): Compilation {
    return (this.#compiled ??= compilePolicy(this.text, this.memory.compiled));
  }

  #examine({ catalog, reviewed, findingSettings: settings, ways }: Known): readonly Finding[] {
    const lists = { ...(catalog && { catalog }), ...(reviewed && { reviewed }) };
    const known = { ...lists, ...(settings && { settings }), ...(ways && { ways }) };
    return analyze({ text: this.text, compilation: this.#compilation, memory: this.memory.findings, ...known });
  }
}
