/** Configured servers with their state, endpoint and policy; below each its tools, the most dangerous first. Asks; decides nothing. */
import * as vscode from 'vscode';
import {
  languageMessages,
  type ToolStatesParams,
  type ToolStatesResult,
} from '../../../server/src/protocol/language.ts';
import type { ServerStatus } from '../../../server/src/protocol/control.ts';
import { unreviewedCount, unreviewedKind } from '../drift/unreviewed.ts';
import { unreviewedInWords } from '../drift/words.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { liveServer } from '../gateway/state.ts';
import type { Language, ServerInfo } from '../language/language.ts';
import { stateInWords } from '../language/status.ts';
import { missingOf } from '../setup/missing.ts';
import { untrustedReason } from '../views/statusBar.ts';

type ToolState = NonNullable<ToolStatesResult>[number];

/** What a menu of the tree is about. */
export type Node =
  | { readonly kind: 'server'; readonly server: ServerInfo }
  | { readonly kind: 'tool'; readonly server: ServerInfo; readonly tool: ToolState };

export function showServersTree(language: Language, gateway: Gateway): vscode.Disposable {
  const provider = new ServersTree(language, gateway);
  const view = vscode.window.createTreeView('portcullis.servers', {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const say = (): void => {
    view.message = messageAbove(language.servers);
  };
  say();
  return vscode.Disposable.from(
    provider,
    view,
    vscode.workspace.onDidGrantWorkspaceTrust(say),
    language.onDidChangeServers(() => {
      say();
      provider.refresh();
    }),
    gateway.onDidChangeState(() => provider.refresh()),
    // Policies alone are shown here, and all are called so, whichever language the person has given them.
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.path.endsWith('policy.json')) provider.refresh();
    }),
  );
}

/** Above the rows, and only there: where there is none, VS Code shows the words of an empty view, which say the same. */
function messageAbove(servers: readonly ServerInfo[]): string {
  if (servers.length === 0) return '';
  if (!vscode.workspace.isTrusted) return untrustedReason();
  if (missingOf(true, servers) !== 'policy') return '';
  return vscode.l10n.t('No server has a policy yet.');
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
    const live = this.#live(node.server);
    if (node.kind === 'server') return serverItem(node.server, live);
    return toolItem(node.server, node.tool, unreviewedInWords(live?.unreviewed, node.tool.name));
  }

  /** Nothing is started here: tools are those that are known. */
  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) return (await this.#language.knownServers()).map((server) => ({ kind: 'server', server }));
    if (node.kind === 'tool') return [];
    const params: ToolStatesParams = { server: node.server.name };
    const client = await this.#language.start();
    const tools = await client.sendRequest<ToolStatesResult>(languageMessages.toolStates, params);
    const { unreviewed } = this.#live(node.server) ?? {};
    const isReviewed = ({ name }: ToolState): boolean => unreviewedKind(unreviewed, name) === undefined;
    return (tools ?? [])
      .toSorted((a, b) => Number(isReviewed(a)) - Number(isReviewed(b)))
      .map((tool) => ({ kind: 'tool', server: node.server, tool }));
  }

  #live({ name }: ServerInfo): ServerStatus | undefined {
    return liveServer(this.#gateway.state, name);
  }
}

function serverItem(server: ServerInfo, live: ServerStatus | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(server.name, vscode.TreeItemCollapsibleState.Collapsed);
  const policy =
    server.policyUri === undefined
      ? vscode.l10n.t('no policy: every call is denied')
      : vscode.workspace.asRelativePath(vscode.Uri.parse(server.policyUri));
  const { state: listing, count, problem } = server.tools;
  const tools = count === undefined ? stateInWords(listing) : vscode.l10n.t('{0} tools', count);
  const state = live ? servingInWords(live) : vscode.l10n.t('not served');
  item.description = [state, ...waiting(live), tools, policy].join(' · ');
  const reason = live?.problem ?? problem;
  item.tooltip = [server.name, live?.url, policy, server.definedIn, reason]
    .filter((line) => line !== undefined)
    .join('\n');
  item.iconPath = new vscode.ThemeIcon(serverIcon(server, live));
  item.contextValue = contextOf('server', server, live?.unreviewed !== undefined);
  item.accessibilityInformation = { label: `${server.name}, ${item.description}` };
  return item;
}

function servingInWords({ state }: ServerStatus): string {
  switch (state) {
    case 'connecting':
      return vscode.l10n.t('connecting');
    case 'ready':
      return vscode.l10n.t('ready');
    case 'degraded':
      return vscode.l10n.t('degraded');
  }
}

function waiting(live: ServerStatus | undefined): readonly string[] {
  if (live?.unreviewed?.isMoved) return [vscode.l10n.t('unreviewed: started or reached in another way')];
  const count = unreviewedCount(live?.unreviewed);
  return count === 0 ? [] : [vscode.l10n.t('{0} unreviewed', count)];
}

/** What the menus go by. */
function contextOf(kind: Node['kind'], { policyUri }: ServerInfo, isUnreviewed: boolean): string {
  return [kind, policyUri === undefined ? 'ungoverned' : 'governed', ...(isUnreviewed ? ['unreviewed'] : [])].join('.');
}

function serverIcon({ tools, policyUri }: ServerInfo, live: ServerStatus | undefined): string {
  if (tools.state === 'failed' || live?.state === 'degraded' || live?.unreviewed) return 'warning';
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

const warningIcon = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));

function standingIcon({ standing }: ToolState): vscode.ThemeIcon {
  return new vscode.ThemeIcon(standing === undefined ? 'circle-slash' : ICONS[standing]);
}

/** `unreviewed`: why it waits for a review. */
function toolItem(server: ServerInfo, tool: ToolState, unreviewed: string | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(tool.label, vscode.TreeItemCollapsibleState.None);
  const said = [...(unreviewed === undefined ? [] : [unreviewed]), tool.risk, tool.words];
  item.description = said.join(' · ');
  item.tooltip = [tool.label, ...said].join('\n');
  item.iconPath = unreviewed === undefined ? standingIcon(tool) : warningIcon;
  item.contextValue = contextOf('tool', server, unreviewed !== undefined);
  item.accessibilityInformation = { label: [tool.label, ...said].join(', ') };
  const title = vscode.l10n.t('Show What the Server Says');
  item.command = { command: 'vscode.open', title, arguments: [vscode.Uri.parse(tool.uri), { preview: true }] };
  return item;
}
