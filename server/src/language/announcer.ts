/** Tells the editor, once per turn of the loop, what changed about servers and tools: the status, the lenses, the diagnostics. */
import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import { languageMessages } from '../protocol/language.ts';
import type { Session } from './session.ts';

export class Announcer {
  readonly #connection: Connection;
  readonly #session: Session;
  /** Nothing is said before the configuration was read once: an empty list would mean that there are no servers. */
  #ready = false;
  #waiting = false;
  #said = '';

  constructor(connection: Connection, session: Session) {
    this.#connection = connection;
    this.#session = session;
  }

  configurationRead(): void {
    this.#ready = true;
    this.pairingChanged();
  }

  /** A list, its state or the configuration is new: what was found with the old one is out of date. */
  toolsChanged(): void {
    const { client, safe, publisher } = this.#session;
    if (!client.pullsDiagnostics) publisher.scheduleAll();
    else if (client.refreshesDiagnostics) {
      safe.run('refreshing diagnostics', async () => this.#connection.languages.diagnostics.refresh());
    }
    this.pairingChanged();
  }

  /** Which policy is for which server may have changed. */
  pairingChanged(): void {
    if (this.#waiting || !this.#ready) return;
    this.#waiting = true;
    setImmediate(() => this.#session.safe.run('announcing servers', () => this.#announce()));
  }

  async #announce(): Promise<void> {
    this.#waiting = false;
    const { workspace, client } = this.#session;
    const report = workspace.report();
    const text = JSON.stringify(report);
    if (text === this.#said) return;
    this.#said = text;
    await this.#connection.sendNotification(languageMessages.servers, report);
    if (client.refreshesLenses) await this.#connection.sendRequest(CodeLensRefreshRequest.type);
  }
}
