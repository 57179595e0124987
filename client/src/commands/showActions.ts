/** What a click on the status bar item offers: the commands that make sense right now. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { canStart, isLive, liveServers, policyProblems } from '../gateway/state.ts';
import { untrustedReason } from '../views/statusBar.ts';

interface ActionPick extends vscode.QuickPickItem {
  readonly command?: string;
}

export async function showActions(app: App): Promise<void> {
  const title = vscode.l10n.t('Portcullis Gateway');
  const picked = await vscode.window.showQuickPick(actions(app), { title, placeHolder: situation(app) });
  if (picked?.command !== undefined) await vscode.commands.executeCommand(picked.command);
}

function situation(app: App): string {
  const servers = liveServers(app.gateway.state);
  if (servers.length > 0) return servers.map((server) => `${server.name}: ${server.url}`).join('  ');
  return vscode.workspace.isTrusted ? vscode.l10n.t('The MCP gateway is stopped.') : untrustedReason();
}

function actions(app: App): ActionPick[] {
  const { state } = app.gateway;
  const live = isLive(state);
  const picks: (ActionPick | false)[] = [
    !vscode.workspace.isTrusted && pick('shield', vscode.l10n.t('Manage Workspace Trust'), 'workbench.trust.manage'),
    vscode.workspace.isTrusted &&
      canStart(state) &&
      pick('play', vscode.l10n.t('Start Gateway'), 'portcullis.startGateway'),
    policyProblems(state).length > 0 &&
      pick('warning', vscode.l10n.t('Open the invalid policy'), 'portcullis.openPolicy'),
    vscode.workspace.isTrusted && pick('plug', vscode.l10n.t('Connect a Client…'), 'portcullis.connectClient'),
    live && pick('copy', vscode.l10n.t('Copy Client Configuration…'), 'portcullis.copyClientConfiguration'),
    pick('list-flat', vscode.l10n.t('Show Audit'), 'portcullis.showAudit'),
    policyProblems(state).length === 0 && pick('go-to-file', vscode.l10n.t('Open Policy'), 'portcullis.openPolicy'),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    live && pick('debug-restart', vscode.l10n.t('Restart Gateway'), 'portcullis.restartGateway'),
    !canStart(state) && pick('debug-stop', vscode.l10n.t('Stop Gateway'), 'portcullis.stopGateway'),
    pick('output', vscode.l10n.t('Show Gateway Log'), 'portcullis.showGatewayLog'),
  ];
  return picks.filter((item) => item !== false);
}

const pick = (icon: string, label: string, command: string): ActionPick => ({ label: `$(${icon}) ${label}`, command });
