/** What reading the log has in common: a progress with the number of calls, which a person can stop. */
import type { App } from '../app.ts';
import { programOf, stateFolderOf } from '../gateway/installed.ts';
import { cancellable, signalOf } from '../views/progress.ts';
import type { CommandLine } from './commandLine.ts';

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
  const isDone = await cancellable(title, async (cancelled, report) => {
    await task(signalOf(cancelled), (count) => {
      if (count % STEP === 0) report(String(count));
    });
    return true;
  });
  return isDone === true;
}
