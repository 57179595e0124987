/**
 * A policy ready to judge calls: what compile.ts makes and judge.ts, explain.ts and locate-rule.ts read. Types, and the values that belong to them.
 * Spans point into `source`.
 */
import type { JsonNode, JsonObject, Span } from './json/node.ts';
import type { CalendarWindow } from './decision.ts';
import type { CounterScope } from './identity.ts';
import type { ParsedPath } from './path.ts';

export interface CompiledPolicy {
  readonly source: string;
  readonly root: JsonObject;
  /** First 12 hex digits of the SHA-256 of the document's bytes. */
  readonly hash: string;
  /** Name of the configured server that the document says it is for. */
  readonly server?: string;
  readonly default: 'allow' | 'deny';
  readonly hide: NameIndex<HiddenPattern>;
  readonly tools: NameIndex<CompiledEntry>;
  readonly allTools?: CompiledRuleset;
}

/** Things keyed by tool patterns: exact names found in constant time, patterns tried one by one in document order. */
export interface NameIndex<T> {
  readonly exact: ReadonlyMap<string, T>;
  readonly patterns: readonly T[];
}

export interface HiddenPattern extends Span {
  readonly key: string;
}

export interface CompiledRuleset extends Span {
  /** `/tools/<key>` or `/all_tools`: how its rules begin in the log. */
  readonly prefix: string;
  /** Span of its key, in `tools` or of `all_tools` itself. */
  readonly keySpan: Span;
  readonly denyIf: readonly CompiledCondition[];
  readonly require: readonly CompiledCondition[];
  readonly rateLimit?: CompiledRateLimit | undefined;
  readonly limits: readonly CompiledLimit[];
  /** Fallback message of every denial by this ruleset. */
  readonly reason?: string | undefined;
}

export interface CompiledEntry extends CompiledRuleset {
  /** The tool name or pattern. */
  readonly key: string;
  readonly action?: StatedAction | undefined;
  readonly approval?: CompiledApproval | undefined;
}

export type Action = 'allow' | 'deny' | 'require_approval';

export interface StatedAction extends Span {
  readonly value: Action;
}

/** Seconds, where a policy says nothing else (policy language §1 "`approval`"). */
export const DEFAULT_APPROVAL_TIMEOUT = 300;

export interface CompiledApproval extends Span {
  readonly timeout: number;
  readonly message?: string;
  readonly remember: 'never' | 'session';
}

export interface CompiledCondition extends Span {
  /** The log's rule. */
  readonly rule: string;
  /** One for a plain predicate; any number for a group. */
  readonly predicates: readonly CompiledPredicate[];
  readonly onDeny?: string;
}

/** What a test says of a call: it plainly holds, plainly does not, or cannot be evaluated (policy language §4). */
export type Truth = 'holds' | 'fails' | 'unknown';

export interface CompiledPredicate extends Span {
  readonly path: ParsedPath;
  readonly pathText: string;
  readonly op: Operator;
  readonly value: JsonNode;
  /** The operator's verdict about the value at the path; undefined where the path is absent. */
  readonly test: (value: JsonNode | undefined) => Truth;
}

export const OPERATORS = [
  'eq',
  'neq',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'regex',
  'contains',
  'exists',
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface CompiledRateLimit extends Span {
  readonly rule: string;
  readonly max: number;
  readonly seconds: number;
  readonly scope: 'session' | 'grant';
  readonly onDeny?: string;
}

export interface CompiledLimit extends Span {
  readonly rule: string;
  readonly counter: string;
  readonly window: CalendarWindow['unit'];
  readonly max: number;
  readonly scope: CounterScope;
  readonly incrementFrom?: { readonly path: ParsedPath; readonly text: string };
  readonly onDeny?: string;
}
