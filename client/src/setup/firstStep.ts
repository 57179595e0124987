/** Tells the audit view what is missing, so that it offers the next step. Which servers there are is asked only once somebody looks: nothing is started before. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { workspaceFolder } from '../commands/policyFile.ts';
import type { ServerInfo } from '../language/language.ts';
import { missingOf } from './missing.ts';

export function offerFirstStep({ audit, language, log }: App): vscode.Disposable {
  let isAsked = false;
  const tell = (servers: readonly ServerInfo[]): void => {
    audit.missing = missingOf(workspaceFolder() !== undefined, servers);
  };
  const ask = (): void => {
    if (isAsked || !audit.isVisible) return;
    isAsked = true;
    language.knownServers().then(tell, (error: unknown) => log.warn('The configured servers are not known.', error));
  };
  return vscode.Disposable.from(audit.onDidChange(ask), language.onDidChangeServers(tell));
}
