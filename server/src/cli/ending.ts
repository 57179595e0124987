/** What ends the process before its command is done: signals, a reader that is gone, errors that nobody caught. Must not know the commands. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Milliseconds for an orderly end after an error that nobody caught; whatever it broke may keep the end from coming. */
const LAST_GRACE = 10_000;

/**
 * Aborts `stopped` when the process is to end. `tidiesUp`: the command has children and records, and ends by itself once aborted;
 * any other ends at once when nobody reads it, as in `… | head`, or when an error was not caught.
 */
export function watchForEnd(stopped: AbortController, tidiesUp: boolean): void {
  for (const signal of SIGNALS) process.once(signal, () => stopped.abort());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (tidiesUp) stopped.abort();
    else process.exit(0);
  });
  // Nobody reads what could be said about it.
  process.stderr.on('error', () => undefined);
  process.on('uncaughtException', (error: unknown) => fail(error, stopped, tidiesUp));
}

/** Nothing is known of the state any more, so nothing more is let through. */
function fail(error: unknown, stopped: AbortController, tidiesUp: boolean): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`portcullis: internal error, so it ends; please report it: ${reason}\n`);
  process.exitCode = 2;
  if (!tidiesUp) process.exit();
  stopped.abort();
  setTimeout(() => process.exit(), LAST_GRACE).unref();
}
