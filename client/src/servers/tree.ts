/** Configured servers with their state, endpoint and policy; below each its tools, the most dangerous first. Asks; decides nothing. */
import * as vscode from 'vscode';
import {
  languageMessages,
  type ToolStatesParams,
  type ToolStatesResult,
} from '../../../server/src/protocol/language.ts';
import type { ServerStatus } from '../../../server/src/protocol/control.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { liveServers } from '../gateway/state.ts';
import type { Language, ServerInfo } from '../language/language.ts';
import { stateInWords } from '../language/status.ts';

type ToolState = NonNullable<ToolStatesResult>[number];

/** What a menu of the tree is about. */
export type Node =
  | { readonly kind: 'server'; readonly server: ServerInfo }
  | { readonly kind: 'tool'; readonly server: ServerInfo; readonly tool: ToolState };

export function showServersTree(language: Language, gateway: Gateway): vscode.Disposable {
  const provider = new ServersTree(language, gateway);
  return vscode.Disposable.from(
    provider,
    vscode.window.createTreeView('portcullis.servers', { treeDataProvider: provider, showCollapseAll: true }),
    language.onDidChangeServers(() => provider.refresh()),
    gateway.onDidChangeState(() => provider.refresh()),
    vscode.workspace.onDidSaveTextDocument(() => provider.refresh()),
  );
}

class ServersTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #language: Language;
  readonly #gateway: Gateway;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(language: Language, gateway: Gateway) {
    this.#language = language;
    this.#gateway = gateway;
  }

  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'tool') return toolItem(node.server, node.tool);
    const live = liveServers(this.#gateway.state).find(({ name }) => name === node.server.name);
    return serverItem(node.server, live);
  }

  /** Nothing is started here: tools are those that are known. */
  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) return (await this.#language.knownServers()).map((server) => ({ kind: 'server', server }));
    if (node.kind === 'tool') return [];
    const params: ToolStatesParams = { server: node.server.name };
    const client = await this.#language.start();
    const tools = await client.sendRequest<ToolStatesResult>(languageMessages.toolStates, params);
    return (tools ?? []).map((tool) => ({ kind: 'tool', server: node.server, tool }));
  }
}

function serverItem(server: ServerInfo, live: ServerStatus | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(server.name, vscode.TreeItemCollapsibleState.Collapsed);
  const policy =
    server.policyUri === undefined
      ? vscode.l10n.t('no policy: every call is denied')
      : vscode.workspace.asRelativePath(vscode.Uri.parse(server.policyUri));
  const { state, count, problem } = server.tools;
  const tools = count === undefined ? stateInWords(state) : vscode.l10n.t('{0} tools', count);
  item.description = [live ? live.state : vscode.l10n.t('not served'), tools, policy].join(' · ');
  const reason = live?.problem ?? problem;
  item.tooltip = [server.name, live?.url, policy, server.definedIn, reason]
    .filter((line) => line !== undefined)
    .join('\n');
  item.iconPath = new vscode.ThemeIcon(serverIcon(server, live));
  item.contextValue = server.policyUri === undefined ? 'server.ungoverned' : 'server.governed';
  item.accessibilityInformation = { label: `${server.name}, ${item.description}` };
  return item;
}

function serverIcon({ tools, policyUri }: ServerInfo, live: ServerStatus | undefined): string {
  if (tools.state === 'failed' || live?.state === 'degraded') return 'warning';
  if (policyUri === undefined) return 'circle-large-outline';
  return live ? 'shield' : 'server';
}

const ICONS: Readonly<Record<NonNullable<ToolState['standing']>, string>> = {
  hidden: 'eye-closed',
  unsafe: 'error',
  denied: 'circle-slash',
  allowed: 'pass',
  conditional: 'filter',
  approval: 'person',
};

function toolItem(server: ServerInfo, tool: ToolState): vscode.TreeItem {
  const item = new vscode.TreeItem(tool.label, vscode.TreeItemCollapsibleState.None);
  item.description = `${tool.risk} · ${tool.words}`;
  item.tooltip = `${tool.label}\n${tool.risk}\n${tool.words}`;
  item.iconPath = new vscode.ThemeIcon(tool.standing === undefined ? 'circle-slash' : ICONS[tool.standing]);
  item.contextValue = server.policyUri === undefined ? 'tool.ungoverned' : 'tool.governed';
  item.accessibilityInformation = { label: `${tool.label}, ${tool.risk}, ${tool.words}` };
  const title = vscode.l10n.t('Show What the Server Says');
  item.command = { command: 'vscode.open', title, arguments: [vscode.Uri.parse(tool.uri), { preview: true }] };
  return item;
}
