/** Opens a policy, at the place that matters when there is one. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { liveServer, policyProblems } from '../gateway/state.ts';
import { notices } from '../views/notices.ts';

/** `uri`: the one that a menu is about; else the one with a problem, the only one, or the one that the person picks. */
export async function openPolicy(app: App, uri?: unknown): Promise<void> {
  const chosen = uri instanceof vscode.Uri ? uri : await choosePolicy(app);
  if (chosen !== undefined) await showAt(chosen);
}

export async function showAt(uri: vscode.Uri, range?: vscode.Range): Promise<void> {
  await vscode.window.showTextDocument(uri, { preview: false, ...(range && { selection: range }) });
}

/** The policy that governs a server: as the running gateway says, else as the configuration says. */
export function policyOf(app: App, server: string): vscode.Uri | undefined {
  const file = liveServer(app.gateway.state, server)?.policy.file;
  if (file !== undefined) return vscode.Uri.file(file);
  const uri = app.language.servers.find((candidate) => candidate.name === server)?.policyUri;
  return uri === undefined ? undefined : vscode.Uri.parse(uri);
}

async function choosePolicy(app: App): Promise<vscode.Uri | undefined> {
  const broken = policyProblems(app.gateway.state)[0]?.policy.file;
  if (broken !== undefined) return vscode.Uri.file(broken);
  const servers = (await app.language.knownServers()).filter((server) => server.policyUri !== undefined);
  if (servers.length === 0) return void (await offerPolicy());
  const items = servers.map((server) => {
    const uri = vscode.Uri.parse(server.policyUri ?? '');
    return { label: server.name, description: vscode.workspace.asRelativePath(uri), uri };
  });
  if (items.length === 1) return items[0]?.uri;
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which policy?') }))?.uri;
}

async function offerPolicy(): Promise<void> {
  const create = vscode.l10n.t('Create Policy');
  const message = vscode.l10n.t('No policy belongs to a configured MCP server.');
  const chosen = await notices.inform(message, create);
  if (chosen === create) await vscode.commands.executeCommand('portcullis.createPolicy');
}
