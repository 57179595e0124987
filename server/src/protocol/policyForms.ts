/** Shapes of the language server's messages for the builder's forms; their names stand in language.ts. Types only. */
import type { Standing, WireRange } from './language.ts';

/** Whose rules a form shows: those of one key of `tools`, a name or a pattern, or those of every tool. */
export type FormOwner = { readonly kind: 'entry'; readonly key: string } | { readonly kind: 'all_tools' };

/** From the owner's rules on, such as `['deny_if', 0, 'value']`. */
export type FormPath = readonly (string | number)[];

export interface PolicyFormParams {
  readonly uri: string;
  /** The policy as the editor has it. */
  readonly text: string;
  readonly owner: FormOwner;
}

export interface PolicyPlaceParams {
  readonly uri: string;
  /** The policy as the editor has it. */
  readonly text: string;
  readonly position: WireRange['start'];
}

/** Whose rules stand at a place of the text; null where nobody's do. */
export type PolicyPlaceResult = FormOwner | null;

/** null: the text is no valid policy. All texts but those named `json` and `value` are safe to show. */
export type PolicyFormResult = RuleForm | null;

/** What the engine says of a tool, whatever the arguments: a word, and the same as a sentence. */
export interface Decided {
  readonly standing: Standing;
  readonly sentence: string;
}

export interface RuleForm {
  readonly owner: FormOwner;
  readonly label: string;
  /** Whether the text has an entry, or `all_tools`, for the owner. The first change of one that is missing writes it. */
  readonly isWritten: boolean;
  /** What the engine decides; absent for a pattern and for `all_tools`, which are about many tools. */
  readonly decision?: Decided;
  readonly fields: readonly FormField[];
  readonly lists: readonly FormList[];
  /** Other rules that govern the tool. */
  readonly others: readonly {
    readonly owner: FormOwner;
    readonly label: string;
    readonly clauses: readonly string[];
  }[];
  /** What there is to say that is about none of the fields. */
  readonly findings: readonly FormFinding[];
  /** In the text: the owner's key, else what decides; absent where neither stands there. */
  readonly range?: WireRange;
}

export type FormListName = 'deny_if' | 'require' | 'rate_limit' | 'limits';

export interface FormList {
  readonly name: FormListName;
  readonly rules: readonly FormRule[];
  /** Rules to begin with. */
  readonly offers: readonly FormOption[];
}

export interface FormRule {
  readonly path: FormPath;
  /** What the engine makes of it, such as `denied if args.amount is more than 100`; absent for the parts of a group. */
  readonly clause?: string;
  readonly fields: readonly FormField[];
  /** Of a group: its predicates, and more to begin with. */
  readonly parts?: {
    readonly path: FormPath;
    readonly rules: readonly FormRule[];
    readonly offers: readonly FormOption[];
  };
  readonly findings: readonly FormFinding[];
}

export type FormFieldName =
  | 'action'
  | 'reason'
  | 'timeout'
  | 'message'
  | 'remember'
  | 'path'
  | 'op'
  | 'type'
  | 'value'
  | 'on_deny'
  | 'id'
  | 'max'
  | 'window'
  | 'seconds'
  | 'scope'
  | 'counter'
  | 'increment_from';

export interface FormField {
  readonly name: FormFieldName;
  readonly path: FormPath;
  /**
   * `text`: `value` is the string itself. `number`: its literal. `choice`: JSON of an option. `choices`: a JSON array of options.
   * `texts`, `numbers`: one a line. `json`: what no form can show, as JSON, not to be changed here.
   */
  readonly input: 'text' | 'number' | 'choice' | 'choices' | 'texts' | 'numbers' | 'json';
  /** Empty also where the text has no such member. */
  readonly value: string;
  /** May be left out. */
  readonly optional: boolean;
  /** What can be chosen; of a text or number: what is suggested. */
  readonly options: readonly FormOption[];
  /** Of the argument's schema, such as `date`. */
  readonly format?: string;
  /** What belongs here, by the argument's schema: `string, date`. */
  readonly note?: string;
  /** Of `json`: where it stands in the text. */
  readonly range?: WireRange;
  readonly findings: readonly FormFinding[];
}

export interface FormOption {
  /** The JSON text of the value. */
  readonly json: string;
  readonly label: string;
  readonly note?: string;
}

/** As the text editor says it. */
export interface FormFinding {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
}

/** One change of a form. `json`: the text of the value. Taking the last rule of a list takes the list, too. */
export type FormEdit =
  | { readonly kind: 'set'; readonly path: FormPath; readonly json: string }
  | { readonly kind: 'remove'; readonly path: FormPath }
  /** At the end of the list at `path`; for `rate_limit` the one that there is. */
  | { readonly kind: 'add'; readonly path: FormPath; readonly json: string }
  /** `path`: of a rule in a list. */
  | { readonly kind: 'move'; readonly path: FormPath; readonly to: number };
