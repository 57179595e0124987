/** Work-done progress that the user can stop. */
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { ClientFeatures } from './client-features.ts';

/** Runs `work` under a progress the editor shows, if it shows any; its signal aborts when the user stops it. */
export async function withProgress<T>(
  connection: Connection,
  client: ClientFeatures,
  title: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const progress = client.showsProgress ? await begin(connection, title) : undefined;
  progress?.token.onCancellationRequested(() => stop.abort());
  try {
    return await work(stop.signal);
  } finally {
    progress?.done();
  }
}

/** An editor that cannot show it after all does not keep the work from being done. */
async function begin(connection: Connection, title: string): Promise<WorkDoneProgressServerReporter | undefined> {
  const progress = await connection.window.createWorkDoneProgress().catch(() => undefined);
  progress?.begin(title, undefined, undefined, true);
  return progress;
}
