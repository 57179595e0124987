/** Which rules of a policy the cases of a run were decided by, as coverage of the policy's text: rules as statements, entries as declarations. */
import * as vscode from 'vscode';
import type { PolicyCoverage } from '../../../server/src/protocol/policyTests.ts';
import { rangeOf } from '../views/range.ts';

interface Detail {
  readonly rule: PolicyCoverage['rules'][number];
  /** The cases of this run that the rule decided. */
  readonly items: readonly vscode.TestItem[];
}

const detailed = new WeakMap<vscode.FileCoverage, readonly Detail[]>();

/** @param itemAt - The item of a case; absent when it was not asked for. */
export function addCoverage(
  run: vscode.TestRun,
  { policyUri, rules }: PolicyCoverage,
  itemAt: (file: number, index: number) => vscode.TestItem | undefined,
): void {
  const details = rules.map((rule) => ({
    rule,
    items: rule.cases.flatMap(([file, index]) => itemAt(file, index) ?? []),
  }));
  const plain = vscode.FileCoverage.fromDetails(
    vscode.Uri.parse(policyUri),
    details.map((detail) => toCoverage(detail)),
  );
  const { uri, statementCoverage, branchCoverage, declarationCoverage } = plain;
  const tests = [...new Set(details.flatMap(({ items }) => items))];
  const coverage = new vscode.FileCoverage(uri, statementCoverage, branchCoverage, declarationCoverage, tests);
  detailed.set(coverage, details);
  run.addCoverage(coverage);
}

/** @param item - Of this case alone. */
export function detailsOf(file: vscode.FileCoverage, item?: vscode.TestItem): vscode.FileCoverageDetail[] {
  return (detailed.get(file) ?? []).map((detail) => toCoverage(detail, item));
}

function toCoverage({ rule, items }: Detail, item?: vscode.TestItem): vscode.FileCoverageDetail {
  const count = item ? items.filter(({ id }) => id === item.id).length : items.length;
  const range = rangeOf(rule.range);
  return rule.kind === 'entry'
    ? new vscode.DeclarationCoverage(rule.name, count, range)
    : new vscode.StatementCoverage(count, range);
}
