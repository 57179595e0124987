/** Reading tool lists again, and forgetting what was typed for `${input:…}`. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { notices } from '../views/notices.ts';
import { cancellable } from '../views/progress.ts';
import { chooseServer } from './chooseServer.ts';

/** `server`: the one that a menu is about; else the only one, else the person is asked. */
export async function refreshTools(app: App, server?: unknown): Promise<void> {
  const name = typeof server === 'string' ? server : await chooseServer(app, vscode.l10n.t('Which server?'));
  if (name === undefined) return;
  const title = vscode.l10n.t('Reading the tools of {0}', name);
  await cancellable(title, (cancelled) => app.language.refreshTools(name, cancelled));
}

export async function forgetInputs(app: App): Promise<void> {
  const count = await app.inputs.forget();
  void notices.inform(vscode.l10n.t('Forgot {0} answers. They are asked for again when a server needs them.', count));
}
