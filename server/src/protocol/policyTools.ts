/** Shapes of the language server's messages for the policy builder; their names stand in language.ts. Types only. */
import type { RiskLevel } from '../policy/vocabulary.ts';
import type { WireRange } from './language.ts';
import type { Decided, FormEdit, FormOwner } from './policyForms.ts';

export interface PolicyToolsParams {
  readonly uri: string;
  /** The policy as the editor has it, whatever language the editor takes it for. */
  readonly text: string;
}

/**
 * What a person decides for a tool. `deny` leaves it in the list that agents see, `hide` does not. `custom`: the policy allows some calls
 * only, by conditions or limits of the tool's own entry or of a pattern.
 */
export type ToolState = 'allow' | 'deny' | 'hide' | 'approve' | 'custom';

/** All texts are safe to show. */
export type PolicyToolsResult =
  /** The text is no valid policy. `problem`: for people; `range` in the text. */
  | { readonly kind: 'invalid'; readonly problem: string; readonly range: WireRange }
  | {
      readonly kind: 'policy';
      /** The server that belongs to the policy; absent when none or several could. */
      readonly server?: string;
      readonly list: 'unknown' | 'listing' | 'live' | 'snapshot' | 'failed';
      /** Why listing failed. */
      readonly problem?: string;
      readonly default: 'allow' | 'deny';
      /** What `all_tools` restricts: clauses, and the log's name of each rule. */
      readonly everyTool: readonly { readonly text: string; readonly rule: string }[];
      /** The server's tools in its order, then those that only the policy names. */
      readonly tools: readonly PolicyTool[];
    };

export interface PolicyTool extends Decided {
  /** As the server says it: not safe to show, and what `PolicyChange` takes. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Absent for a tool that only the policy names. */
  readonly risk?: {
    readonly level: RiskLevel;
    readonly category: string;
    readonly why: string;
  };
  readonly state: ToolState;
  /** The log's rule; empty for `allowed` and `conditional`. */
  readonly rule: string;
  /** Clauses, such as `at most 30 calls a minute`. */
  readonly rules: readonly string[];
}

export interface PolicyChangeParams extends PolicyToolsParams {
  readonly change: PolicyChange;
}

export type PolicyChange =
  /** For `custom`, tools without an entry get one that changes nothing yet. */
  | { readonly kind: 'state'; readonly tools: readonly string[]; readonly state: ToolState }
  | { readonly kind: 'default'; readonly value: 'allow' | 'deny' }
  | { readonly kind: 'rule'; readonly owner: FormOwner; readonly edit: FormEdit };

/** null: the text is no valid policy, or would be none. For `rule` it is `problem` that says so. */
export type PolicyChangeResult = {
  /** Against the given text. */
  readonly edits: readonly { readonly range: WireRange; readonly newText: string }[];
  /** Why nothing is changed: what the text editor would say of the value. */
  readonly problem?: string;
  /** How many tools have another state. */
  readonly changed: number;
  /** How many that were to be allowed keep conditions or limits, which only the text removes. */
  readonly conditional: number;
  /** Tools that a pattern or `all_tools` keeps as they are: nothing is written for them. */
  readonly kept: readonly { readonly label: string; readonly sentence: string }[];
  /** Of the first tool, in the edited text: its entry, else the rule that decides. */
  readonly place?: WireRange;
} | null;
