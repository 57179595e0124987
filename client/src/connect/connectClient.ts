/** Connects an MCP client to the gateway by its own configuration: which client, the difference, the person's word, then the write. */
import * as vscode from 'vscode';
import type { ClientPlace, ConnectParams, ConnectPlan, RouteTarget } from '../../../server/src/protocol/connect.ts';
import type { App } from '../app.ts';
import { launcherOf, stateFolderOf } from '../gateway/installed.ts';
import { untrustedReason } from '../views/statusBar.ts';
import { chooseServer } from '../commands/chooseServer.ts';
import { workspaceFolder } from '../commands/policyFile.ts';
import { reach } from '../setup/milestones.ts';
import { ChangesPreview } from './changesPreview.ts';
import { applyChanges, clientPlaces, planConnection } from './requests.ts';
import { notices } from '../views/notices.ts';

type Changes = Extract<ConnectPlan, { kind: 'changes' }>;

/** `server`: the one that a menu is about; else the only one, else the person is asked. */
export async function connectClient(app: App, server?: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) throw new Error(untrustedReason());
  const folder = workspaceFolder()?.fsPath;
  if (folder === undefined) throw new Error(vscode.l10n.t('Open the folder that configures the server first.'));
  const question = vscode.l10n.t('Which server shall the client reach through the gateway?');
  const name = typeof server === 'string' ? server : await chooseServer(app, question);
  const place = name === undefined ? undefined : await choosePlace(await clientPlaces(app.language, { folder }), name);
  if (name === undefined || place === undefined) return;
  const action = place.connected.includes(name) ? 'undo' : 'connect';
  await carryOut(app, action, { folder, server: name, place });
}

/** From the quick fix of a policy that a client goes around. */
export async function routeClient(app: App, target: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) throw new Error(untrustedReason());
  if (!isTarget(target)) return;
  const { folder, client, scope, server } = target;
  const places = await clientPlaces(app.language, { folder });
  const place = places.find((each) => each.client === client && each.scope === scope);
  if (place !== undefined) await carryOut(app, 'route', { folder, server, place });
}

function isTarget(target: unknown): target is RouteTarget {
  if (typeof target !== 'object' || target === null) return false;
  const { folder, client, scope, server } = target as Readonly<Record<keyof RouteTarget, unknown>>;
  return [folder, client, scope, server].every((text) => typeof text === 'string');
}

interface Connecting {
  /** Absolute path. */
  readonly folder: string;
  readonly server: string;
  readonly place: ClientPlace;
}

async function carryOut(
  app: App,
  action: ConnectParams['action'],
  { folder, server, place }: Connecting,
): Promise<void> {
  const launcher = launcherOf(app.context);
  const state = stateFolderOf(app.context);
  const { client, scope } = place;
  const params: ConnectParams = { client, scope, folder, server, launcher: launcher.file, state, action };
  const preview = new ChangesPreview();
  try {
    const agreed = await propose(app, params, { place, preview });
    if (agreed === undefined) return;
    if (action !== 'undo') await launcher.write();
    await write(app, { folder, action }, agreed, place);
  } finally {
    await preview.close();
  }
}

interface Proposal {
  readonly place: ClientPlace;
  readonly preview: ChangesPreview;
}

/** Undefined: nothing is to be written. */
async function propose(app: App, params: ConnectParams, { place, preview }: Proposal): Promise<Changes | undefined> {
  const plan = await planConnection(app.language, params);
  if (plan === null) throw new Error(vscode.l10n.t('The server {0} is not configured any more.', params.server));
  if (plan.kind === 'by hand') return await explainByHand(plan);
  if (plan.changes.length === 0 && plan.originals.length === 0) {
    void notices.inform(vscode.l10n.t('{0} says so already: nothing is to be written.', place.file));
    return undefined;
  }
  await preview.show(plan.changes);
  const answer = await ask(plan, params, place);
  if (answer === 'route') return await propose(app, { ...params, action: 'route' }, { place, preview });
  return answer === 'write' ? plan : undefined;
}

