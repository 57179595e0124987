/** Pushes diagnostics to editors that do not ask for them: a little after the last keystroke, always for the newest version. */
import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { SafeRunner } from './safe-runner.ts';

/** What there is to publish about. */
export interface Diagnosable {
  /** URIs of the open documents of ours. */
  open(): readonly string[];
  /** `undefined`: not open, or not ours. */
  diagnose(uri: string): Promise<{ readonly version: number; readonly diagnostics: Diagnostic[] } | undefined>;
}

/** Milliseconds without typing. */
const PAUSE = 120;

export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #documents: Diagnosable;
  readonly #safe: SafeRunner;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** Documents that have diagnostics on the screen. */
  readonly #published = new Set<string>();

  constructor(connection: Connection, documents: Diagnosable, safe: SafeRunner) {
    this.#connection = connection;
    this.#documents = documents;
    this.#safe = safe;
  }

  schedule(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    const publish = (): void => this.#safe.run('diagnostics', () => this.#publish(uri));
    this.#waiting.set(uri, setTimeout(publish, PAUSE));
  }

  scheduleAll(): void {
    for (const uri of this.#documents.open()) this.schedule(uri);
  }

  /** Takes the document's diagnostics off the screen. */
  async clear(uri: string): Promise<void> {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    if (this.#published.delete(uri)) await this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  async #publish(uri: string): Promise<void> {
    this.#waiting.delete(uri);
    const found = await this.#documents.diagnose(uri);
    if (found === undefined) return this.clear(uri);
    this.#published.add(uri);
    await this.#connection.sendDiagnostics({ uri, ...found });
  }
}
