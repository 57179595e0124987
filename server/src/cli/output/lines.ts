/** From UTF-16 offsets to lines and columns as people count them: from 1. */

export interface Place {
  readonly line: number;
  readonly column: number;
}

export class Lines {
  readonly #starts: readonly number[];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
  }

  place(offset: number): Place {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The text of a line, without its end. */
  line(number: number): string {
    const start = this.#starts[number - 1] ?? this.#text.length;
    return this.#text.slice(start, this.#starts[number] ?? this.#text.length).replace(/[\r\n]+$/, '');
  }
}
