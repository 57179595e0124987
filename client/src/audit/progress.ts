/** What reading the log has in common: a progress with the number of calls, which a person can stop. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { programOf, stateFolderOf } from '../gateway/installed.ts';
import type { CommandLine } from './commandLine.ts';
import { notices } from '../views/notices.ts';

/** So many steps between two reports. */
const STEP = 5_000;

export const commandLineOf = ({ context }: App): CommandLine => ({
  program: programOf(context),
  stateFolder: stateFolderOf(context),
});

/** Whether it was finished: `false` when the person has stopped it. Rejects with what `task` rejects with. */
export async function withProgress(
  title: string,
  task: (signal: AbortSignal, report: (count: number) => void) => Promise<void>,
): Promise<boolean> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await notices.progress(options, async (progress, cancelled) => {
    const stop = new AbortController();
    cancelled.onCancellationRequested(() => stop.abort());
    const report = (count: number): void => {
      if (count % STEP === 0) progress.report({ message: String(count) });
    };
    try {
      await task(stop.signal, report);
      return true;
    } catch (error) {
      if (stop.signal.aborted) return false;
      throw error;
    }
  });
}
