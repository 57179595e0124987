/**
 * A table whose rows exist only around the visible part, so that ten thousand rows scroll like ten. To assistive technology it is a grid
 * with one active row that the keys move. What a row shows and what keys do beside moving are its owner's.
 */
import { element } from '../dom.ts';
import type { GridRow, GridRows } from './rows.ts';

/** Rows made beyond the visible part, above and below. */
const MARGIN = 8;

export interface GridParts<Row extends GridRow> {
  /** Of the element that scrolls. */
  readonly className: string;
  /** For assistive technology. */
  readonly label: string;
  /** CSS pixels; the heading is as high. */
  readonly rowHeight: number;
  readonly headings: readonly HTMLTableCellElement[];
  readonly rows: GridRows<Row>;
  readonly makeRow: (row: Row) => HTMLTableRowElement;
  /** A click on a row, which is active by then, or Enter. */
  readonly onOpen: (row: Row, event: Event) => void;
  /** The keys that the grid has no use for, with the active row. */
  readonly onKey?: (event: KeyboardEvent, row: Row) => void;
  /** The keys moved from one row to another; `from` is absent when none was active. */
  readonly onMove?: (event: KeyboardEvent, to: Row, from: Row | undefined) => void;
  /** Sets what of a drawn row depends on more than the row. The one that the keys act on has the class `active`. */
  readonly mark: (drawn: HTMLTableRowElement, row: Row) => void;
}

export class Grid<Row extends GridRow> {
  /** What scrolls. */
  readonly element: HTMLDivElement;
  readonly table: HTMLTableElement;
  readonly #parts: GridParts<Row>;
  readonly #body = element('tbody');
  readonly #above = spacer();
  readonly #below = spacer();
  /** Row elements in the document, by id; made anew only when their row changed. */
  readonly #made = new Map<string, { readonly row: Row; readonly element: HTMLTableRowElement }>();
  #active: string | undefined;
  #frame = 0;

