/** Texts that are kept once and known by their number. Pure. */
export class Texts {
  readonly #texts: string[] = [''];
  readonly #numbers = new Map([['', 0]]);

  get length(): number {
    return this.#texts.length;
  }

  at(number: number): string {
    return this.#texts[number] ?? '';
  }

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  /**
   * Whether a text is such that `test` holds, by its number; each is tested once. A hundred thousand rows hold few different texts.
   */
  testing(test: (text: string) => boolean): (number: number) => boolean {
    let known = new Uint8Array(this.length);
    return (number) => {
      if (number >= known.length) known = longer(known, this.length);
      known[number] ||= test(this.at(number)) ? HOLDS : FAILS;
      return known[number] === HOLDS;
    };
  }
}

const HOLDS = 1;
const FAILS = 2;

function longer(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(2 * length);
  made.set(bytes);
  return made;
}
