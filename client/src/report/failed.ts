/** The one place for what a person has asked for and what did not work: the log and a report of this window's state name it, a message says why. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { notices } from '../views/notices.ts';

/** `what`: the id of the command or of the action. Resolves when the message is gone. */
export async function tellFailure(app: App, what: string, error: unknown): Promise<void> {
  app.log.error(what, error);
  app.failures.note(what, error);
  const log = vscode.l10n.t('Show Log');
  const message = error instanceof Error ? error.message : String(error);
  if ((await notices.error(message, log)) === log) app.log.show();
}
