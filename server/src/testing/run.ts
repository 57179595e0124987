/** Runs the cases of a policy test with the engine that decides for the gateway. Must not read files. */
import { nearest } from '../analysis/nearest.ts';
import type { Catalog } from '../catalog/tool.ts';
import {
  decide,
  MemoryCounters,
  rulesOf,
  rulesReached,
  type CompiledPolicy,
  type CounterOwner,
  type Decision,
} from '../policy/index.ts';
import { RULES } from '../policy/judge.ts';
import { CallReader } from './call.ts';
import type { PolicyTest, TestCase } from './document.ts';

export interface CaseResult {
  readonly case: TestCase;
  readonly passed: boolean;
  readonly actual: Pick<Decision, 'decision' | 'rule' | 'message'>;
  /** The rule that was most likely meant, where the expected one cannot be a rule of this policy. */
  readonly didYouMean?: string;
  /** The policy's rules, as `rulesOf` names them, that the calls of this case were decided by. */
  readonly reached: ReadonlySet<string>;
}

/** The time of the first call, unless it gives one: any, but always the same, so that no test depends on the day. */
const START = Date.parse('2026-01-01T00:00:00Z');

/** In the order of the file; a case finds the counters and the time as those before have left them, unless it resets both. */
export function runCases(
  test: PolicyTest,
  policy: CompiledPolicy,
  policyFile: string,
  catalog?: Catalog,
): readonly CaseResult[] {
  const owner = { server: policy.server ?? '', policyFile };
  const known = [...rulesOf(policy).map(({ rule }) => rule), ...Object.values(RULES)];
  let course = new Course(policy, owner, catalog);
  return test.cases.map((each) => {
    if (each.reset === true) course = new Course(policy, owner, catalog);
    return judged(each, course.run(each), known);
  });
}

/** Calls that follow each other: they share counters and a clock. */
class Course {
  readonly #policy: CompiledPolicy;
  readonly #owner: CounterOwner;
  readonly #counters = new MemoryCounters();
  readonly #reader: CallReader;

  constructor(policy: CompiledPolicy, owner: CounterOwner, catalog: Catalog | undefined) {
    this.#policy = policy;
    this.#owner = owner;
    this.#reader = new CallReader(catalog, START);
  }

  run({ call: node, repeat = 1 }: TestCase): Pick<CaseResult, 'actual' | 'reached'> {
    const { call, at } = this.#reader.read(node);
    const decideOnce = (): Decision => decide(this.#policy, call, this.#owner, this.#counters, at);
    const reached = new Set<string>();
    let decision = decideOnce();
    for (let time = 1; ; time++) {
      for (const rule of rulesReached(this.#policy, call.tool, decision)) reached.add(rule);
      if (time >= repeat) break;
      decision = decideOnce();
    }
    return { actual: { decision: decision.decision, rule: decision.rule, message: decision.message }, reached };
  }
}

function judged(
  each: TestCase,
  { actual, reached }: Pick<CaseResult, 'actual' | 'reached'>,
  known: readonly string[],
): CaseResult {
  const { decision, rule } = each.expect;
  const passed = decision === actual.decision && (rule === undefined || rule === actual.rule);
  const didYouMean = passed || !rule || known.includes(rule) ? undefined : nearest(rule, known);
  return { case: each, passed, actual, reached, ...(didYouMean !== undefined && { didYouMean }) };
}
