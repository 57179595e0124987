/** Runs the cases of a policy test with the engine that decides for the gateway. Must not read files. */
import { nearest } from '../analysis/nearest.ts';
import type { Catalog } from '../catalog/tool.ts';
import {
  decide,
  traceCall,
  MemoryCounters,
  rulesReached,
  type CompiledPolicy,
  type CounterOwner,
  type Decision,
  type TraceStep,
} from '../policy/index.ts';
import type { Call } from '../policy/decision.ts';
import { CallReader } from './call.ts';
import type { PolicyTest, TestCase } from './document.ts';
import { outcomesFor } from './outcomes.ts';

export interface CaseResult {
  readonly case: TestCase;
  readonly passed: boolean;
  readonly actual: Pick<Decision, 'decision' | 'rule' | 'message'>;
  /** The rule that was most likely meant, where the expected one cannot be a rule of this policy. */
  readonly didYouMean?: string;
  /** The policy's rules, as `rulesOf` names them, that the calls of this case were decided by. */
  readonly reached: ReadonlySet<string>;
  /** How the last call was decided, where that was asked for. */
  readonly steps?: readonly TraceStep[];
}

export interface RunOptions {
  /** Without one, any tool counts as listed. */
  readonly catalog?: Catalog | undefined;
  /** Whether the results say how each decision came about. */
  readonly traced?: boolean;
}

/** The time of the first call, unless it gives one: any, but always the same, so that no test depends on the day. */
const START = Date.parse('2026-01-01T00:00:00Z');

/** In the order of the file; a case finds the counters and the time as those before have left them, unless it resets both. */
export function runCases(
  test: PolicyTest,
  policy: CompiledPolicy,
  policyFile: string,
  options: RunOptions = {},
): readonly CaseResult[] {
  const owner = { server: policy.server ?? '', policyFile };
  let course = new Course(policy, owner, options);
  return test.cases.map((each) => {
    if (each.reset === true) course = new Course(policy, owner, options);
    return judged(each, course.run(each));
  });
}

/** Calls that follow each other: they share counters and a clock. */
class Course {
  readonly #policy: CompiledPolicy;
  readonly #owner: CounterOwner;
  readonly #counters = new MemoryCounters();
  readonly #traced: boolean;
  readonly #reader: CallReader;

  constructor(policy: CompiledPolicy, owner: CounterOwner, { catalog, traced = false }: RunOptions) {
    this.#policy = policy;
    this.#owner = owner;
    this.#traced = traced;
    this.#reader = new CallReader(catalog, START);
  }

  run({ call: node, repeat = 1 }: TestCase): Run {
    const { call, at } = this.#reader.read(node);
    const reached = new Set<string>();
    const noteReached = (decision: Decision): void => {
      for (const rule of rulesReached(this.#policy, call.tool, decision)) reached.add(rule);
    };
    for (let time = 1; time < repeat; time++) noteReached(this.#decide(call, at).decision);
    const { decision, steps } = this.#decide(call, at);
    noteReached(decision);
    const actual = { decision: decision.decision, rule: decision.rule, message: decision.message };
    const possible = outcomesFor(this.#policy, call.tool, call.upstream).map(({ rule }) => rule);
    return { actual, reached, possible, ...(steps && { steps }) };
  }

  #decide(call: Call, at: number): { readonly decision: Decision; readonly steps?: readonly TraceStep[] } {
    if (this.#traced) return traceCall(this.#policy, call, this.#owner, this.#counters, at);
    return { decision: decide(this.#policy, call, this.#owner, this.#counters, at) };
  }
}

interface Run extends Pick<CaseResult, 'actual' | 'reached' | 'steps'> {
  /** The rules that can decide a call of this tool. */
  readonly possible: readonly string[];
}

function judged(each: TestCase, { possible, ...run }: Run): CaseResult {
  const { decision, rule } = each.expect;
  const passed = decision === run.actual.decision && (rule === undefined || rule === run.actual.rule);
  const didYouMean = passed || !rule || possible.includes(rule) ? undefined : nearest(rule, possible);
  return { case: each, passed, ...run, ...(didYouMean !== undefined && { didYouMean }) };
}
