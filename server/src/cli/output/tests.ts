/** Results of policy tests, for people and for programs. */
import { escapeUntrusted } from '../../catalog/index.ts';
import type { CaseResult } from '../../testing/run.ts';
import type { TestedFile, TestedPolicy, TestReport } from '../policyTests.ts';
import { paint, type Terminal } from '../terminal.ts';
import { range } from './findings.ts';
import { Lines } from './lines.ts';

/** The shape that `test --format json` prints; lines and columns from 1, end exclusive. */
export function testsAsJson({ files, policies }: TestReport): object {
  return { cases: files.flatMap(casesOf), coverage: policies.map(coverageOf) };
}

function casesOf({ file, text, results }: TestedFile): readonly object[] {
  const lines = new Lines(text);
  return results.map(({ case: { name, expect, start, end }, passed, actual, didYouMean }) => ({
    file,
    name,
    passed,
    expected: expect,
    actual,
    ...(didYouMean !== undefined && { didYouMean }),
    ...range(lines, { start, end }),
  }));
}

function coverageOf({ file, text, rules, unreached }: TestedPolicy): object {
  const lines = new Lines(text);
  return {
    policy: file,
    rules,
    reached: rules - unreached.length,
    unreached: unreached.map(({ rule, ...span }) => ({ rule, ...range(lines, span) })),
  };
}

/** The cases that failed, then the rules that no case reaches. */
export function testsAsText({ files, policies }: TestReport, terminal: Terminal): string {
  return [...files.flatMap((each) => failuresOf(each, terminal)), ...policies.map(coverageText)].join('');
}

function failuresOf({ file, text, results }: TestedFile, terminal: Terminal): readonly string[] {
  const lines = new Lines(text);
  return results.filter(({ passed }) => !passed).map((result) => failure(file, lines, result, terminal));
}

function failure(file: string, lines: Lines, result: CaseResult, terminal: Terminal): string {
  const { case: tested, actual, didYouMean } = result;
  const { line, column } = lines.place(tested.start);
  const hint = didYouMean === undefined ? '' : `    no such rule; did you mean ${escapeUntrusted(didYouMean)}?\n`;
  const message = actual.message === '' ? '' : `    message:  ${escapeUntrusted(actual.message)}\n`;
  return `${file}:${line}:${column}: ${paint('failed', 'red', terminal)}: ${escapeUntrusted(tested.name)}
    expected: ${inWords(tested.expect)}
    decided:  ${inWords(actual)}
${message}${hint}`;
}

function inWords({ decision, rule }: { readonly decision: string; readonly rule?: string }): string {
  if (rule === undefined) return decision;
  return rule === '' ? `${decision} by no rule` : `${decision} by ${escapeUntrusted(rule)}`;
}

function coverageText({ file, text, rules, unreached }: TestedPolicy): string {
  const lines = new Lines(text);
  const rows = unreached.map(({ rule, start }) => {
    const { line, column } = lines.place(start);
    return `    ${file}:${line}:${column}: ${escapeUntrusted(rule)}\n`;
  });
  const head = `${file}: ${rules - unreached.length} of ${rules} rules decide a case`;
  return rows.length === 0 ? `${head}.\n` : `${head}. No case is decided by:\n${rows.join('')}`;
}

export function testSummary({ files }: TestReport): string {
  const results = files.flatMap((each) => each.results);
  const passed = results.filter((each) => each.passed).length;
  const noun = results.length === 1 ? 'case' : 'cases';
  return `${results.length} ${noun}: ${passed} passed, ${results.length - passed} failed.\n`;
}
