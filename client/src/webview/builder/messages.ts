/** Messages between the policy builder's host side (client/src/webview/builder) and its page (client/webview/builder). Types only: both sides import them. */
import type {
  FormEdit,
  FormFieldName,
  FormListName,
  FormOwner,
  RuleForm,
} from '../../../../server/src/protocol/policyForms.ts';
import type { WireRange } from '../../../../server/src/protocol/language.ts';
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
  /** Of the owner that the page asked for last. */
  | { readonly type: 'form'; readonly form: RuleForm }
  /** A change of a form that was not made: the key that came with it, and why. */
  | { readonly type: 'refused'; readonly key: string; readonly problem: string }
  /** The place in the text that the person comes from. */
  | { readonly type: 'reveal'; readonly owner: FormOwner }
  /** One of the changes that the page asked for was made, or was not: the text has all that it will have of it. */
  | { readonly type: 'settled' }
  /** What came of a change, shown and announced. */
  | { readonly type: 'outcome'; readonly text: string };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'state'; readonly tools: readonly string[]; readonly state: ToolState }
  | { readonly type: 'default'; readonly value: Policy['default'] }
  /** The text, at the given place; where it is invalid, at its first problem. */
  | { readonly type: 'text'; readonly range?: WireRange }
  /** Whose rules are shown beside the table; none: the pane is closed. */
  | { readonly type: 'owner'; readonly owner?: FormOwner }
  /** The row that the keys act on: where the text opens. */
  | { readonly type: 'active'; readonly tool: string }
  /** A change of a form. `key`: the page's own, of the field. */
  | { readonly type: 'rule'; readonly owner: FormOwner; readonly edit: FormEdit; readonly key: string }
  /** What VS Code's own key would do too early: it comes after the changes that are under way. */
  | { readonly type: 'after'; readonly step: 'undo' | 'redo' | 'save' }
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
  readonly editEveryTool: string;
  readonly unsaved: string;
  readonly differences: string;
  readonly openText: string;
  readonly form: FormStrings;
}

/** The words of the forms. */
export interface FormStrings {
  readonly allTools: string;
  readonly editInText: string;
  readonly close: string;
  readonly notWritten: string;
  readonly forMany: string;
  readonly notStated: string;
  readonly onePerLine: string;
  readonly others: string;
  readonly moveUp: string;
  readonly moveDown: string;
  readonly remove: string;
  /** `{0}`: the number of a part of a group. */
  readonly part: string;
  readonly addPart: string;
  readonly lists: Readonly<Record<FormListName, string>>;
  readonly adds: Readonly<Record<FormListName, string>>;
  readonly fields: Readonly<Record<FormFieldName, string>>;
  /** What each field is for: tooltips and descriptions. */
  readonly hints: Readonly<Record<FormFieldName, string>>;
}

export type ColumnName = 'selected' | 'tool' | 'risk' | 'state' | 'decision';
