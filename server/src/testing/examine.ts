/** What is wrong with a policy test before it is run: names that neither the policy nor the server has, and expectations that no call can meet. */
import type { Finding, Fix, Severity } from '../analysis/finding.ts';
import { nearest } from '../analysis/nearest.ts';
import { quote } from '../analysis/quote.ts';
import type { Tool } from '../catalog/tool.ts';
import { memberOf, objectAt } from '../policy/json/access.ts';
import { replaceBy } from '../policy/changes.ts';
import { rulesOf, type CompiledPolicy, type JsonNode, type Span } from '../policy/index.ts';
import { argumentProblems } from './arguments.ts';
import type { PolicyTest, TestCase } from './document.ts';
import { standing } from './call.ts';
import { outcomesFor, type Outcome } from './outcomes.ts';

/** Their page is docs/policy-tests.md. */
export type TestFindingCode = 'test-tool' | 'test-argument' | 'test-rule' | 'test-expectation';

export interface TestedAgainst {
  readonly policy?: CompiledPolicy;
  readonly tools?: readonly Tool[];
  /** Whether the test file itself names the list: then a run denies calls of tools that it does not have. */
  readonly namedTools: boolean;
}

/** In the order of the cases. */
export function examineTest(test: PolicyTest, against: TestedAgainst): readonly Finding[] {
  const examiner = new Examiner(against);
  return test.cases.flatMap((each) => [...examiner.examine(each)]);
}

class Examiner {
  readonly #against: TestedAgainst;
  readonly #byName: ReadonlyMap<string, readonly Tool[]> | undefined;
  readonly #names: readonly string[];
  readonly #rules: readonly string[];

  constructor(against: TestedAgainst) {
    this.#against = against;
    this.#byName = against.tools && grouped(against.tools);
    this.#names = [...(this.#byName?.keys() ?? [])];
    this.#rules = against.policy ? rulesOf(against.policy).map(({ rule }) => rule) : [];
  }

  *examine(each: TestCase): Generator<Finding> {
    const name = memberOf(each.call, 'tool');
    if (name?.kind !== 'string') return;
    const listed = this.#byName?.get(name.value);
    const { policy, namedTools } = this.#against;
    const upstream = namedTools && this.#byName ? standing(listed?.length ?? 0) : 'unchecked';
    const outcomes = policy && outcomesFor(policy, name.value, upstream);
    if (this.#byName && !listed && !meantUnlisted(each, outcomes)) yield this.#unknownTool(name, name.value);
    if (listed?.[0]) yield* this.#arguments(listed[0], each);
    if (outcomes) yield* this.#expectation(each, name.value, outcomes);
  }

  #unknownTool(span: Span, name: string): Finding {
    const meant = nearest(name, this.#names);
    const effect = this.#against.namedTools ? 'Every call of it is denied as an unknown tool. ' : '';
    return finding('test-tool', 'warning', span, {
      message: `The server does not list ${quote(name)}. ${effect}${didYouMean(meant)}`,
      fixes: changeTo(span, meant),
    });
  }

  /** A call that is to be denied may well be malformed, since agents send such calls; then it is only worth knowing. */
  *#arguments(tool: Tool, { call, expect }: TestCase): Generator<Finding> {
    const severity = expect.decision === 'deny' ? 'information' : 'warning';
    for (const { message, span, didYouMean: meant } of argumentProblems(tool, objectAt(call, 'arguments'), call))
      yield finding('test-argument', severity, span, {
        message: `${message} ${didYouMean(meant)}`,
        fixes: changeTo(span, meant),
      });
  }

  *#expectation(each: TestCase, tool: string, outcomes: readonly Outcome[]): Generator<Finding> {
    const { decision, rule } = each.expect;
    const decisionNode = memberOf(each.expectation, 'decision') ?? each;
    const ruleNode = memberOf(each.expectation, 'rule');
    const deciding = outcomes.find((outcome) => outcome.rule === rule);
    if (rule !== undefined && ruleNode && !deciding) {
      yield this.#unknownRule(ruleNode, rule, tool, outcomes);
      return;
    }
    if (deciding ? deciding.decision === decision : outcomes.some((outcome) => outcome.decision === decision)) return;
    const instead = deciding?.decision ?? outcomes.at(-1)?.decision;
    const why = deciding
      ? `This rule always ends in ${quote(deciding.decision)}.`
      : `No call of ${quote(tool)} can end so: ${outcomes.at(-1)?.text ?? ''}`;
    yield finding('test-expectation', 'warning', decisionNode, {
      message: `${why} This case fails.`,
      fixes: changeTo(decisionNode, instead),
    });
  }

  #unknownRule(node: JsonNode, rule: string, tool: string, outcomes: readonly Outcome[]): Finding {
    const candidates = outcomes.map((outcome) => outcome.rule);
    const only = candidates.length === 1 ? candidates[0] : undefined;
    const meant = nearest(rule, candidates) ?? (only === '' ? undefined : only);
    const why = this.#rules.includes(rule)
      ? `${quote(rule)} is a rule of the policy, but decides no call of ${quote(tool)}.`
      : `The policy has no rule ${quote(rule)} that could decide a call of ${quote(tool)}.`;
    return finding('test-rule', 'warning', node, {
      message: `${why} This case fails. ${didYouMean(meant)}`,
      fixes: changeTo(node, meant),
    });
  }
}

function grouped(tools: readonly Tool[]): ReadonlyMap<string, readonly Tool[]> {
  const groups = new Map<string, Tool[]>();
  for (const tool of tools) {
    const group = groups.get(tool.name);
    if (group) group.push(tool);
    else groups.set(tool.name, [tool]);
  }
  return groups;
}

/** Whether the test is about the very thing: a tool that the server does not have, or that is denied before anyone looks. */
function meantUnlisted({ expect }: TestCase, outcomes: readonly Outcome[] | undefined): boolean {
  if (expect.decision !== 'deny') return false;
  return expect.rule === undefined || (outcomes?.some(({ rule }) => rule === expect.rule) ?? false);
}

function finding(
  code: TestFindingCode,
  severity: Severity,
  { start, end }: Span,
  { message, fixes }: Pick<Finding, 'message' | 'fixes'>,
): Finding {
  return { code, severity, message: message.trim(), span: { start, end }, fixes };
}

function didYouMean(meant: string | undefined): string {
  return meant === undefined ? '' : `Did you mean ${quote(meant)}?`;
}

function changeTo(span: Span, meant: string | undefined): readonly Fix[] {
  if (meant === undefined) return [];
  return [{ title: `Change to ${quote(meant)}`, edits: [replaceBy(span, meant)], preferred: true }];
}
