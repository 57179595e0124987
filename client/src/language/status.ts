/** The language status item of policies: which server a policy is for, how its tool list was read, and the way to read it again. */
import * as vscode from 'vscode';
import { withoutLinks } from '../webview/visible.ts';
import { POLICY_LANGUAGE, type Language, type ServerInfo } from './language.ts';

export function showLanguageStatus(language: Language): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('portcullis.tools', { language: POLICY_LANGUAGE });
  item.name = vscode.l10n.t('Tools of the MCP Server');
  const update = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    dressStatus(
      item,
      language.servers.find((server) => server.policyUri === uri),
    );
  };
  update();
  return vscode.Disposable.from(
    item,
    language.onDidChangeServers(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

/** Also what a test shows without a language server. `server`: absent where none is paired with the policy. */
export function dressStatus(item: vscode.LanguageStatusItem, server: ServerInfo | undefined): void {
  if (server === undefined) {
    item.text = vscode.l10n.t('No MCP server');
    item.detail = vscode.l10n.t('no configured server is paired with this policy; "server" names one');
    item.severity = vscode.LanguageStatusSeverity.Warning;
    item.busy = false;
    item.command = undefined;
    return;
  }
  const { state, count, problem } = server.tools;
  const name = withoutLinks(server.name);
  item.text = count === undefined ? name : vscode.l10n.t('{0}: {1} tools', name, count);
  // What went wrong is told in the server's own words.
  item.detail = withoutLinks(problem ?? stateInWords(state));
  item.severity = state === 'failed' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
  item.busy = state === 'listing';
  const title = state === 'failed' ? vscode.l10n.t('Try Again') : vscode.l10n.t('Refresh Tools');
  item.command = { command: 'portcullis.refreshTools', title, arguments: [server.name] };
}

export function stateInWords(state: ServerInfo['tools']['state']): string {
  switch (state) {
    case 'live':
      return vscode.l10n.t('read from the running server');
    case 'snapshot':
      return vscode.l10n.t('saved list');
    case 'listing':
      return vscode.l10n.t('reading the tool list');
    case 'failed':
      return vscode.l10n.t('the server cannot be reached');
    case 'unknown':
      return vscode.l10n.t('not read yet');
  }
}
