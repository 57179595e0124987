/** Tells the editor, once per turn of the loop, what changed about servers and tools: the status, the lenses, the diagnostics. */
import {
  CodeLensRefreshRequest,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
  type Connection,
} from 'vscode-languageserver';
import { languageMessages } from '../protocol/language.ts';
import type { ClientFeatures } from './client-features.ts';
import type { DiagnosticsPublisher } from './diagnostics-publisher.ts';
import type { SafeRunner } from './safe-runner.ts';
import type { Workspace } from './workspace.ts';

export interface AnnouncerParts {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly safe: SafeRunner;
  readonly workspace: Workspace;
  readonly publisher: DiagnosticsPublisher;
}

export class Announcer {
  readonly #parts: AnnouncerParts;
  /** Nothing is said before the configuration was read once: an empty list would mean that there are no servers. */
  #ready = false;
  #waiting = false;
  #said = '';

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  configurationRead(): void {
    this.#ready = true;
    this.pairingChanged();
  }

  /** A list, its state or the configuration is new: what was found with the old one is out of date. */
  toolsChanged(): void {
    const { connection, client, safe, publisher } = this.#parts;
    if (!client.pullsDiagnostics) publisher.scheduleAll();
    else if (client.refreshesDiagnostics) {
      safe.run('refreshing diagnostics', async () => connection.languages.diagnostics.refresh());
    }
    this.pairingChanged();
  }

  /** Which policy is for which server may have changed. */
  pairingChanged(): void {
    if (this.#waiting || !this.#ready) return;
    this.#waiting = true;
    setImmediate(() => this.#parts.safe.run('announcing servers', () => this.#announce()));
  }

  /** What stands beside the text is new, and nothing else. */
  surroundingsChanged(): void {
    const { connection, client, safe } = this.#parts;
    const refresh = (type: typeof CodeLensRefreshRequest.type): void =>
      safe.run('refreshing', async () => connection.sendRequest(type));
    if (client.refreshesLenses) refresh(CodeLensRefreshRequest.type);
    if (client.refreshesHints) refresh(InlayHintRefreshRequest.type);
    if (client.refreshesTokens) refresh(SemanticTokensRefreshRequest.type);
  }

  async #announce(): Promise<void> {
    this.#waiting = false;
    const { connection, workspace } = this.#parts;
    const report = workspace.report();
    const text = JSON.stringify(report);
    if (text === this.#said) return;
    this.#said = text;
    await connection.sendNotification(languageMessages.servers, report);
    this.surroundingsChanged();
  }
}
