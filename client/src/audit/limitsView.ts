/** Feeds the use of limits into the audit view while it is looked at: what `portcullis limits` says, in the user's words. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { showAt } from '../commands/openPolicy.ts';
import { tellFailure } from '../report/failed.ts';
import type { LimitLine } from '../webview/audit/messages.ts';
import { eachJsonLine, runOnState } from './commandLine.ts';
import { commandLineOf } from './progress.ts';

/** Milliseconds: calls come in bursts, and a process is started for each look. */
const PAUSE = 2_000;

/** A line of `portcullis limits --format json`. */
interface LimitUse {
  readonly server: string;
  readonly policy: string;
  readonly rule: string;
  readonly counter: string;
  readonly window: string | number;
  readonly scope: 'session' | 'grant' | 'server';
  readonly grant?: string;
  readonly session?: string;
  readonly used: string;
  readonly max?: number;
  readonly freesAt: string;
}

export function followLimitsView(app: App): vscode.Disposable {
  const follower = new LimitsFollower(app);
  return vscode.Disposable.from(
    follower,
    app.audit.onDidLookAtLimits((looks) => follower.look(looks)),
    app.gateway.onDidRecord(() => follower.changed()),
    app.audit.onDidOpenLimit(
      ({ policy, rule }) =>
        void openLimit(app, policy, rule).catch((error: unknown) => tellFailure(app, 'audit.openLimit', error)),
    ),
  );
}

class LimitsFollower {
  readonly #app: App;
  /** Ends what reads; absent while nobody looks. */
  #looking: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  look(looks: boolean): void {
    this.dispose();
    if (!looks) return;
    this.#looking = new AbortController();
    void this.#read(this.#looking.signal);
  }

  changed(): void {
    const { signal } = this.#looking ?? {};
    if (signal === undefined) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#read(signal);
    }, PAUSE);
  }

  dispose(): void {
    this.#looking?.abort();
    this.#looking = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const uses: LimitUse[] = [];
    try {
      await runOnState(commandLineOf(this.#app), ['limits', '--format', 'json'], signal, (output) =>
        eachJsonLine(output, (use) => void uses.push(use as LimitUse)),
      );
      if (!signal.aborted) this.#app.audit.showLimits(uses.map(lineOf));
    } catch (error) {
      if (signal.aborted) return;
      this.#app.log.warn(String(error));
      this.#app.audit.showLimits([], error instanceof Error ? error.message : String(error));
    }
  }
}

async function openLimit(app: App, policy: string, rule: string): Promise<void> {
  const uri = vscode.Uri.file(policy);
  // The key of an entry names a tool that the entry governs, also where it is a pattern.
  const tool = /^\/tools\/([^/]+)/.exec(rule)?.[1] ?? '';
  await showAt(uri, await app.language.locateRule({ uri: uri.toString(), rule, tool }));
}

function lineOf(use: LimitUse): LimitLine {
  const { server, counter, policy, rule, used, max } = use;
  const frees = new Date(use.freesAt).toLocaleString(vscode.env.language);
  return {
    ...{ server, counter, policy, rule },
    whose: whoseInWords(use),
    used: `${usedInWords(use)} ${windowInWords(use.window)}`,
    ...(max !== undefined && { share: max === 0 ? 1 : Number(used) / max }),
    frees: vscode.l10n.t('frees up {0}', frees),
  };
}

function usedInWords({ used, max }: LimitUse): string {
  return max === undefined
    ? vscode.l10n.t('{0} used; the policy has no such limit any more', used)
    : vscode.l10n.t('{0} of {1} used', used, max);
}

function windowInWords(window: string | number): string {
  return typeof window === 'number' ? vscode.l10n.t('in {0} seconds', window) : vscode.l10n.t('in this {0}', window);
}

function whoseInWords({ scope, grant, session }: LimitUse): string {
  if (scope === 'server') return vscode.l10n.t('all grants');
  return [grant, session].filter((name) => name !== undefined).join(' · ');
}
