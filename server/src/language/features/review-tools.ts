/** "Review changed tools…": from a finding about a tool that is not as it was pinned to the editor's command that shows the difference. */
import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import type { Finding } from '../../analysis/finding.ts';
import type { Span } from '../../policy/index.ts';
import type { ReviewTarget } from '../../protocol/review.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import { toDiagnostic } from './diagnostics.ts';

const CODES: ReadonlySet<string> = new Set(['tool-changed', 'tool-vanished']);

/** None without a lock: then there is nothing that could be accepted. @param command - The editor's, which takes a `ReviewTarget`. */
export function reviewActions(view: PolicyView, selection: Span, tools: KnownTools, command: string): CodeAction[] {
  const { server } = tools;
  if (server === undefined || tools.reviewed?.source !== 'lock') return [];
  const touched = view
    .findings(tools)
    .filter(({ code, span }) => CODES.has(code) && span.start <= selection.end && selection.start <= span.end);
  return touched.map((finding) => action(view, finding, { server, ...toolAt(view, finding) }, command));
}

function action(view: PolicyView, finding: Finding, target: ReviewTarget, command: string): CodeAction {
  const title = 'Review changed tools…';
  const diagnostics = [toDiagnostic(finding, view)];
  return { title, kind: CodeActionKind.QuickFix, diagnostics, command: { title, command, arguments: [target] } };
}

function toolAt(view: PolicyView, { span }: Finding): Pick<ReviewTarget, 'tool'> {
  const entries = [...(view.policy?.tools.exact ?? [])];
  const tool = entries.find(([, { keySpan }]) => keySpan.start === span.start)?.[0];
  return tool === undefined ? {} : { tool };
}
