/**
 * How a decision comes about, step by step (policy language §3), for people who try a call out. The verdict itself is `decide`'s; the
 * steps are worked out with the functions that it uses. Must not decide anything.
 */
import { chargesOf } from './charges.ts';
import type {
  CompiledCondition,
  CompiledEntry,
  CompiledPolicy,
  CompiledPredicate,
  CompiledRuleset,
  Truth,
} from './compiled.ts';
import { evaluateCondition, type Quantifier } from './condition.ts';
import { decide, type Decision } from './decide.ts';
import type { Call, CounterOwner, CounterStore } from './decision.ts';
import type { Span } from './json/node.ts';
import { restrictionsOf } from './explain.ts';
import { approvalDemand, entryDenial, nameDenial, upstreamDenial } from './judge.ts';
import { absentInWords, predicateInWords, SENTENCES, valueInWords } from './sentences.ts';
import { visitValues } from './resolve.ts';
import { decidingEntry, governingEntries, governingRulesets, isListed } from './tool-name.ts';

export interface Trace {
  readonly decision: Decision;
  /** In the order in which they were asked, up to the one that denied. */
  readonly steps: readonly TraceStep[];
}

export interface TraceStep {
  /** Row of the table in policy language §3: 1 to 10. */
  readonly step: number;
  /** `asks`: a person has to approve. */
  readonly outcome: 'passes' | 'denies' | 'asks';
  /** A sentence or, for a condition or limit, a clause such as `denied if args.amount is more than 100`. */
  readonly text: string;
  /** The log's rule, where one was asked or has decided. */
  readonly rule?: string;
  /** Where that rule stands in the policy. */
  readonly span?: Span;
  /** What was compared with what; empty where nothing is. */
  readonly tests: readonly TracedTest[];
}

/** One predicate of a condition, and what it found in the call. */
export interface TracedTest {
  /** For example `args.amount is more than 100`. */
  readonly text: string;
  /** One per value at the path, at most ten; none for an array without elements. */
  readonly values: readonly { readonly value: string; readonly truth: Truth }[];
}

const MAX_VALUES = 10;

/** `policy` undefined: the document has errors. Reserves in `counters` what `decide` does. */
export function traceCall(
  policy: CompiledPolicy | undefined,
  call: Call,
  owner: CounterOwner,
  counters: CounterStore,
  at: number,
): Trace {
  const steps: TraceStep[] = [];
  for (const step of asked(policy, call, owner, counters, at)) {
    steps.push(step);
    if (step.outcome === 'denies') break;
  }
  return { steps, decision: decide(policy, call, owner, counters, at) };
}

function* asked(
  policy: CompiledPolicy | undefined,
  call: Call,
  owner: CounterOwner,
  counters: CounterStore,
  at: number,
): Generator<TraceStep> {
  yield policy ? passes(1, 'The policy is valid.') : denies(1, SENTENCES.noPolicy);
  if (policy === undefined) return;
  yield* namesAsked(policy, call);
  const entries = governingEntries(policy, call.tool);
  const rulesets = governingRulesets(policy, entries);
  yield* entriesAsked(policy, entries, call.tool);
  for (const each of rulesets) yield* each.denyIf.map((condition) => conditionAsked(7, each, condition, call, 'any'));
  for (const each of rulesets)
    yield* each.require.map((condition) => conditionAsked(8, each, condition, call, 'every'));
  yield* countersAsked(rulesets, call, owner, counters, at);
  const approval = approvalDemand(entries, call.tool);
  if (approval) yield { ...passes(10, SENTENCES.approvalNeeded), outcome: 'asks', rule: approval.rule };
}

/** Steps 2 to 4. */
function* namesAsked(policy: CompiledPolicy, call: Call): Generator<TraceStep> {
  const unseen = nameDenial(policy, call.tool);
  const isUnsafe = unseen?.message === SENTENCES.unsafeName;
  yield isUnsafe ? denies(2, unseen.message) : passes(2, 'The name of the tool is a safe one.');
  yield unseen ? denies(3, unseen.message) : passes(3, 'Nothing in "hide" matches the name.');
  const unknown = upstreamDenial(call);
  const known =
    call.upstream === 'listed' ? 'The server lists the tool.' : 'The tools of the server are not known here.';
  yield unknown ? denies(4, unknown.message) : passes(4, known);
}

/** Steps 5 and 6. */
function* entriesAsked(policy: CompiledPolicy, entries: readonly CompiledEntry[], name: string): Generator<TraceStep> {
  const denial = entryDenial(policy, entries, name);
  const listed = isListed(entries);
  if (denial && !listed && policy.default === 'deny') {
    yield denies(5, denial.message);
    return;
  }
  const listing = entries.filter(({ key }) => key !== '*').map(({ prefix }) => prefix);
  yield passes(5, listed ? `Listed by ${listing.join(', ')}.` : 'Not listed, and the default is to allow.');
  const deciding = decidingEntry(entries, name);
  const place = deciding?.action && { rule: `${deciding.prefix}/action`, span: deciding.action };
  const text = `The action is ${deciding?.action?.value ?? 'allow, as nothing else is stated'}.`;
  yield denial ? { ...denies(6, denial.message), ...place } : { ...passes(6, text), ...place };
}

function conditionAsked(
  step: 7 | 8,
  ruleset: CompiledRuleset,
  condition: CompiledCondition,
  call: Call,
  quantifier: Quantifier,
): TraceStep {
  const { truth } = evaluateCondition(condition, call, quantifier);
  const denied = step === 7 ? truth !== 'fails' : truth !== 'holds';
  return {
    step,
    outcome: denied ? 'denies' : 'passes',
    text: restrictionsOf(ruleset).find(({ rule }) => rule === condition.rule)?.text ?? '',
    rule: condition.rule,
    span: condition,
    tests: condition.predicates.map((predicate) => testAsked(predicate, call)),
  };
}

function testAsked(predicate: CompiledPredicate, call: Call): TracedTest {
  const values: { value: string; truth: Truth }[] = [];
  visitValues(predicate.path, call, (found) => {
    if (values.length >= MAX_VALUES) return;
    const node = found === 'unreachable' ? undefined : found;
    const value = node === undefined ? absentInWords(found === 'unreachable') : valueInWords(node);
    values.push({ value, truth: found === 'unreachable' ? 'unknown' : predicate.test(found) });
  });
  return { text: predicateInWords(predicate), values };
}

function* countersAsked(
  rulesets: readonly CompiledRuleset[],
  call: Call,
  owner: CounterOwner,
  counters: CounterStore,
  at: number,
): Generator<TraceStep> {
  const counting = rulesets.flatMap(restrictionsOf).filter(({ kind }) => kind === 'rate_limit' || kind === 'limit');
  // Charges stand in the order of what they are made for.
  for (const [index, charge] of chargesOf(rulesets, call, owner).entries()) {
    const { rule, message } = charge;
    const limit = counting[index];
    const step = counters.probe([charge], at).ok ? passes(9, limit?.text ?? '') : denies(9, message);
    yield { ...step, rule, ...(limit && { span: limit }) };
  }
}

const passes = (step: number, text: string): TraceStep => ({ step, outcome: 'passes', text, tests: [] });
const denies = (step: number, text: string): TraceStep => ({ step, outcome: 'denies', text, tests: [] });
