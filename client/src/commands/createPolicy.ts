/** First steps: a minimal policy for a server that has none, and a place to configure a server where none is. Never overwrites a file. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import type { ServerInfo } from '../language/language.ts';
import { showAt } from './openPolicy.ts';

/** Writes a policy that denies everything so far, and puts the cursor where the first tool belongs. */
export async function createPolicy(app: App): Promise<void> {
  const folder = workspaceFolder();
  if (folder === undefined) return;
  const servers = (await app.language.knownServers()).filter((server) => server.policyUri === undefined);
  const server = await chooseServer(servers);
  if (server === undefined && servers.length > 0) return;
  const uri = await freeName(folder, server?.name, servers.length);
  await createAndOpen(
    uri,
    { version: '1', ...(server && { server: server.name }), default: 'deny', tools: {} },
    'tools',
  );
}

/** Opens `.vscode/mcp.json`, where VS Code itself looks for servers, and creates it when it is missing. */
export async function openServerConfiguration(): Promise<void> {
  const folder = workspaceFolder();
  if (folder === undefined) return;
  const uri = vscode.Uri.joinPath(folder, '.vscode', 'mcp.json');
  if (await exists(uri)) return await showAt(uri);
  await createAndOpen(uri, { servers: {} }, 'servers');
}

const workspaceFolder = (): vscode.Uri | undefined =>
  vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;

async function chooseServer(servers: readonly ServerInfo[]): Promise<ServerInfo | undefined> {
  if (servers.length <= 1) return servers[0];
  const items = servers.map((server) => ({ label: server.name, server }));
  const placeHolder = vscode.l10n.t('Which server is the policy for?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.server;
}

/** `policy.json` where it can only mean the one server, else a name that says which. */
async function freeName(folder: vscode.Uri, server: string | undefined, servers: number): Promise<vscode.Uri> {
  const stem = server !== undefined && /^[\w.-]+$/.test(server) ? server : 'mcp';
  const names = [...(servers <= 1 ? ['policy.json'] : []), `${stem}.policy.json`];
  for (let count = 2; ; count += 1) {
    for (const name of names) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (!(await exists(uri))) return uri;
    }
    names.splice(0, names.length, `${stem}-${String(count)}.policy.json`);
  }
}

/** `member`: an empty object in `content`; the cursor goes between its braces. */
async function createAndOpen(uri: vscode.Uri, content: object, member: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`));
  const document = await vscode.workspace.openTextDocument(uri);
  const opening = `"${member}": {`;
  const inside = document.positionAt(document.getText().lastIndexOf(opening) + opening.length);
  await showAt(uri, new vscode.Range(inside, inside));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
