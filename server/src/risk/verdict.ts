/** The shape of a risk verdict. Types only; classify.ts reaches it. */
import type { Category, RiskLevel } from '../policy/vocabulary.ts';

export interface Risk {
  readonly category: Category;
  readonly level: RiskLevel;
  readonly confidence: 'high' | 'medium' | 'low';
  /** A second face of the tool: cancelling an order is Destructive, also Financial. */
  readonly also?: Category;
  /** Sentences that quote the evidence. Plain text, already escaped for control characters. */
  readonly why: readonly string[];
  readonly signals: readonly Signal[];
}

export interface Signal {
  readonly code: SignalCode;
  /** For example `free-form SQL in "query"`. */
  readonly text: string;
}

export type SignalCode =
  | 'free-form-code'
  | 'free-form-query'
  | 'file-path'
  | 'url'
  | 'raw-markup'
  | 'credentials'
  | 'bulk'
  | 'admin'
  | 'many-parameters'
  | 'visible-to-others'
  | 'open-world'
  | 'hidden-text'
  | 'hint-contradicts';
