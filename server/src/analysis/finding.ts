/** The shape of a finding: what the editor underlines and `portcullis check` prints. Types only. */
import type { TextChange } from '../policy/changes.ts';
import type { LineColumn, Span } from '../policy/json/node.ts';

export type { TextChange };

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Finding {
  /** The rule's code: the name of its file here and of its page in docs/rules. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong and what to do next, in plain sentences. */
  readonly message: string;
  readonly span: Span;
  /** The text at `span` must not be repeated anywhere: it is a secret. */
  readonly sensitive?: true;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  /** Related places in other files. */
  readonly elsewhere?: readonly Elsewhere[];
  readonly fixes: readonly Fix[];
}

export interface Elsewhere {
  /** Absolute path. */
  readonly file: string;
  readonly start: LineColumn;
  readonly end: LineColumn;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextChange[];
  /** At most one fix of a finding is preferred. */
  readonly preferred?: boolean;
}
