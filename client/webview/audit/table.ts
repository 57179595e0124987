/** The table of calls, newest on top; while the reader is further down, the rows under the eye stay where they are. */
import type { AuditRow, PageStrings } from '../../src/webview/audit/messages.ts';
import { element } from '../dom.ts';
import { Grid, setAttribute } from '../list/grid.ts';
import { columnOrder, rowElement } from './cells.ts';
import type { Rows } from './rows.ts';

/** CSS pixels. */
const ROW_HEIGHT = 24;

export class CallTable {
  readonly #rows: Rows;
  readonly #grid: Grid<AuditRow>;
  #manyServers = false;

  constructor(rows: Rows, strings: PageStrings, onOpen: (id: string) => void) {
    this.#rows = rows;
    this.#grid = new Grid({
      className: 'calls',
      label: strings.table,
      rowHeight: ROW_HEIGHT,
      headings: columnOrder.map((name) => element('th', { scope: 'col', className: name }, strings.columns[name])),
      rows,
      makeRow: (row) => rowElement(row, strings, this.#manyServers),
      onOpen: ({ id }) => onOpen(id),
      mark: (drawn) => setAttribute(drawn, 'aria-selected', String(drawn.classList.contains('active'))),
    });
  }

  get element(): HTMLDivElement {
    return this.#grid.element;
  }

  get follows(): boolean {
    return this.element.scrollTop < ROW_HEIGHT;
  }

  get scrollTop(): number {
    return this.element.scrollTop;
  }

  set scrollTop(value: number) {
    this.element.scrollTop = value;
  }

  /** Draws what changed. `added`: how many rows came in on top since the last time. */
  update(added: number): void {
    const followed = this.follows;
    this.#nameServers(hasManyServers(this.#rows));
    this.#grid.draw();
    // Rows above the eye push nothing away from under it.
    if (!followed && added > 0) this.element.scrollTop += added * ROW_HEIGHT;
  }

  focus(): void {
    this.#grid.table.focus();
  }

  /** With a second server in view, every row says which server it is about. */
  #nameServers(many: boolean): void {
    if (many === this.#manyServers) return;
    this.#manyServers = many;
    this.#grid.forget();
  }
}

function hasManyServers(rows: Rows): boolean {
  const first = rows.at(0)?.server;
  for (let index = 1; index < rows.length; index += 1) if (rows.at(index)?.server !== first) return true;
  return false;
}
