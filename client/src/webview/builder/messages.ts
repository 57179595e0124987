/** Messages between the policy builder's host side (client/src/webview/builder) and its page (client/webview/builder). Types only: both sides import them. */
import type { PolicyTool, PolicyToolsResult, ToolState } from '../../../../server/src/protocol/policyTools.ts';

type Policy = Extract<PolicyToolsResult, { kind: 'policy' }>;

export type ToPage =
  | {
      readonly type: 'policy';
      readonly tools: Policy['tools'];
      readonly default: Policy['default'];
      readonly everyTool: Policy['everyTool'];
      /** Above the table: whose tools they are and how current the list is; empty when there is nothing to say. */
      readonly source: string;
      /** The text differs from what is on disk, and therefore from what a gateway enforces. */
      readonly isDirty: boolean;
    }
  /** The text is no valid policy: nothing can be shown or changed here. */
  | { readonly type: 'invalid'; readonly title: string; readonly problem: string }
  /** What came of a change, shown and announced. */
  | { readonly type: 'outcome'; readonly text: string };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'state'; readonly tools: readonly string[]; readonly state: ToolState }
  | { readonly type: 'default'; readonly value: Policy['default'] }
  /** The text, at a rule of `all_tools` when one is meant; where it is invalid, at its first problem. */
  | { readonly type: 'text'; readonly rule?: string }
  | { readonly type: 'differences' };

export interface ToolFilter {
  readonly text: string;
  /** Empty: any. `none`: tools that the server does not list. */
  readonly risk: NonNullable<PolicyTool['risk']>['level'] | 'none' | '';
  /** Empty: any. */
  readonly state: ToolState | '';
}

/** The page's own words, given to it in its first HTML. */
export interface PageStrings {
  readonly columns: Readonly<Record<ColumnName, string>>;
  readonly states: Readonly<Record<ToolState, string>>;
  /** What each state means for an agent: tooltips. */
  readonly stateMeanings: Readonly<Record<ToolState, string>>;
  readonly standings: Readonly<Record<PolicyTool['standing'], string>>;
  readonly risks: Readonly<Record<NonNullable<PolicyTool['risk']>['level'] | 'none', string>>;
  readonly filterPlaceholder: string;
  readonly anyRisk: string;
  readonly anyState: string;
  readonly riskFilter: string;
  readonly stateFilter: string;
  readonly clearFilter: string;
  readonly table: string;
  readonly noTools: string;
  readonly nothingMatches: string;
  /** `{0}` shown of `{1}`. */
  readonly count: string;
  /** `{0}` tools are selected. */
  readonly selected: string;
  /** The same where the filter leaves out `{1}` of them. */
  readonly selectedUnseen: string;
  readonly selectAll: string;
  readonly clearSelection: string;
  readonly changeSelected: string;
  readonly keys: string;
  readonly otherTools: string;
  readonly defaults: Readonly<Record<Policy['default'], string>>;
  readonly everyTool: string;
  readonly unsaved: string;
  readonly differences: string;
  readonly openText: string;
}

export type ColumnName = 'selected' | 'tool' | 'risk' | 'state' | 'decision';
