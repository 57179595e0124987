/** The rows that the page knows and those of them that its filter shows, newest first. Pure. */
import type { AuditFilter, AuditRow } from '../../src/webview/audit/messages.ts';
import { matcher, noFilter } from './filter.ts';

/** As many as the extension keeps. */
const MOST_ROWS = 10_000;

export class Rows {
  #all = new Map<string, AuditRow>();
  #filter = noFilter;
  /** Oldest first, so that new rows are appended. */
  #shown: AuditRow[] = [];

  get total(): number {
    return this.#all.size;
  }

  get length(): number {
    return this.#shown.length;
  }

  get filter(): AuditFilter {
    return this.#filter;
  }

  /** 0 is the newest. */
  at(index: number): AuditRow | undefined {
    return this.#shown[this.#shown.length - 1 - index];
  }

  indexOf(id: string): number {
    const position = this.#shown.findLastIndex((row) => row.id === id);
    return position < 0 ? -1 : this.#shown.length - 1 - position;
  }

  replace(rows: readonly AuditRow[]): void {
    this.#all = new Map(rows.map((row) => [row.id, row]));
    this.#select();
  }

  setFilter(filter: AuditFilter): void {
    this.#filter = filter;
    this.#select();
  }

  /** Adds new rows and replaces changed ones, of which one batch may hold several; returns the new ones that the filter shows. */
  add(rows: readonly AuditRow[]): readonly AuditRow[] {
    const latest = new Map(rows.map((row) => [row.id, row]));
    const fresh = [...latest.values()].filter((row) => !this.#all.has(row.id));
    for (const row of latest.values()) this.#all.set(row.id, row);
    const overflow = this.#all.size - MOST_ROWS;
    for (const id of [...this.#all.keys()].slice(0, Math.max(0, overflow))) this.#all.delete(id);
    this.#select();
    return fresh.filter(matcher(this.#filter));
  }

  #select(): void {
    this.#shown = [...this.#all.values()].filter(matcher(this.#filter));
  }
}
