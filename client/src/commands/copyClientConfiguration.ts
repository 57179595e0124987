/** Puts the configuration that points an MCP client at the gateway on the clipboard, and says where it belongs. */
import * as vscode from 'vscode';
import type { ServerStatus } from '../../../server/src/protocol/control.ts';
import type { App } from '../app.ts';
import {
  httpConfiguration,
  httpForms,
  stdioConfiguration,
  TOKEN_VARIABLE,
  type ClientForm,
} from '../gateway/clientConfiguration.ts';
import { launcherOf, stateFolderOf } from '../gateway/installed.ts';
import { isLive, liveServer, liveServers } from '../gateway/state.ts';
import { reach } from '../setup/milestones.ts';
import { explainTrust, startGateway } from './gateway.ts';
import { notices } from '../views/notices.ts';

interface FormPick extends vscode.QuickPickItem {
  readonly form?: ClientForm;
}

/** `server`: the one that a lens or a menu is about; else the only one, else the person is asked. */
export async function copyClientConfiguration(app: App, server?: unknown): Promise<void> {
  if (!isLive(app.gateway.state) && !(await offerStart(app))) return;
  const name = typeof server === 'string' ? server : await pickServer(app);
  const status = name === undefined ? undefined : liveServer(app.gateway.state, name);
  if (status === undefined) return;
  const picked = await pickForm();
  if (picked === undefined) return;
  await reach('client');
  if (picked.form === undefined) return await copyStdio(app, status);
  await vscode.env.clipboard.writeText(httpConfiguration(picked.form.id, status.name, status.url));
  await explainToken(app, picked.form);
}

async function offerStart(app: App): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    await explainTrust();
    return false;
  }
  const start = vscode.l10n.t('Start Gateway');
  const message = vscode.l10n.t('The gateway is not running, so there is no endpoint to copy yet.');
  if ((await notices.inform(message, start)) !== start) return false;
  await startGateway(app);
  return isLive(app.gateway.state);
}

async function pickServer(app: App): Promise<string | undefined> {
  const servers = liveServers(app.gateway.state);
  if (servers.length <= 1) return servers[0]?.name;
  const items = servers.map((server) => ({ label: server.name, description: server.url }));
  const placeHolder = vscode.l10n.t('Which server is the configuration for?');
  return (await vscode.window.showQuickPick(items, { placeHolder, title: title() }))?.label;
}

async function pickForm(): Promise<FormPick | undefined> {
  const items: FormPick[] = [
    { label: vscode.l10n.t('HTTP: the gateway of this window'), kind: vscode.QuickPickItemKind.Separator },
    ...httpForms.map((form) => ({ label: form.label, description: form.file, detail: tokenDetail(form), form })),
    { label: vscode.l10n.t('Stdio: joins this window, or runs alone'), kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('Any client'),
      description: vscode.l10n.t('a command that the client starts'),
      detail: vscode.l10n.t('Works without VS Code running, and needs no token.'),
    },
  ];
  const placeHolder = vscode.l10n.t('Which client is it for? The copied text holds no token.');
  return await vscode.window.showQuickPick(items, { placeHolder, title: title() });
}

const title = (): string => vscode.l10n.t('Copy Client Configuration');

const tokenDetail = (form: ClientForm): string =>
  form.token === 'asked'
    ? vscode.l10n.t('VS Code asks for the token when it connects.')
    : vscode.l10n.t('The client reads the token from the environment variable {0}.', TOKEN_VARIABLE);

async function explainToken(app: App, form: ClientForm): Promise<void> {
  const copy = vscode.l10n.t('Copy Token');
  const message = vscode.l10n.t('Copied. Paste it into {0}. {1}', form.file, tokenDetail(form));
  if ((await notices.inform(message, copy)) !== copy) return;
  await vscode.env.clipboard.writeText((await app.gateway.token()) ?? '');
}

async function copyStdio(app: App, server: ServerStatus): Promise<void> {
  const launcher = launcherOf(app.context);
  await launcher.write();
  const policy = server.policy.file === undefined ? undefined : vscode.Uri.file(server.policy.file);
  const folder = policy && vscode.workspace.getWorkspaceFolder(policy)?.uri.fsPath;
  const state = stateFolderOf(app.context);
  const place = ['--folder', folder ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', '--state', state];
  const args = ['gateway', '--stdio', '--server', server.name, ...place];
  await vscode.env.clipboard.writeText(stdioConfiguration(server.name, launcher.file, args));
  void notices.inform(
    vscode.l10n.t(
      'Copied. Paste it into the configuration of the client, in place of what starts {0} itself.',
      server.name,
    ),
  );
}
