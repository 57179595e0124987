/** The rows that the page knows and those of them that its filter shows, newest first. Pure. */
import type { AuditFilter, AuditRow, PackedRows } from '../../src/webview/audit/messages.ts';
import { Calls } from './calls.ts';
import { isWithin, matcher, noFilter } from './filter.ts';
import { Sequence } from './sequence.ts';

/** As many as the extension keeps. */
const MOST_ROWS = 100_000;
/** Rows that were asked for: those that are drawn, many times over. */
const MOST_MADE = 2_000;
/** More than so many rows hold: the rest is what rows held that are gone. */
const MOST_TEXTS = 4 * MOST_ROWS;

export class Rows {
  #calls = new Calls();
  /** What the filter leaves, without the range that was chosen in the chart: the chart shows it. By their numbers. */
  readonly #matching = new Sequence();
  readonly #shown = new Sequence();
  /** A row that has not changed stays the same object. */
  readonly #made = new Map<number, AuditRow>();
  #filter = noFilter;
  #now = 0;
  #matches = matcher(noFilter, 0, this.#calls);

  /** What the numbers of calls stand for. */
  get calls(): Calls {
    return this.#calls;
  }

  get total(): number {
    return this.#calls.length;
  }

  get length(): number {
    return this.#shown.numbers.length;
  }

  get filter(): AuditFilter {
    return this.#filter;
  }

  /** Numbers of calls, oldest first. */
  get matching(): readonly number[] {
    return this.#matching.numbers;
  }

  /** Numbers of calls, oldest first. */
  get shown(): readonly number[] {
    return this.#shown.numbers;
  }

  /** Texts of calls that are gone have piled up: they are got rid of by clearing all. */
  get isWasteful(): boolean {
    return this.#calls.texts.length > MOST_TEXTS;
  }

  row(id: string): AuditRow | undefined {
    const number = this.#calls.numberOf(id);
    return number === undefined ? undefined : this.made(number);
  }

  /** The row of a call's number. */
  made(number: number): AuditRow {
    const known = this.#made.get(number);
    if (known) return known;
    if (this.#made.size >= MOST_MADE) this.#made.clear();
    const row = this.#calls.row(number);
    this.#made.set(number, row);
    return row;
  }

  /** 0 is the newest. */
  at(index: number): AuditRow | undefined {
    const number = this.shown[this.length - 1 - index];
    return number === undefined ? undefined : this.made(number);
  }

  indexOf(id: string): number {
    const number = this.#calls.numberOf(id);
    const position = number === undefined ? -1 : this.#shown.indexOf(number);
    return position < 0 ? -1 : this.length - 1 - position;
  }

  clear(): void {
    this.#calls = new Calls();
    this.#made.clear();
    this.setFilter(this.#filter, this.#now);
  }

  /** `now`: milliseconds since the epoch. */
  setFilter(filter: AuditFilter, now: number): void {
    this.#filter = filter;
    this.#now = now;
    this.#matches = matcher(filter, now, this.#calls);
    this.#matching.numbers = this.#matchingFrom(this.#calls.begin, this.#calls.end);
    this.#shown.numbers = this.#inRange(this.#matching.numbers);
  }

  /** Adds new rows and replaces changed ones, of which one batch may hold several; returns the numbers of the new ones that the filter shows. */
  add({ texts, rows }: PackedRows): readonly number[] {
    const numbers = texts.map((text) => this.#calls.texts.numberOf(text));
    const firstNew = this.#calls.end;
    for (const row of rows) this.#settle(this.#calls.put(row, numbers));
    this.#dropOldest();
    return this.#shown.from(firstNew);
  }

  /** Puts rows before all others, as many as there is room for. */
  addOlder({ texts, rows }: PackedRows): void {
    const before = this.#calls.begin;
    const numbers = texts.map((text) => this.#calls.texts.numberOf(text));
    const unknown = rows.filter(([id]) => this.#calls.numberOf(id) === undefined);
    this.#calls.putBefore(unknown.slice(Math.max(0, unknown.length + this.total - MOST_ROWS)), numbers);
    const matching = this.#matchingFrom(this.#calls.begin, before);
    this.#matching.numbers = [...matching, ...this.matching];
    this.#shown.numbers = [...this.#inRange(matching), ...this.shown];
  }

  #settle(number: number): void {
    this.#made.delete(number);
    const matches = this.#matches(number);
    this.#matching.settle(number, matches);
    this.#shown.settle(number, matches && this.#isInRange(number));
  }

  #dropOldest(): void {
    this.#calls.dropOldest(this.total - MOST_ROWS);
    for (const sequence of [this.#matching, this.#shown]) sequence.dropBefore(this.#calls.begin);
  }

  #matchingFrom(begin: number, end: number): number[] {
    const found: number[] = [];
    for (let number = begin; number < end; number++) if (this.#matches(number)) found.push(number);
    return found;
  }

  #inRange(numbers: readonly number[]): number[] {
    return numbers.filter((number) => this.#isInRange(number));
  }

  #isInRange(number: number): boolean {
    return this.#filter.range === undefined || isWithin(this.#filter.range, this.#calls.at(number));
  }
}
