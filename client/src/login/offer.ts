/** Notices that a server wants a login, and tells how one ended. Opens nothing by itself. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { liveServers } from '../gateway/state.ts';
import { notices } from '../views/notices.ts';

export function offerLogins(app: App): vscode.Disposable {
  const offered = new Set<string>();
  return vscode.Disposable.from(
    app.gateway.onDidChangeState((state) => {
      const waiting = liveServers(state).filter((server) => server.login === 'needed');
      const names = new Set(waiting.map(({ name }) => name));
      for (const name of offered) if (!names.has(name)) offered.delete(name);
      // Once for each time that it becomes necessary.
      for (const name of names) {
        if (!offered.has(name)) void offer(name);
        offered.add(name);
      }
    }),
    app.gateway.onDidEndLogin(({ server, problem }) => void tell(server, problem)),
    app.gateway.onDidChangeSecret(
      ({ key, text }) =>
        void app.logins.keep(key, text).then(undefined, (error: unknown) => {
          app.log.error('A login could not be kept in the secret storage.', error);
        }),
    ),
  );
}

async function offer(server: string): Promise<void> {
  const logIn = vscode.l10n.t('Log In…');
  const message = vscode.l10n.t('The MCP server {0} asks you to log in. Until then its tools cannot be used.', server);
  if ((await notices.warn(message, logIn)) === logIn) await run(server);
}

async function tell(server: string, problem: string | undefined): Promise<void> {
  if (problem === undefined) {
    void notices.inform(vscode.l10n.t('You are logged in to {0}.', server));
    return;
  }
  const again = vscode.l10n.t('Try Again');
  if ((await notices.error(problem, again)) === again) await run(server);
}

async function run(server: string): Promise<void> {
  await vscode.commands.executeCommand('portcullis.logIn', server);
}
