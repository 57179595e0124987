/** The last things that failed in this window: which command, when, and the kind of error. Never the message: it may quote a file or a server. */
import type { ReportedFailure } from './state.ts';

const KEPT = 10;

export class Failures {
  readonly #last: ReportedFailure[] = [];

  get last(): readonly ReportedFailure[] {
    return this.#last;
  }

  note(what: string, error: unknown): void {
    this.#last.push({ at: new Date().toISOString(), what, kind: kindOf(error) });
    if (this.#last.length > KEPT) this.#last.shift();
  }
}

/** The class, and the code where it is a word as those of Node are. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { readonly code?: unknown };
  const isWord = typeof code === 'number' || (typeof code === 'string' && /^[A-Za-z_-]{1,40}$/.test(code));
  return isWord ? `${error.constructor.name} (${String(code)})` : error.constructor.name;
}
