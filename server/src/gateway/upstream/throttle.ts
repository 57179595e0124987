/** Passes the first of many news on at once, and of those that follow in an interval only the last, at its end. */
export class Throttle<T> {
  readonly #milliseconds: number;
  readonly #pass: (news: T) => void;
  #held: { readonly news: T } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, pass: (news: T) => void) {
    this.#milliseconds = milliseconds;
    this.#pass = pass;
  }

  tell(news: T): void {
    if (this.#timer) this.#held = { news };
    else this.#passOn(news);
  }

  /** What is still held is dropped. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#held = undefined;
  }

  #passOn(news: T): void {
    this.#timer = setTimeout(() => this.#elapsed(), this.#milliseconds).unref();
    this.#pass(news);
  }

  #elapsed(): void {
    const held = this.#held;
    this.#held = undefined;
    this.#timer = undefined;
    if (held) this.#passOn(held.news);
  }
}
