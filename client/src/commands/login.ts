/** Logging in to a remote server and out of it. The person sees the whole address before anything opens it. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { isLive, liveServers } from '../gateway/state.ts';
import { notices } from '../views/notices.ts';

/** `server`: the one that asks; else the only one, else the person chooses. */
export async function logIn(app: App, server?: unknown): Promise<void> {
  const name = await chooseServer(app, server);
  if (name === undefined) return;
  const title = vscode.l10n.t('Asking {0} where to log in', name);
  const { url, problem } = await notices.progress({ location: vscode.ProgressLocation.Window, title }, () =>
    app.gateway.logIn(name),
  );
  if (url !== undefined) return await showPage(name, url);
  void notices.error(problem ?? vscode.l10n.t('{0} does not say where to log in.', name));
}

export async function logOut(app: App, server?: unknown): Promise<void> {
  const name = await chooseServer(app, server);
  if (name === undefined) return;
  const { problem } = await app.gateway.logOut(name);
  if (problem !== undefined) void notices.error(problem);
  else void notices.inform(vscode.l10n.t('The login to {0} is forgotten.', name));
}

/** A modal: no click into it opens anything but its button. */
async function showPage(server: string, url: string): Promise<void> {
  const open = vscode.l10n.t('Open in Browser');
  const copy = vscode.l10n.t('Copy Address');
  const message = vscode.l10n.t('Log in to {0} at {1}?', server, new URL(url).host);
  const detail = `${vscode.l10n.t('The server names this page for it:')}\n\n${url}`;
  const chosen = await notices.inform(message, { modal: true, detail }, open, copy);
  if (chosen === open) await openPage(url);
  if (chosen === copy) await vscode.env.clipboard.writeText(url);
}

/**
 * The gateway has refused every other scheme; this is what would open them. A text is opened as it was shown, while a `Uri` is decoded
 * and encoded again on the way, which changes a nested address. In a remote window VS Code forwards the port that the address names.
 */
async function openPage(url: string): Promise<void> {
  const { protocol, hostname } = new URL(url);
  const isLocal =
    protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]');
  if (protocol === 'https:' || isLocal) await vscode.env.openExternal(url as unknown as vscode.Uri);
}

async function chooseServer(app: App, given: unknown): Promise<string | undefined> {
  if (typeof given === 'string') return given;
  if (!isLive(app.gateway.state)) {
    void notices.warn(vscode.l10n.t('Start the gateway first: it is what logs in.'));
    return undefined;
  }
  const servers = liveServers(app.gateway.state);
  if (servers.length <= 1) return servers[0]?.name;
  const items = servers.map((server) => ({
    label: server.name,
    description: server.login === 'needed' ? vscode.l10n.t('asks for a login') : '',
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which server?') }))?.label;
}
