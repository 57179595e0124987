/**
 * Tells the language server what the gateway of this window counts, for hovers on limits: while a policy is in sight, after each call and when something
 * frees up. A hover then waits for nothing.
 */
import * as vscode from 'vscode';
import { languageMessages } from '../../../server/src/protocol/language.ts';
import type { LimitsReport } from '../../../server/src/protocol/limits.ts';
import type { App } from '../app.ts';
import { POLICY_LANGUAGE } from './language.ts';

/** Milliseconds: calls come in bursts, and what a hover says is at most a second old. */
const PAUSE = 500;
/** Timers do not reach further than some weeks. */
const LONGEST_WAIT = 60 * 60 * 1_000;

export function followLimits(app: App): vscode.Disposable {
  const follower = new LimitsFollower(app);
  const look = (): void => follower.lookWithin(PAUSE);
  return vscode.Disposable.from(
    app.gateway.onDidRecord(look),
    app.gateway.onDidChangeState(look),
    vscode.window.onDidChangeVisibleTextEditors(look),
    // A bare policy.json is recognised a little after it is shown.
    vscode.workspace.onDidOpenTextDocument(look),
    follower,
  );
}

class LimitsFollower {
  readonly #app: App;
  #next: { readonly timer: NodeJS.Timeout; readonly at: number } | undefined;
  #told = '{}';

  constructor(app: App) {
    this.#app = app;
  }

  /** Looks in so many milliseconds, unless it is about to look sooner. */
  lookWithin(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (this.#next !== undefined && this.#next.at <= at) return;
    clearTimeout(this.#next?.timer);
    this.#next = { at, timer: setTimeout(() => void this.#look(), milliseconds) };
  }

  dispose(): void {
    clearTimeout(this.#next?.timer);
  }

  async #look(): Promise<void> {
    this.#next = undefined;
    if (!vscode.window.visibleTextEditors.some(({ document }) => document.languageId === POLICY_LANGUAGE)) return;
    const report = await this.#app.gateway.limits().catch((): LimitsReport => ({}));
    const soonest = Math.min(...(report.uses ?? []).map(({ freesAt }) => freesAt));
    if (Number.isFinite(soonest)) this.lookWithin(Math.min(Math.max(PAUSE, soonest - Date.now()), LONGEST_WAIT));
    await this.#tell(report).catch((error: unknown) => this.#app.log.warn(String(error)));
  }

  async #tell(report: LimitsReport): Promise<void> {
    const text = JSON.stringify(report);
    if (text === this.#told) return;
    this.#told = text;
    await (await this.#app.language.start()).sendNotification(languageMessages.limits, report);
  }
}
