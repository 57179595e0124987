/** Pushes diagnostics to editors that do not ask for them: a little after the last keystroke, always for the newest version. */
import type { Connection } from 'vscode-languageserver';
import type { OpenPolicies } from './document/open-policies.ts';
import { diagnose } from './features/diagnostics.ts';
import type { SafeRunner } from './safe-runner.ts';
import type { Workspace } from './workspace.ts';

/** Milliseconds without typing. */
const PAUSE = 120;

export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #policies: OpenPolicies;
  readonly #workspace: Workspace;
  readonly #safe: SafeRunner;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** Documents that have diagnostics on the screen. */
  readonly #published = new Set<string>();

  constructor(connection: Connection, policies: OpenPolicies, workspace: Workspace, safe: SafeRunner) {
    this.#connection = connection;
    this.#policies = policies;
    this.#workspace = workspace;
    this.#safe = safe;
  }

  schedule(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    const publish = (): void => this.#safe.run('diagnostics', () => this.#publish(uri));
    this.#waiting.set(uri, setTimeout(publish, PAUSE));
  }

  scheduleAll(): void {
    for (const { uri } of this.#policies.all()) this.schedule(uri);
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
    const view = this.#policies.view(uri);
    if (view === undefined) return this.clear(uri);
    const diagnostics = diagnose(view, this.#workspace.toolsFor(view));
    this.#published.add(uri);
    await this.#connection.sendDiagnostics({ uri, version: view.version, diagnostics });
  }
}