interface AnswerPick extends vscode.QuickPickItem {
  readonly answer?: 'write' | 'route';
}

/** A list and no dialog: the difference stays in sight behind it. */
async function ask(
  plan: Changes,
  { server, action }: ConnectParams,
  { label, file }: ClientPlace,
): Promise<AnswerPick['answer']> {
  const files = plan.changes.map((change) => vscode.workspace.asRelativePath(change.file)).join(', ');
  const write: AnswerPick = {
    label: `$(check) ${action === 'undo' ? vscode.l10n.t('Disconnect {0} from {1}', label, server) : vscode.l10n.t('Write this')}`,
    detail: vscode.l10n.t('Changes {0}. A copy of what was there is kept beside it.', files),
    answer: 'write',
  };
  const ways = plan.originals
    .map((original) => `"${original.name}" (${vscode.workspace.asRelativePath(original.file)})`)
    .join(', ');
  const route: AnswerPick = {
    label: `$(warning) ${vscode.l10n.t('Show how to close the way around the policy as well')}`,
    detail: vscode.l10n.t('{0} still leads to the server itself.', ways),
    answer: 'route',
  };
  const items: AnswerPick[] = [
    ...(plan.changes.length > 0 ? [write] : []),
    ...(plan.originals.length > 0 ? [route] : []),
    { label: `$(close) ${vscode.l10n.t('Leave {0} as it is', vscode.workspace.asRelativePath(file))}` },
  ];
  const placeHolder = vscode.l10n.t('Is the difference what you want? Nothing is written yet.');
  const options = { title: vscode.l10n.t('Connect {0} to {1}', label, server), placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.answer;
}

async function write(
  app: App,
  { folder, action }: Pick<ConnectParams, 'folder' | 'action'>,
  { changes }: Changes,
  { label }: ClientPlace,
): Promise<void> {
  const { problem } = await applyChanges(app.language, { folder, changes });
  if (problem !== undefined) throw new Error(problem);
  if (action !== 'undo') await reach('client');
  const message = vscode.l10n.t('Written. Restart {0} if it does not notice.', label);
  const open = vscode.l10n.t('Open File');
  const last = changes.at(-1);
  const chosen = await notices.inform(message, ...(last?.after === undefined ? [] : [open]));
  if (chosen === open && last) await vscode.window.showTextDocument(vscode.Uri.file(last.file));
}

async function explainByHand({
  file,
  problem,
  snippet,
}: Extract<ConnectPlan, { kind: 'by hand' }>): Promise<undefined> {
  const copy = vscode.l10n.t('Copy the Entry');
  const open = vscode.l10n.t('Open File');
  const message = vscode.l10n.t('{0} is left as it is. {1}', file, problem);
  const chosen = await notices.warn(message, ...(snippet === undefined ? [] : [copy]), open);
  if (chosen === copy) await vscode.env.clipboard.writeText(snippet ?? '');
  if (chosen !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(file));
}

async function choosePlace(places: readonly ClientPlace[], server: string): Promise<ClientPlace | undefined> {
  const found = places.filter((place) => place.installed);
  const others = places.filter((place) => !place.installed);
  const separator = (label: string): vscode.QuickPickItem & { place?: ClientPlace } => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const items = [
    separator(vscode.l10n.t('found on this machine')),
    ...found.map((place) => placeItem(place, server)),
    separator(vscode.l10n.t('not found')),
    ...others.map((place) => placeItem(place, server)),
  ];
  const placeHolder = vscode.l10n.t('Which client? The difference is shown before anything is written.');
  const options = { title: vscode.l10n.t('Connect a Client to {0}', server), placeHolder, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.place;
}

function placeItem(place: ClientPlace, server: string): vscode.QuickPickItem & { place: ClientPlace } {
  const scope = place.scope === 'folder' ? vscode.l10n.t('this folder') : vscode.l10n.t('all your projects');
  const isConnected = place.connected.includes(server);
  const connected = isConnected ? ` · $(check) ${vscode.l10n.t('connected: choose to disconnect')}` : '';
  return { label: place.label, description: scope + connected, detail: place.file, place };
}
