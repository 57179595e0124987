/** Quick fixes in a policy test. */
import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver';
import { isWithin, quickFixes, workspaceEdit } from '../features/code-actions.ts';
import { testFindings } from './diagnostics.ts';
import type { TestSubject } from './subject.ts';
import type { TestView } from './test-view.ts';

export function testCodeActions(
  view: TestView,
  { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
  subject: TestSubject,
  versioned: boolean,
): CodeAction[] {
  if (context.only?.some((only) => isWithin(CodeActionKind.QuickFix, only)) === false) return [];
  const findings = testFindings(view, subject);
  return quickFixes(view, findings, view.spanOf(range), (changes) => workspaceEdit(view, changes, versioned));
}
