/** Waiting for the language server to have read a configuration that was just written. */
import * as vscode from 'vscode';
import type { Language, ServerInfo } from '../language/language.ts';
import { notices } from '../views/notices.ts';

/** Resolves once the server is known and has a policy, or the person does not want to wait any longer: then rejects. */
export async function serverAppears(language: Language, name: string): Promise<void> {
  const isThere = (servers: readonly ServerInfo[]): boolean =>
    servers.some((server) => server.name === name && server.policyUri !== undefined);
  if (isThere(await language.knownServers())) return;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Waiting for the configuration of {0} to be read', name),
    cancellable: true,
  };
  await notices.progress(options, (_progress, cancelled) => {
    return new Promise<void>((resolve, reject) => {
      const listening = language.onDidChangeServers((servers) => isThere(servers) && end(resolve));
      const stopping = cancelled.onCancellationRequested(() =>
        end(() => reject(new Error(vscode.l10n.t('The demo was stopped. Run the command again to go on.')))),
      );
      const end = (settle: () => void): void => {
        listening.dispose();
        stopping.dispose();
        settle();
      };
      if (isThere(language.servers)) end(resolve);
    });
  });
}
