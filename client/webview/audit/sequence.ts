/** Numbers in ascending order, of which some are taken out and put back. Pure. */
export class Sequence {
  #numbers: number[] = [];

  get numbers(): readonly number[] {
    return this.#numbers;
  }

  /** Ascending. */
  set numbers(numbers: number[]) {
    this.#numbers = numbers;
  }

  /** −1: it is not here. */
  indexOf(number: number): number {
    const place = this.#placeOf(number);
    return this.#numbers[place] === number ? place : -1;
  }

  /** Those that are not below `number`. */
  from(number: number): readonly number[] {
    return this.#numbers.slice(this.#placeOf(number));
  }

  /** Puts the number where it belongs, or takes it out. */
  settle(number: number, isIn: boolean): void {
    const place = this.#placeOf(number);
    const isThere = this.#numbers[place] === number;
    if (isIn && !isThere) this.#numbers.splice(place, 0, number);
    else if (isThere && !isIn) this.#numbers.splice(place, 1);
  }

  dropBefore(number: number): void {
    this.#numbers.splice(0, this.#placeOf(number));
  }

  #placeOf(number: number): number {
    let [low, high] = [0, this.#numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#numbers[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
