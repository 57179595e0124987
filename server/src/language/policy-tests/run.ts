/** Runs policy tests for the editor: results with their places, and which rules of each policy they reach. */
import { escapeUntrusted } from '../../catalog/escape.ts';
import { locateRule, rulesOf, tokensOf, type PolicyRule } from '../../policy/index.ts';
import type { PolicyCoverage, RunTestsResult, TestCaseResult, TestFileResult } from '../../protocol/policyTests.ts';
import { runCases, type CaseResult } from '../../testing/run.ts';
import { pathOf } from '../client-features.ts';
import type { PolicyView } from '../document/policy-view.ts';
import { stepsText } from '../features/trace-text.ts';
import { testFindings } from './diagnostics.ts';
import type { TestSubject } from './subject.ts';
import type { TestView } from './test-view.ts';

/** One file to run; `view` is absent when it cannot be read. */
export interface TestFile {
  readonly uri: string;
  readonly view?: TestView;
  readonly subject?: TestSubject;
}

type CaseIndex = readonly [file: number, index: number];

interface Reached {
  readonly view: PolicyView;
  readonly cases: Map<string, CaseIndex[]>;
}

export function runTests(files: readonly TestFile[]): RunTestsResult {
  const reached = new Map<string, Reached>();
  const results = files.map((file, index) => runFile(file, (policy, ran) => note(reached, policy, ran, index)));
  return { files: results, coverage: [...reached.values()].map(coverageOf) };
}

type NoteResults = (policy: PolicyView, results: readonly CaseResult[]) => void;

function runFile({ uri, view, subject }: TestFile, noteResults: NoteResults): TestFileResult {
  if (!view || !subject) return { kind: 'unusable', uri, problem: 'The file cannot be read.' };
  const { reading } = view;
  const policy = subject.policy?.policy;
  const [wrong] = testFindings(view, subject).filter(({ severity }) => severity === 'error');
  if (!reading.ok || !subject.policy || !policy || wrong)
    return {
      kind: 'unusable',
      uri,
      problem: wrong?.message ?? 'The policy cannot be read.',
      ...(wrong && { range: view.range(wrong.span) }),
    };
  const catalog = subject.namedTools ? subject.tools.catalog : undefined;
  const policyFile = pathOf(subject.policy.uri) ?? subject.policy.uri;
  const results = runCases(reading.test, policy, policyFile, { catalog, traced: true });
  noteResults(subject.policy, results);
  const { policy: policyView } = subject;
  return { kind: 'ran', uri, cases: results.map((result) => onWire(result, view, policyView)) };
}

function onWire(
  { case: { name, call, expect, start, end }, passed, actual, steps, didYouMean }: CaseResult,
  view: TestView,
  policy: PolicyView,
): TestCaseResult {
  const toolNode = call.kind === 'object' ? call.members.get('tool')?.value : undefined;
  const tool = toolNode?.kind === 'string' ? toolNode.value : '';
  const span = policy.policy && locateRule(policy.policy, actual.rule, tool);
  const hint = didYouMean === undefined ? [] : [`There is no such rule. Did you mean ${escapeUntrusted(didYouMean)}?`];
  const parts = [...hint, escapeUntrusted(actual.message), stepsText(steps ?? [])];
  return {
    name,
    range: view.range({ start, end }),
    passed,
    expected: inWords(expect),
    actual: inWords(expect.rule === undefined ? { decision: actual.decision } : actual),
    details: passed ? '' : parts.filter((part) => part !== '').join('\n\n'),
    ...(span && { rule: { name: actual.rule, policyUri: policy.uri, range: policy.range(span) } }),
  };
}

function inWords({ decision, rule }: { readonly decision: string; readonly rule?: string }): string {
  if (rule === undefined) return decision;
  return `${decision}\n${rule === '' ? 'by no rule' : `by ${escapeUntrusted(rule)}`}`;
}

function note(all: Map<string, Reached>, view: PolicyView, results: readonly CaseResult[], file: number): void {
  const known: Reached = all.get(view.uri) ?? { view, cases: new Map() };
  all.set(view.uri, known);
  for (const [index, { reached }] of results.entries()) {
    for (const rule of reached) {
      const places = known.cases.get(rule) ?? [];
      places.push([file, index]);
      known.cases.set(rule, places);
    }
  }
}

function coverageOf({ view, cases }: Reached): PolicyCoverage {
  const rules = view.policy ? rulesOf(view.policy) : [];
  return {
    policyUri: view.uri,
    rules: rules.map((rule) => ({
      name: rule.rule,
      range: view.range(rule),
      kind: isEntry(rule) ? 'entry' : 'rule',
      cases: cases.get(rule.rule) ?? [],
    })),
  };
}

function isEntry({ rule }: PolicyRule): boolean {
  const tokens = tokensOf(rule);
  return tokens?.[0] === 'tools' && tokens.length === 2;
}
