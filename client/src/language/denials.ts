/** Tells the language server how often each tool was denied in the last day, for the lenses; as far as this window has seen the log. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';

/** Milliseconds. */
const DAY = 24 * 60 * 60 * 1_000;
/** Calls come in bursts: the lenses follow a little later. */
const PAUSE = 1_000;

export function followDenials(app: App): vscode.Disposable {
  let waiting: NodeJS.Timeout | undefined;
  const tell = (): void => {
    waiting = undefined;
    app.language.setDenials(app.audit.model.denialsSince(Date.now() - DAY));
  };
  const listening = app.audit.onDidChange(() => {
    waiting ??= setTimeout(tell, PAUSE);
  });
  return vscode.Disposable.from(listening, new vscode.Disposable(() => clearTimeout(waiting)));
}
