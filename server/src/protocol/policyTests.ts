/** Shapes of the language server's messages about policy tests; their names stand in language.ts. Types only. */
import type { WireRange } from './language.ts';

export interface ListCasesParams {
  /** URI of a policy test. */
  readonly uri: string;
}

/** In the order of the file, which is the order in which they run. null when the file cannot be read, or is no valid test. */
export type ListCasesResult = readonly { readonly name: string; readonly range: WireRange }[] | null;

export interface RunTestsParams {
  /** URIs of policy tests. */
  readonly uris: readonly string[];
}

export interface RunTestsResult {
  /** In the order in which they were asked for. */
  readonly files: readonly TestFileResult[];
  readonly coverage: readonly PolicyCoverage[];
}

export type TestFileResult =
  | { readonly kind: 'ran'; readonly uri: string; readonly cases: readonly TestCaseResult[] }
  /** `problem`, for people: why no case could be run. `range` in the file, where it stands there. */
  | { readonly kind: 'unusable'; readonly uri: string; readonly problem: string; readonly range?: WireRange };

export interface TestCaseResult {
  readonly name: string;
  readonly range: WireRange;
  readonly passed: boolean;
  /** For people, one line each: the decision and, where one is expected, the rule. */
  readonly expected: string;
  readonly actual: string;
  /** Of a case that failed: the message of the decision and the steps that led to it. */
  readonly details: string;
  /** Where the rule that decided stands. */
  readonly rule?: { readonly name: string; readonly policyUri: string; readonly range: WireRange };
}

/** A call of the audit log. */
export interface RecordedCaseParams {
  /** Names the values that were kept of its arguments. */
  readonly id: string;
  readonly tool: string;
  readonly argKeys: readonly string[];
  readonly grant: string;
  readonly client: string;
  readonly category: string;
  readonly risk: string;
  readonly decision: 'allow' | 'deny' | 'pending' | 'wouldDeny';
  readonly rule: string;
}

export type RecordedCaseResult =
  /** `text`: JSON of one case. `missing`: arguments in whose place something stands that is to be replaced, because their values were not kept. */
  | { readonly kind: 'case'; readonly text: string; readonly missing: readonly string[] }
  /** Why there is none, for people. */
  | { readonly kind: 'problem'; readonly problem: string };

/** What the cases that were run show of one policy. */
export interface PolicyCoverage {
  readonly policyUri: string;
  readonly rules: readonly {
    /** As the log names it, or a JSON Pointer where the log's name is no place. */
    readonly name: string;
    readonly range: WireRange;
    /** `entry`: what an entry of `tools` lets through. */
    readonly kind: 'entry' | 'rule';
    /** The cases that it decided: index of the file in `files`, and of the case in its `cases`. */
    readonly cases: readonly (readonly [file: number, index: number])[];
  }[];
}
