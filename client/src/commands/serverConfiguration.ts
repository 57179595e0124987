/** A place to configure a server where none is. */
import * as vscode from 'vscode';
import { showAt } from './openPolicy.ts';
import { createAndOpen, exists, workspaceFolder } from './policyFile.ts';

/** Opens `.vscode/mcp.json`, where VS Code itself looks for servers, and creates it when it is missing. */
export async function openServerConfiguration(): Promise<void> {
  const folder = workspaceFolder();
  if (folder === undefined) return;
  const uri = vscode.Uri.joinPath(folder, '.vscode', 'mcp.json');
  if (await exists(uri)) return await showAt(uri);
  await createAndOpen(uri, { servers: {} }, 'servers');
}
