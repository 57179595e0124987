/** Grants in the editor: seen, made, rotated, revoked. A token goes to the clipboard once and is kept nowhere. */
import * as vscode from 'vscode';
import type { GrantInfo, GrantRequest, NewGrant } from '../../../server/src/protocol/grant.ts';
import type { App } from '../app.ts';
import { isLive, liveServers } from '../gateway/state.ts';
import { notices } from '../views/notices.ts';

interface GrantPick extends vscode.QuickPickItem {
  readonly grant?: GrantInfo;
}

export async function manageGrants(app: App): Promise<void> {
  if (!isLive(app.gateway.state))
    return void notices.warn(vscode.l10n.t('Start the gateway first: it keeps the grants.'));
  const answer = await app.gateway.grants({ do: 'list' });
  if (!answer.ok) return void notices.error(answer.problem);
  const made: GrantPick[] = answer.grants.filter(isInUse).map((grant) => ({ ...described(grant), grant }));
  const items = [{ label: `$(add) ${vscode.l10n.t('New Grant…')}` }, ...made];
  const placeHolder = vscode.l10n.t('Who may use the gateway, beside "local"');
  const picked = await vscode.window.showQuickPick<GrantPick>(items, { title: vscode.l10n.t('Grants'), placeHolder });
  if (picked?.grant) await changeGrant(app, picked.grant);
  else if (picked) await newGrant(app);
}

const isInUse = ({ revokedAt, expiresAt }: GrantInfo): boolean =>
  revokedAt === undefined && (expiresAt === undefined || expiresAt > Date.now());

function described({ label, servers, policy, expiresAt }: GrantInfo): vscode.QuickPickItem {
  const until =
    expiresAt === undefined
      ? vscode.l10n.t('never expires')
      : vscode.l10n.t('until {0}', new Date(expiresAt).toLocaleDateString());
  const facts = [servers?.join(', ') ?? vscode.l10n.t('all servers'), until];
  return { label, description: facts.join(' · '), ...(policy === undefined ? {} : { detail: policy }) };
}

async function changeGrant(app: App, { label }: GrantInfo): Promise<void> {
  const rotate = `$(refresh) ${vscode.l10n.t('New Token')}`;
  const revoke = `$(trash) ${vscode.l10n.t('Revoke')}`;
  const items = [
    { label: rotate, description: vscode.l10n.t('the old one opens nothing any more') },
    { label: revoke, description: vscode.l10n.t('its clients are shut out at once') },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: label });
  if (picked) await send(app, { do: picked.label === rotate ? 'rotate' : 'revoke', label });
}

async function newGrant(app: App): Promise<void> {
  const label = await notices.ask({
    title: vscode.l10n.t('New Grant (1/4): Label'),
    prompt: vscode.l10n.t('How its calls are named in the log, for example the client'),
  });
  if (label === undefined || label === '') return;
  const servers = await chooseServers(app);
  const expires = servers && (await chooseExpiry());
  const policy = expires && (await choosePolicy());
  if (servers && expires && policy) await send(app, { do: 'add', label, ...servers, ...expires, ...policy });
}

/** Each answers with its part of the grant, `undefined` when the person gives up. */
async function chooseServers(app: App): Promise<Pick<NewGrant, 'servers'> | undefined> {
  const all = liveServers(app.gateway.state).map(({ name }) => name);
  const title = vscode.l10n.t('New Grant (2/4): Servers');
  const items = all.map((name) => ({ label: name, picked: true }));
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  if (picked === undefined || picked.length === 0) return undefined;
  return { servers: picked.map(({ label }) => label) };
}

const DAY = 86_400_000;

async function chooseExpiry(): Promise<Pick<NewGrant, 'expiresAt'> | undefined> {
  const items = [
    { label: vscode.l10n.t('In 30 days'), days: 30 },
    { label: vscode.l10n.t('In a day'), days: 1 },
    { label: vscode.l10n.t('In a year'), days: 365 },
    { label: vscode.l10n.t('Never'), days: 0 },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('New Grant (3/4): Expires') });
  if (picked === undefined) return undefined;
  return picked.days === 0 ? {} : { expiresAt: Date.now() + picked.days * DAY };
}

async function choosePolicy(): Promise<Pick<NewGrant, 'policy'> | undefined> {
  const own = { label: vscode.l10n.t("The servers' policies") };
  const other = { label: vscode.l10n.t('A policy of its own…') };
  const picked = await vscode.window.showQuickPick([own, other], { title: vscode.l10n.t('New Grant (4/4): Policy') });
  if (picked !== other) return picked && {};
  const [file] = (await vscode.window.showOpenDialog({ filters: { JSON: ['json'] } })) ?? [];
  return file && { policy: file.fsPath };
}

async function send(app: App, request: Exclude<GrantRequest, { do: 'list' }>): Promise<void> {
  const answer = await app.gateway.grants(request);
  if (!answer.ok) return void notices.error(answer.problem);
  if (answer.token === undefined) return void notices.inform(vscode.l10n.t('The grant {0} is revoked.', request.label));
  await vscode.env.clipboard.writeText(answer.token);
  const message = vscode.l10n.t('The token of {0} is on the clipboard. It is shown nowhere else.', request.label);
  void notices.inform(message);
}
