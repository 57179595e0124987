/** What the language server says of a policy, as the page shows it. */
import * as vscode from 'vscode';
import type { PolicyToolsResult } from '../../../../server/src/protocol/policyTools.ts';
import type { ToPage } from './messages.ts';

export const shownMessage = (shown: PolicyToolsResult, isDirty: boolean): ToPage =>
  shown.kind === 'invalid' ? invalid(shown) : policy(shown, isDirty);

function policy(shown: Extract<PolicyToolsResult, { kind: 'policy' }>, isDirty: boolean): ToPage {
  const { tools, everyTool } = shown;
  return { type: 'policy', tools, everyTool, default: shown.default, source: sourceText(shown), isDirty };
}

function invalid({ problem, range }: Extract<PolicyToolsResult, { kind: 'invalid' }>): ToPage {
  const title = vscode.l10n.t('The text is no valid policy (line {0})', range.start.line + 1);
  return { type: 'invalid', title, problem };
}

function sourceText({ server, list, problem }: Extract<PolicyToolsResult, { kind: 'policy' }>): string {
  if (server === undefined)
    return vscode.l10n.t('No MCP server, or more than one, could be meant: name one as "server".');
  switch (list) {
    case 'live':
      return vscode.l10n.t('Tools of {0}', server);
    case 'listing':
      return vscode.l10n.t('Listing the tools of {0}…', server);
    case 'snapshot':
      return vscode.l10n.t('Tools of {0}, from a saved list', server);
    case 'failed':
      return vscode.l10n.t('{0} cannot be reached: {1}', server, problem ?? '');
    case 'unknown':
      return vscode.l10n.t('The tools of {0} were never listed', server);
  }
}
