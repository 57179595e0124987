/** A progress that a person can stop: in a notification, since that of the status bar cannot be. */
import * as vscode from 'vscode';
import { notices } from './notices.ts';

/** `undefined`: the person has stopped it. Rejects with what `task` rejects with. */
export async function cancellable<T>(
  title: string,
  task: (cancelled: vscode.CancellationToken, report: (message: string) => void) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await notices.progress(options, async (progress, cancelled) => {
    try {
      return await task(cancelled, (message) => progress.report({ message }));
    } catch (error) {
      if (cancelled.isCancellationRequested) return undefined;
      throw error;
    }
  });
}

export function signalOf(cancelled: vscode.CancellationToken): AbortSignal {
  const stop = new AbortController();
  cancelled.onCancellationRequested(() => stop.abort());
  return stop.signal;
}
