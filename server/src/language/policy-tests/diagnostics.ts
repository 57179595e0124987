/** Diagnostics of a policy test: what the schema says, then what policy and tools say of its cases. */
import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../../analysis/finding.ts';
import { docsPage } from '../../analysis/index.ts';
import { problemFindings } from '../../analysis/problems.ts';
import { examineTest } from '../../testing/examine.ts';
import { nodeAt } from '../document/place.ts';
import { toDiagnostic } from '../features/diagnostics.ts';
import type { TestSubject } from './subject.ts';
import type { TestView } from './test-view.ts';

const PAGE = docsPage('policy-tests.md');

export function diagnoseTest(view: TestView, subject: TestSubject): Diagnostic[] {
  return testFindings(view, subject).map((finding) => toDiagnostic(finding, view, PAGE));
}

export function testFindings(view: TestView, subject: TestSubject): readonly Finding[] {
  const { reading } = view;
  if (!reading.ok) return problemFindings(view.text, reading.problems);
  const { policy, tools, namedTools } = subject;
  const against = {
    ...(policy?.policy && { policy: policy.policy }),
    ...(tools.catalog && { tools: tools.catalog.tools }),
    namedTools,
  };
  return [...fileFindings(view, subject), ...examineTest(reading.test, against)];
}

function fileFindings(view: TestView, { policy, problems }: TestSubject): readonly Finding[] {
  const invalid = policy && !policy.policy ? policy.findings()[0]?.message : undefined;
  const noPolicy = problems.policy ?? (invalid === undefined ? undefined : `It is no valid policy: ${invalid}`);
  return [
    ...(noPolicy === undefined ? [] : [unusable(view, 'policy', 'test-policy', noPolicy)]),
    ...(problems.tools === undefined ? [] : [unusable(view, 'tools', 'test-tools', problems.tools)]),
  ];
}

function unusable(view: TestView, key: string, code: string, problem: string): Finding {
  const node = nodeAt(view.draft, [key]);
  const span = { start: node?.start ?? 0, end: node?.end ?? 0 };
  return { code, severity: 'error', message: `No case can be run. ${problem}`, span, fixes: [] };
}
