/** What a rule of the analysis is, and what it may look at. Types only. */
import type { Catalog, Tool } from '../catalog/tool.ts';
import type { CompiledPolicy } from '../policy/index.ts';
import type { Elsewhere, Finding, Severity } from './finding.ts';

export interface RuleInfo {
  /** The name of the rule's file and of its page in docs/rules. */
  readonly code: string;
  /** Where nobody has configured another. */
  readonly severity: Severity;
  /** A few words for lists of rules. */
  readonly title: string;
}

/** What is found, before the rule's code and severity are put on it. */
export type Draft = Omit<Finding, 'code' | 'severity'>;

export interface Rule extends RuleInfo {
  /** Whether each finding follows from one entry (or one item of `hide`) alone, so that it is sound while something else of the document is wrong. */
  readonly local?: true;
  /** Whether it is told to look, or told what it looks at; absent: it always looks. */
  readonly asked?: (subject: Pick<Subject, 'core' | 'unattended' | 'ways'>) => boolean;
  /** Findings in any order. Must not throw, whatever the catalog holds. */
  readonly check: (subject: Subject) => Iterable<Draft>;
}

/** A valid policy, and what is known of the server that it governs. */
export interface Subject {
  readonly text: string;
  readonly policy: CompiledPolicy;
  /** Absent when no tool list is known: rules that need one find nothing. */
  readonly tools?: KnownTools;
  /** The tools when the policy was last written or reviewed; absent when that is not known. */
  readonly reviewed?: KnownTools;
  /** Report what the hosted service's documented core does not have. */
  readonly core: boolean;
  /** The gateway runs where nobody can be asked for an approval. */
  readonly unattended: boolean;
  /** The ways around the gateway; absent when nobody has looked. */
  readonly ways?: readonly WayAround[];
}

/** An entry in an MCP client's configuration by which that client reaches the policy's server itself. */
export interface WayAround extends Omit<Elsewhere, 'message'> {
  /** Product name. */
  readonly client: string;
  /** Of the server in that file. */
  readonly name: string;
  /** The file as people know it. */
  readonly shownFile: string;
}

export interface KnownTools {
  readonly catalog: Catalog;
  readonly byName: ReadonlyMap<string, Tool>;
  readonly names: readonly string[];
}
