/** How long to wait before a broken stream is asked for again. */
import { setTimeout } from 'node:timers/promises';

const LONGEST = 30_000;
/** A server that wants to be asked again at once, and ends its stream at once, would keep us busy with nothing else. */
const SHORTEST = 100;
const FIRST = 1_000;

export class Backoff {
  readonly #first: number;
  #next: number;

  constructor(first = FIRST) {
    this.#first = first;
    this.#next = first;
  }

  /** The server's own wish (`retry:`), bounded. */
  suggest(milliseconds: number): void {
    this.#next = Math.min(Math.max(milliseconds, SHORTEST), LONGEST);
  }

  reset(): void {
    this.#next = this.#first;
  }

  /** Resolves after the delay, or at once when aborted; each wait doubles the next. */
  async wait(signal: AbortSignal): Promise<void> {
    const delay = this.#next;
    this.#next = Math.min(Math.max(delay, 1) * 2, LONGEST);
    await setTimeout(delay, undefined, { signal }).catch(() => undefined);
  }
}
