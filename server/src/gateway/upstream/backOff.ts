/** When a server that died or cannot be reached may be tried again. */
import type { Clock } from '../../ports.ts';

const FIRST_DELAY = 250;
const LONGEST_DELAY = 30_000;
/** A connection that lasted this long was a good one: its end starts the count anew. */
const STABLE_AFTER = 10_000;

export class BackOff {
  readonly #clock: Clock;
  #failures = 0;
  #startedAt = 0;
  #notBefore = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  started(): void {
    this.#startedAt = this.#clock();
  }

  /** Counts one more failure, and puts the next attempt off. */
  failed(): void {
    const lasted = this.#startedAt === 0 ? 0 : this.#clock() - this.#startedAt;
    this.#failures = lasted >= STABLE_AFTER ? 1 : this.#failures + 1;
    this.#startedAt = 0;
    this.#notBefore = this.#clock() + Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (this.#failures - 1));
  }

  /** Milliseconds until the next attempt is due; 0: now. */
  get wait(): number {
    return Math.max(0, this.#notBefore - this.#clock());
  }
}
