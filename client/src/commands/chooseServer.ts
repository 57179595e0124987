/** Which of the configured servers a command is for. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { stateInWords } from '../language/status.ts';

/** The only one needs no question. `undefined`: the person wants none. */
export async function chooseServer({ language }: App, placeHolder: string): Promise<string | undefined> {
  const servers = await language.knownServers();
  if (servers.length === 0) throw new Error(vscode.l10n.t('No MCP server is configured in this workspace.'));
  if (servers.length === 1) return servers[0]?.name;
  const items = servers.map(({ name, tools }) => ({ label: name, description: stateInWords(tools.state) }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.label;
}
