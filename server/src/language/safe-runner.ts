/**
 * The one place where the language server's handlers are caught: an error is logged and answered with what "nothing to offer" looks like,
 * a request that the client gave up is not answered with a result.
 */
import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import type { Log } from '../ports.ts';

export class SafeRunner {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** An LSP request handler. It starts in a later turn of the loop, so that a cancellation that is already waiting is seen first. */
  request<P, R>(
    name: string,
    empty: R,
    handle: (params: P, token: CancellationToken) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
    return async (params, token) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (token.isCancellationRequested) return cancelled();
      try {
        const result = await handle(params, token);
        return token.isCancellationRequested ? cancelled() : result;
      } catch (error) {
        if (token.isCancellationRequested) return cancelled();
        this.#report(name, error);
        return empty;
      }
    };
  }

  /** A notification or event handler, or work in the background. */
  run(name: string, work: () => void | Promise<void>): void {
    const guarded = async (): Promise<void> => work();
    guarded().catch((error: unknown) => this.#report(name, error));
  }

  /** The message only: an error may quote what a server sent, and the stack names the user's folders. */
  #report(name: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#log.error(`${name} failed`, { error: message });
  }
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
