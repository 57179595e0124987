/** Work that brings something up to date: while it is under way, many who ask for it are served by one more time. */
export class Repeated {
  readonly #work: (isStale: () => boolean) => Promise<void>;
  #isStale = false;
  #running = false;

  /** `work` may leave undone what is stale already. It must not throw. */
  constructor(work: (isStale: () => boolean) => Promise<void>) {
    this.#work = work;
  }

  ask(): void {
    this.#isStale = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.#work(() => this.#isStale);
    }
    this.#running = false;
  }
}
