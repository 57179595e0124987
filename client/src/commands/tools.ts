/** Reading tool lists again, and forgetting what was typed for `${input:…}`. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { stateInWords } from '../language/status.ts';
import { notices } from '../views/notices.ts';

/** `server`: the one that a menu is about; else the only one, else the person is asked. */
export async function refreshTools(app: App, server?: unknown): Promise<void> {
  const name = typeof server === 'string' ? server : await pickServer(app);
  if (name === undefined) return;
  // The status bar has no way to cancel.
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Reading the tools of {0}', name),
    cancellable: true,
  };
  await notices.progress(options, async (_progress, token) => {
    await app.language.refreshTools(name, token).catch((error: unknown) => {
      if (!token.isCancellationRequested) throw error;
    });
  });
}

export async function forgetInputs(app: App): Promise<void> {
  const count = await app.inputs.forget();
  void notices.inform(vscode.l10n.t('Forgot {0} answers. They are asked for again when a server needs them.', count));
}

async function pickServer(app: App): Promise<string | undefined> {
  const servers = await app.language.knownServers();
  if (servers.length <= 1) return servers[0]?.name;
  const items = servers.map((server) => ({ label: server.name, description: stateInWords(server.tools.state) }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which server?') }))?.label;
}
