/** What is wrong with a document that is not a valid policy (policy language §1). Types only. */
import type { JsonProblem, Span } from './json/node.ts';

export type PolicyProblemCode =
  | Exclude<JsonProblem['code'], 'json-duplicate-key'>
  | 'duplicate-key'
  | 'unknown-key'
  | 'wrong-type'
  | 'missing-key'
  | 'invalid-value'
  | 'invalid-path'
  | 'invalid-regex'
  | 'inexact-number'
  | 'duplicate-id'
  | 'duplicate-counter'
  | 'misplaced-approval'
  | 'too-many-items';

export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  /** What is wrong and what to do, in plain sentences. */
  readonly message: string;
  readonly span: Span;
  /** The other place that the problem is about, such as the first of two equal keys. */
  readonly related?: Span;
  /** What could stand there instead: the known keys, the allowed values, or the key that is missing. For fixes. */
  readonly candidates?: readonly string[];
}