  constructor(parts: GridParts<Row>) {
    this.#parts = parts;
    this.#body.append(this.#above, this.#below);
    const heading = element('tr', {}, ...parts.headings);
    heading.setAttribute('aria-rowindex', '1');
    this.table = element('table', { tabIndex: 0 }, element('thead', {}, heading), this.#body);
    this.table.setAttribute('role', 'grid');
    this.table.setAttribute('aria-label', parts.label);
    this.element = element('div', { className: `rows ${parts.className}` }, this.table);
    this.element.style.setProperty('--row-height', `${String(parts.rowHeight)}px`);
    this.#listen();
  }

  /** The row that the keys act on, if it is shown. */
  get active(): Row | undefined {
    return this.#active === undefined ? undefined : this.#parts.rows.at(this.#parts.rows.indexOf(this.#active));
  }

  /** Makes the row with an id the active one and brings it in sight, if it is shown. */
  activate(id: string): void {
    this.#activate(this.#parts.rows.indexOf(id));
  }

  /** Has every row made anew. */
  forget(): void {
    this.#made.clear();
  }

  #listen(): void {
    this.element.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    new ResizeObserver(() => this.#drawSoon()).observe(this.element);
    this.table.addEventListener('keydown', (event) => {
      this.element.classList.add('focused');
      this.#press(event);
    });
    this.table.addEventListener('blur', () => this.element.classList.remove('focused'));
    this.table.addEventListener('focus', () => {
      this.element.classList.toggle('focused', this.table.matches(':focus-visible'));
      if (this.active === undefined) this.#activate(this.#firstVisible());
    });
    this.#body.addEventListener('click', (event) => {
      const id = event.target instanceof Element ? event.target.closest('tr')?.dataset['id'] : undefined;
      const row = id === undefined ? undefined : this.#activate(this.#parts.rows.indexOf(id));
      if (row !== undefined) this.#parts.onOpen(row, event);
    });
  }

  #press(event: KeyboardEvent): void {
    const { active } = this;
    const target = this.#target(event);
    if (target !== undefined) {
      event.preventDefault();
      const row = this.#activate(Math.max(0, Math.min(this.#parts.rows.length - 1, target)));
      if (row !== undefined) this.#parts.onMove?.(event, row, active);
      return;
    }
    if (active === undefined) return;
    if (event.key !== 'Enter' || hasModifier(event)) return this.#parts.onKey?.(event, active);
    event.preventDefault();
    this.#parts.onOpen(active, event);
  }

  #target(event: KeyboardEvent): number | undefined {
    if (hasModifier(event)) return undefined;
    const { rows, rowHeight } = this.#parts;
    const now = this.#active === undefined ? -1 : rows.indexOf(this.#active);
    const page = Math.max(1, Math.floor(this.element.clientHeight / rowHeight) - 2);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: now + 1,
      ArrowUp: now - 1,
      PageDown: now + page,
      PageUp: now - page,
      Home: 0,
      End: rows.length - 1,
    };
    return targets[event.key];
  }

  #activate(index: number): Row | undefined {
    const row = this.#parts.rows.at(index);
    if (row === undefined) return undefined;
    this.#active = row.id;
    this.#scrollTo(index);
    this.draw();
    return row;
  }

  /** The heading covers one row's height at the top. */
  #scrollTo(index: number): void {
    const { rowHeight } = this.#parts;
    const top = index * rowHeight;
    const room = this.element.clientHeight - 2 * rowHeight;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (top > this.element.scrollTop + room) this.element.scrollTop = top - room;
  }

  #firstVisible(): number {
    return Math.ceil(this.element.scrollTop / this.#parts.rowHeight);
  }

  #drawSoon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.draw();
    });
  }

  /** Brings what is visible up to date. */
  draw(): void {
    const { rows, rowHeight } = this.#parts;
    const height = Math.ceil(this.element.clientHeight / rowHeight);
    const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - MARGIN);
    const last = Math.min(rows.length, first + height + 2 * MARGIN);
    const wanted = this.#elements(first, last);
    this.#place(wanted);
    this.#above.style.height = `${String(first * rowHeight)}px`;
    this.#below.style.height = `${String(Math.max(0, rows.length - last) * rowHeight)}px`;
    this.table.setAttribute('aria-rowcount', String(rows.length + 1));
    this.#mark();
  }

  #elements(first: number, last: number): HTMLTableRowElement[] {
    const elements: HTMLTableRowElement[] = [];
    for (let index = first; index < last; index += 1) {
      const row = this.#parts.rows.at(index);
      if (row === undefined) continue;
      const made = this.#made.get(row.id);
      const drawn = made?.row === row ? made.element : this.#parts.makeRow(row);
      if (drawn !== made?.element) {
        drawn.dataset['id'] = row.id;
        drawn.id = elementId(row.id);
        this.#made.set(row.id, { row, element: drawn });
      }
      setAttribute(drawn, 'aria-rowindex', String(index + 2));
      elements.push(drawn);
    }
    return elements;
  }

  /** Elements that stay are never taken out and put back: that would swallow a click which is under way. */
  #place(wanted: readonly HTMLTableRowElement[]): void {
    const keep = new Set(wanted);
    for (const stale of [...this.#body.children]) {
      if (stale === this.#above || stale === this.#below || keep.has(stale as HTMLTableRowElement)) continue;
      stale.remove();
    }
    for (const [id, { element: made }] of this.#made) if (!keep.has(made)) this.#made.delete(id);
    let next = this.#above.nextSibling;
    for (const row of wanted) {
      if (row === next) next = next.nextSibling;
      else this.#body.insertBefore(row, next);
    }
  }

  #mark(): void {
    const active = this.#active;
    for (const { row, element: drawn } of this.#made.values()) {
      drawn.classList.toggle('active', row.id === active);
      this.#parts.mark(drawn, row);
    }
    if (active !== undefined && this.#made.has(active)) {
      this.table.setAttribute('aria-activedescendant', elementId(active));
    } else this.table.removeAttribute('aria-activedescendant');
  }
}

/** Also a value that stays costs a look at the styles of everything inside. */
export function setAttribute(target: Element, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Names of tools may hold white space, which an id must not. */
const elementId = (id: string): string =>
  `row-${id.replace(/[^\w-]/g, (unit) => `.${unit.charCodeAt(0).toString(16)}.`)}`;

const hasModifier = ({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean => altKey || ctrlKey || metaKey;

function spacer(): HTMLTableRowElement {
  const row = element('tr', { className: 'spacer' });
  row.setAttribute('aria-hidden', 'true');
  return row;
}
