/** What a grid shows. Types only. */

/** The rows that are shown, in their order. A row that is the same object has not changed. */
export interface GridRows<Row extends GridRow> {
  readonly length: number;
  at(index: number): Row | undefined;
  /** −1: it is not shown. */
  indexOf(id: string): number;
}

export interface GridRow {
  readonly id: string;
}
