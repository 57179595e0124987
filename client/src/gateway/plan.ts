/** What a gateway of this window would serve: the configured servers of one workspace folder that a policy governs. */
import * as vscode from 'vscode';
import type { ServerInfo } from '../language/language.ts';
import type { LaunchPlan } from './launch.ts';
import { programOf, stateFolderOf } from './installed.ts';

/** Why there is nothing to start: a sentence for people, and the first step out of it, if there is one. */
export interface NoPlan {
  readonly problem: string;
  readonly missing?: 'server' | 'policy';
}

/** `place`: a policy, or its folder. */
export function planGateway(
  context: vscode.ExtensionContext,
  servers: readonly ServerInfo[],
  place: vscode.Uri | undefined,
): LaunchPlan | NoPlan {
  const governed = servers.filter((server) => server.policyUri !== undefined);
  const folder = folderOf(place, governed);
  if (folder === undefined) return { problem: noFolder() };
  const names = governed.filter((server) => isIn(folder, server)).map((server) => server.name);
  if (names.length === 0) return servers.length === 0 ? noServer() : noPolicy(servers);
  return {
    program: programOf(context),
    folder: folder.uri.fsPath,
    servers: names,
    stateFolder: stateFolderOf(context),
    port: vscode.workspace.getConfiguration('portcullis').get('gateway.port', 0),
  };
}

/** The folder of `place`, else that of the first governed server, else the first on disk. */
function folderOf(place: vscode.Uri | undefined, governed: readonly ServerInfo[]): vscode.WorkspaceFolder | undefined {
  const named = place ?? (governed[0]?.policyUri === undefined ? undefined : vscode.Uri.parse(governed[0].policyUri));
  const folder = named && vscode.workspace.getWorkspaceFolder(named);
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [folder, ...folders].find((candidate) => candidate?.uri.scheme === 'file');
}

/** Folders with a policy that a gateway would enforce, in the order of the workspace. */
export function governedFolders(servers: readonly ServerInfo[]): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((folder) => servers.some((server) => isIn(folder, server)));
}

function isIn(folder: vscode.WorkspaceFolder, server: ServerInfo): boolean {
  if (server.policyUri === undefined) return false;
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(server.policyUri))?.index === folder.index;
}

const noFolder = (): string =>
  vscode.l10n.t('Open the folder that holds the policy first: the gateway reads its files from disk.');

const noServer = (): NoPlan => ({
  problem: vscode.l10n.t(
    'No MCP server is configured in this workspace. Add one to .vscode/mcp.json, then start the gateway.',
  ),
  missing: 'server',
});

const noPolicy = (servers: readonly ServerInfo[]): NoPlan => ({
  problem: vscode.l10n.t(
    'No policy belongs to a configured MCP server ({0}). Create one, or name the server in the one that you have: "server": "{1}".',
    servers.map((server) => server.name).join(', '),
    servers[0]?.name ?? '',
  ),
  missing: 'policy',
});
