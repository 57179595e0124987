/** The calls that the page knows, as columns of numbers, with each text once. Pure. */
import type { AuditRow, PackedRows } from '../../src/webview/audit/messages.ts';
import { textColumns, type TextColumn } from '../../src/webview/audit/pack.ts';
import { Texts } from './texts.ts';

type PackedRow = PackedRows['rows'][number];
type Outcome = NonNullable<AuditRow['outcome']>;

/** A power of two, as each later size is. */
const FIRST_SIZE = 1_024;

interface Columns {
  readonly ids: string[];
  readonly at: Float64Array;
  /** NaN: the call has not ended. */
  readonly latency: Float64Array;
  readonly texts: Readonly<Record<TextColumn, Uint32Array>>;
}

/**
 * Each call has a number: 0 for the first that came, one more for each later call, and below 0 for those that were put before it.
 * The columns are rings, in which a number has its place whatever was dropped at the other end.
 */
export class Calls {
  readonly texts = new Texts();
  readonly #denied = this.texts.numberOf('deny');
  readonly #refused = this.texts.numberOf('refused');
  readonly #expired = this.texts.numberOf('expired');
  #size = FIRST_SIZE;
  #columns = columnsOf(FIRST_SIZE);
  readonly #numbers = new Map<string, number>();
  #begin = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#begin;
  }

  /** The lowest number, and the one after the highest. */
  get begin(): number {
    return this.#begin;
  }

  get end(): number {
    return this.#end;
  }

  numberOf(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  /** Milliseconds since the epoch. */
  at(number: number): number {
    return this.#columns.at[this.#place(number)] ?? 0;
  }

  /** Its number among the texts. */
  text(column: TextColumn, number: number): number {
    return this.#columns.texts[column][this.#place(number)] ?? 0;
  }

  isDenied(number: number): boolean {
    if (this.text('decision', number) === this.#denied) return true;
    const outcome = this.text('outcome', number);
    return outcome === this.#refused || outcome === this.#expired;
  }

  /** Made anew each time. */
  row(number: number): AuditRow {
    const place = this.#place(number);
    const text = (column: TextColumn): string => this.texts.at(this.text(column, number));
    const outcome = text('outcome');
    const latencyMs = this.#columns.latency[place] ?? Number.NaN;
    return {
      ...{ id: this.#columns.ids[place] ?? '', at: this.at(number) },
      ...{ client: text('client'), server: text('server'), tool: text('tool'), category: text('category') },
      ...{ rule: text('rule'), message: text('message') },
      risk: text('risk') as AuditRow['risk'],
      decision: text('decision') as AuditRow['decision'],
      ...(outcome !== '' && { outcome: outcome as Outcome }),
      ...(!Number.isNaN(latencyMs) && { latencyMs }),
    };
  }

  /** Writes a call over the one with its id, or after all others. `textNumbers`: of the message that brings it, in `texts`. Returns its number. */
  put(row: PackedRow, textNumbers: readonly number[]): number {
    const number = this.#numbers.get(row[0]) ?? this.#end;
    if (number === this.#end) {
      this.#makeRoom(1);
      this.#end += 1;
    }
    this.#write(number, row, textNumbers);
    return number;
  }

  /** Writes calls that are not here before all others, in their order. */
  putBefore(rows: readonly PackedRow[], textNumbers: readonly number[]): void {
    this.#makeRoom(rows.length);
    this.#begin -= rows.length;
    rows.forEach((row, index) => this.#write(this.#begin + index, row, textNumbers));
  }

  /** Nothing where `count` is not above 0. */
  dropOldest(count: number): void {
    for (const begin = this.#begin + count; this.#begin < begin; this.#begin += 1) {
      this.#numbers.delete(this.#columns.ids[this.#place(this.#begin)] ?? '');
    }
  }

  #write(number: number, [id, at, latencyMs, texts]: PackedRow, textNumbers: readonly number[]): void {
    const place = this.#place(number);
    const columns = this.#columns;
    this.#numbers.set(id, number);
    columns.ids[place] = id;
    columns.at[place] = at;
    columns.latency[place] = latencyMs ?? Number.NaN;
    textColumns.forEach((column, index) => {
      columns.texts[column][place] = textNumbers[texts[index] ?? 0] ?? 0;
    });
  }

  #place(number: number): number {
    return number & (this.#size - 1);
  }

  #makeRoom(count: number): void {
    const needed = this.length + count;
    if (needed <= this.#size) return;
    const from = this.#size - 1;
    while (this.#size < needed) this.#size *= 2;
    const before = this.#columns;
    this.#columns = columnsOf(this.#size);
    for (let number = this.#begin; number < this.#end; number++) {
      copy(before, number & from, this.#columns, this.#place(number));
    }
  }
}

function columnsOf(size: number): Columns {
  const texts = Object.fromEntries(textColumns.map((column) => [column, new Uint32Array(size)]));
  return {
    ids: [],
    at: new Float64Array(size),
    latency: new Float64Array(size),
    texts: texts as Record<TextColumn, Uint32Array>,
  };
}

function copy(source: Columns, from: number, target: Columns, to: number): void {
  target.ids[to] = source.ids[from] ?? '';
  target.at[to] = source.at[from] ?? 0;
  target.latency[to] = source.latency[from] ?? Number.NaN;
  for (const column of textColumns) target.texts[column][to] = source.texts[column][from] ?? 0;
}
