/** The rows that the page knows and those of them that its filter shows, newest first. Pure. */
import type { AuditFilter, AuditRow } from '../../src/webview/audit/messages.ts';
import { isWithin, matcher, noFilter } from './filter.ts';

/** As many as the extension keeps. */
const MOST_ROWS = 100_000;

/** In the order in which they came; found by the number of their arrival. */
class Sequence {
  readonly #numberOf: (id: string) => number;
  #rows: AuditRow[] = [];

  constructor(numberOf: (id: string) => number) {
    this.#numberOf = numberOf;
  }

  get rows(): readonly AuditRow[] {
    return this.#rows;
  }

  set rows(rows: AuditRow[]) {
    this.#rows = rows;
  }

  push(row: AuditRow): void {
    this.#rows.push(row);
  }

  /** −1: it is not here. */
  indexOf(id: string): number {
    const at = this.#placeOf(this.#numberOf(id));
    return this.#rows[at]?.id === id ? at : -1;
  }

  /** Replaces the row, or puts it where it belongs, or takes it out. */
  settle(row: AuditRow, isIn: boolean): void {
    const at = this.#placeOf(this.#numberOf(row.id));
    const isThere = this.#rows[at]?.id === row.id;
    if (isIn) this.#rows.splice(at, isThere ? 1 : 0, row);
    else if (isThere) this.#rows.splice(at, 1);
  }

  /** Lets go of what came before. */
  dropBefore(number: number): void {
    this.#rows.splice(0, this.#placeOf(number));
  }

  #placeOf(number: number): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#numberOf(this.#rows[middle]?.id ?? '') < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export class Rows {
  readonly #all = new Map<string, AuditRow>();
  readonly #numbers = new Map<string, number>();
  readonly #numberOf = (id: string): number => this.#numbers.get(id) ?? -1;
  /** What the filter leaves, without the range that was chosen in the chart: the chart shows it. */
  readonly #matching = new Sequence(this.#numberOf);
  readonly #shown = new Sequence(this.#numberOf);
  #filter = noFilter;
  #matches = matcher(noFilter, 0);
  #arrived = 0;

  get total(): number {
    return this.#all.size;
  }

  get length(): number {
    return this.#shown.rows.length;
  }

  get filter(): AuditFilter {
    return this.#filter;
  }

  /** Oldest first. */
  get matching(): readonly AuditRow[] {
    return this.#matching.rows;
  }

  /** Oldest first. */
  get shown(): readonly AuditRow[] {
    return this.#shown.rows;
  }

  row(id: string): AuditRow | undefined {
    return this.#all.get(id);
  }

  /** 0 is the newest. */
  at(index: number): AuditRow | undefined {
    return this.#shown.rows[this.length - 1 - index];
  }

  indexOf(id: string): number {
    const position = this.#shown.indexOf(id);
    return position < 0 ? -1 : this.length - 1 - position;
  }

  clear(): void {
    this.#all.clear();
    this.#numbers.clear();
    this.#select();
  }

  /** `now`: milliseconds since the epoch. */
  setFilter(filter: AuditFilter, now: number): void {
    this.#filter = filter;
    this.#matches = matcher(filter, now);
    this.#select();
  }

  /** Adds new rows and replaces changed ones, of which one batch may hold several; returns the new ones that the filter shows. */
  add(rows: readonly AuditRow[]): readonly AuditRow[] {
    const fresh = rows.filter((row) => this.#take(row)).map(({ id }) => id);
    this.#dropOldest();
    const shown = fresh.filter((id) => this.#shown.indexOf(id) >= 0);
    return shown.flatMap((id) => this.#all.get(id) ?? []);
  }

  /** Whether it is new. */
  #take(row: AuditRow): boolean {
    const isNew = !this.#all.has(row.id);
    this.#all.set(row.id, row);
    if (isNew) this.#numbers.set(row.id, this.#arrived++);
    const matches = this.#matches(row);
    for (const [sequence, isIn] of [
      [this.#matching, matches],
      [this.#shown, matches && this.#isInRange(row)],
    ] as const) {
      if (!isNew) sequence.settle(row, isIn);
      else if (isIn) sequence.push(row);
    }
    return isNew;
  }

  #dropOldest(): void {
    const overflow = this.#all.size - MOST_ROWS;
    if (overflow <= 0) return;
    const kept = this.#arrived - MOST_ROWS;
    for (const sequence of [this.#matching, this.#shown]) sequence.dropBefore(kept);
    for (const id of [...this.#all.keys()].slice(0, overflow)) {
      this.#all.delete(id);
      this.#numbers.delete(id);
    }
  }

  #isInRange(row: AuditRow): boolean {
    return this.#filter.range === undefined || isWithin(this.#filter.range, row);
  }

  #select(): void {
    const matching = [...this.#all.values()].filter(this.#matches);
    this.#matching.rows = matching;
    this.#shown.rows = matching.filter((row) => this.#isInRange(row));
  }
}
