/**
 * Compiled entries that stand elsewhere in a later version of the document: the same, with other offsets. Its parts are moved when somebody
 * asks for them, because most entries of a policy are not looked at after most keystrokes.
 */
import type {
  CompiledApproval,
  CompiledCondition,
  CompiledEntry,
  CompiledLimit,
  CompiledPredicate,
  CompiledRateLimit,
  StatedAction,
} from './compiled.ts';
import { movedNode, movedSpan } from './json/moved.ts';
import type { Span } from './json/node.ts';
import type { PolicyProblem } from './problem.ts';

/** @param entry - As it was compiled, not one that was moved. */
export function movedEntry(entry: CompiledEntry, by: number): CompiledEntry {
  return by === 0 ? entry : new MovedEntry(entry, by);
}

/** The entry that was compiled: one and the same in every version of a document in which it was not compiled again. */
export function compiledAs(entry: CompiledEntry): CompiledEntry {
  return entry instanceof MovedEntry ? entry.origin : entry;
}

export function movedProblem(problem: PolicyProblem, by: number): PolicyProblem {
  const { span, related } = problem;
  return { ...problem, span: movedSpan(span, by), ...(related && { related: movedSpan(related, by) }) };
}

class MovedEntry implements CompiledEntry {
  readonly origin: CompiledEntry;
  readonly prefix: string;
  readonly key: string;
  readonly reason: string | undefined;
  readonly keySpan: Span;
  readonly start: number;
  readonly end: number;
  readonly #by: number;
  #denyIf: readonly CompiledCondition[] | undefined;
  #require: readonly CompiledCondition[] | undefined;
  #limits: readonly CompiledLimit[] | undefined;
  #rateLimit: CompiledRateLimit | undefined;
  #action: StatedAction | undefined;
  #approval: CompiledApproval | undefined;

  constructor(origin: CompiledEntry, by: number) {
    this.origin = origin;
    this.prefix = origin.prefix;
    this.key = origin.key;
    this.reason = origin.reason;
    this.keySpan = movedSpan(origin.keySpan, by);
    this.start = origin.start + by;
    this.end = origin.end + by;
    this.#by = by;
  }

  get denyIf(): readonly CompiledCondition[] {
    return (this.#denyIf ??= this.origin.denyIf.map((each) => movedCondition(each, this.#by)));
  }

  get require(): readonly CompiledCondition[] {
    return (this.#require ??= this.origin.require.map((each) => movedCondition(each, this.#by)));
  }

  get limits(): readonly CompiledLimit[] {
    return (this.#limits ??= this.origin.limits.map((each) => moved(each, this.#by)));
  }

  get rateLimit(): CompiledRateLimit | undefined {
    const { rateLimit } = this.origin;
    return rateLimit && (this.#rateLimit ??= moved(rateLimit, this.#by));
  }

  get action(): StatedAction | undefined {
    const { action } = this.origin;
    return action && (this.#action ??= moved(action, this.#by));
  }

  get approval(): CompiledApproval | undefined {
    const { approval } = this.origin;
    return approval && (this.#approval ??= moved(approval, this.#by));
  }
}

function moved<T extends Span>(part: T, by: number): T {
  return { ...part, ...movedSpan(part, by) };
}

function movedCondition(condition: CompiledCondition, by: number): CompiledCondition {
  return { ...moved(condition, by), predicates: condition.predicates.map((each) => movedPredicate(each, by)) };
}

function movedPredicate(predicate: CompiledPredicate, by: number): CompiledPredicate {
  return { ...moved(predicate, by), value: movedNode(predicate.value, by) };
}
