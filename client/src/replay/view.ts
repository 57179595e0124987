/** The calls that an edit of a policy would have decided otherwise: by what changes, each with the way to its rule. Shows what it is given. */
import * as vscode from 'vscode';
import type { ReplayGroup, ReplayResult, ReplayVerdict } from '../../../server/src/protocol/replay.ts';
import { rangeOf } from '../views/range.ts';

type Difference = Extract<ReplayResult, { kind: 'difference' }>;

type Node =
  | { readonly kind: 'group'; readonly group: ReplayGroup }
  | { readonly kind: 'call'; readonly group: ReplayGroup; readonly call: ReplayGroup['calls'][number] };

const VIEW = 'portcullis.replay';

export class ReplayView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<Node>;
  #policy: vscode.Uri | undefined;
  #groups: readonly ReplayGroup[] = [];

  constructor() {
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
  }

  async show(policy: vscode.Uri, difference: Difference): Promise<void> {
    this.#policy = policy;
    this.#groups = difference.groups;
    this.#view.message = sentence(difference);
    this.#view.description = vscode.workspace.asRelativePath(policy);
    this.#changed.fire();
    await vscode.commands.executeCommand('setContext', 'portcullis.replayed', true);
    await vscode.commands.executeCommand(`${VIEW}.focus`);
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return this.#groups.map((group) => ({ kind: 'group', group }));
    if (node.kind === 'call') return [];
    return node.group.calls.map((call) => ({ kind: 'call', group: node.group, call }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = node.kind === 'group' ? groupItem(node.group) : callItem(node.call);
    const { range } = node.group;
    if (this.#policy === undefined || range === undefined) return item;
    const title = vscode.l10n.t('Open the Rule');
    const options = { selection: rangeOf(range), preview: false };
    return Object.assign(item, { command: { command: 'vscode.open', title, arguments: [this.#policy, options] } });
  }
}

function sentence({ server, calls, changed, unknown }: Difference): string {
  if (calls === 0) return vscode.l10n.t('No calls of {0} are recorded in the last week.', server);
  return vscode.l10n.t(
    '{0} calls of {1} in the last week: {2} would be decided otherwise, {3} cannot be known.',
    ...[calls, server, changed, unknown],
  );
}

const ICONS: Readonly<Record<ReplayVerdict, string>> = {
  allow: 'pass',
  deny: 'circle-slash',
  needs_approval: 'person',
  unknown: 'question',
};

function inWords(verdict: ReplayVerdict): string {
  switch (verdict) {
    case 'allow':
      return vscode.l10n.t('allowed');
    case 'deny':
      return vscode.l10n.t('denied');
    case 'needs_approval':
      return vscode.l10n.t('asks a person');
    case 'unknown':
      return vscode.l10n.t('cannot be known');
  }
}

function groupItem({ tool, before, after, why, count }: ReplayGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(tool, vscode.TreeItemCollapsibleState.Collapsed);
  const calls = count === 1 ? vscode.l10n.t('1 call') : vscode.l10n.t('{0} calls', count);
  item.description = [`${inWords(before)} → ${inWords(after)}`, calls, why].filter((part) => part !== '').join(' · ');
  item.tooltip = `${tool}\n${item.description}`;
  item.iconPath = new vscode.ThemeIcon(ICONS[after]);
  item.accessibilityInformation = { label: `${tool}, ${item.description}` };
  return item;
}

function callItem({ at, client, grant }: ReplayGroup['calls'][number]): vscode.TreeItem {
  const item = new vscode.TreeItem(new Date(at).toLocaleString(), vscode.TreeItemCollapsibleState.None);
  item.description = [client, grant].filter((part) => part !== '').join(' · ');
  return item;
}
