/** "Review changed tools…": from a finding about a tool that is not as it was pinned to the editor's command that shows the difference. */
import type { CodeAction } from 'vscode-languageserver';
import type { Finding } from '../../analysis/finding.ts';
import type { Span } from '../../policy/index.ts';
import type { ReviewTarget } from '../../protocol/review.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import { askingAction, touched } from './code-actions.ts';

const CODES: ReadonlySet<string> = new Set(['tool-changed', 'tool-vanished']);

/** None without a lock: then there is nothing that could be accepted. @param command - The editor's, which takes a `ReviewTarget`. */
export function reviewActions(view: PolicyView, selection: Span, tools: KnownTools, command: string): CodeAction[] {
  const { server } = tools;
  if (server === undefined || tools.reviewed?.source !== 'lock') return [];
  const changed = touched(view.findings(tools), selection).filter(({ code }) => CODES.has(code));
  return changed.map((finding) => {
    const target: ReviewTarget = { server, ...toolAt(view, finding) };
    return askingAction(finding, view, { title: 'Review changed tools…', command, arguments: [target] });
  });
}

function toolAt(view: PolicyView, { span }: Finding): Pick<ReviewTarget, 'tool'> {
  const entries = [...(view.policy?.tools.exact ?? [])];
  const tool = entries.find(([, { keySpan }]) => keySpan.start === span.start)?.[0];
  return tool === undefined ? {} : { tool };
}
