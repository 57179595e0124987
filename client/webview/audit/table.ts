/**
 * The table of calls: a grid whose rows exist only around the visible part, so that ten thousand calls scroll like ten.
 * Newest on top; while the reader is further down, the rows under the eye stay where they are.
 */
import type { PageStrings } from '../../src/webview/audit/messages.ts';
import { element } from '../dom.ts';
import { columnOrder, rowElement } from './cells.ts';
import type { Rows } from './rows.ts';

/** CSS pixels. */
const ROW_HEIGHT = 24;
/** Rows made beyond the visible part, above and below. */
const MARGIN = 8;

export class CallTable {
  readonly element: HTMLDivElement;
  readonly #rows: Rows;
  readonly #strings: PageStrings;
  readonly #onOpen: (id: string) => void;
  readonly #grid: HTMLTableElement;
  readonly #body = element('tbody');
  readonly #above = spacer();
  readonly #below = spacer();
  /** Row elements in the document, by id; made anew only when their row changed. */
  readonly #made = new Map<string, { readonly row: object; readonly element: HTMLTableRowElement }>();
  #active: string | undefined;
  #manyServers = false;
  #frame = 0;

  constructor(rows: Rows, strings: PageStrings, onOpen: (id: string) => void) {
    this.#rows = rows;
    this.#strings = strings;
    this.#onOpen = onOpen;
    this.#body.append(this.#above, this.#below);
    const columns = columnOrder.map((name) => element('th', { scope: 'col', className: name }, strings.columns[name]));
    const heading = element('tr', {}, ...columns);
    heading.setAttribute('aria-rowindex', '1');
    this.#grid = element('table', { tabIndex: 0 }, element('thead', {}, heading), this.#body);
    this.#grid.setAttribute('role', 'grid');
    this.#grid.setAttribute('aria-label', strings.table);
    this.element = element('div', { className: 'calls' }, this.#grid);
    this.element.style.setProperty('--row-height', `${String(ROW_HEIGHT)}px`);
    this.#listen();
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
    this.#draw();
    // Rows above the eye push nothing away from under it.
    if (!followed && added > 0) this.element.scrollTop += added * ROW_HEIGHT;
  }

  focus(): void {
    this.#grid.focus();
  }

  /** With a second server in view, every row says which server it is about. */
  #nameServers(many: boolean): void {
    if (many === this.#manyServers) return;
    this.#manyServers = many;
    this.#made.clear();
  }

  #listen(): void {
    this.element.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    new ResizeObserver(() => this.#drawSoon()).observe(this.element);
    this.#grid.addEventListener('keydown', (event) => this.#press(event));
    this.#grid.addEventListener('focus', () => {
      if (this.#active === undefined || this.#rows.indexOf(this.#active) < 0) this.#activate(this.#firstVisible());
    });
    this.#body.addEventListener('click', (event) => {
      const id = event.target instanceof Element ? event.target.closest('tr')?.dataset['id'] : undefined;
      if (id === undefined) return;
      this.#activate(this.#rows.indexOf(id));
      this.#onOpen(id);
    });
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' && this.#active !== undefined) {
      this.#onOpen(this.#active);
      return event.preventDefault();
    }
    const index = this.#target(event.key);
    if (index === undefined) return;
    event.preventDefault();
    this.#activate(Math.max(0, Math.min(this.#rows.length - 1, index)));
  }

  #target(key: string): number | undefined {
    const now = this.#active === undefined ? -1 : this.#rows.indexOf(this.#active);
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_HEIGHT) - 2);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: now + 1,
      ArrowUp: now - 1,
      PageDown: now + page,
      PageUp: now - page,
      Home: 0,
      End: this.#rows.length - 1,
    };
    return targets[key];
  }

  #activate(index: number): void {
    const row = this.#rows.at(index);
    if (row === undefined) return;
    this.#active = row.id;
    this.#scrollTo(index);
    this.#draw();
  }

  /** The heading covers one row's height at the top. */
  #scrollTo(index: number): void {
    const top = index * ROW_HEIGHT;
    const room = this.element.clientHeight - 2 * ROW_HEIGHT;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (top > this.element.scrollTop + room) this.element.scrollTop = top - room;
  }

  #firstVisible(): number {
    return Math.ceil(this.element.scrollTop / ROW_HEIGHT);
  }

  #drawSoon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const height = Math.ceil(this.element.clientHeight / ROW_HEIGHT);
    const first = Math.max(0, Math.floor(this.element.scrollTop / ROW_HEIGHT) - MARGIN);
    const last = Math.min(this.#rows.length, first + height + 2 * MARGIN);
    const wanted = this.#elements(first, last);
    this.#place(wanted);
    this.#above.style.height = `${String(first * ROW_HEIGHT)}px`;
    this.#below.style.height = `${String((this.#rows.length - last) * ROW_HEIGHT)}px`;
    this.#grid.setAttribute('aria-rowcount', String(this.#rows.length + 1));
    this.#markActive();
  }

  #elements(first: number, last: number): HTMLTableRowElement[] {
    const elements: HTMLTableRowElement[] = [];
    for (let index = first; index < last; index += 1) {
      const row = this.#rows.at(index);
      if (row === undefined) continue;
      const made = this.#made.get(row.id);
      const drawn = made?.row === row ? made.element : rowElement(row, this.#strings, this.#manyServers);
      drawn.id = `call-${row.id}`;
      drawn.setAttribute('aria-rowindex', String(index + 2));
      this.#made.set(row.id, { row, element: drawn });
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

  #markActive(): void {
    const id = this.#active === undefined ? undefined : `call-${this.#active}`;
    for (const { element: row } of this.#made.values()) row.setAttribute('aria-selected', String(row.id === id));
    if (id !== undefined && this.#made.has(this.#active ?? '')) this.#grid.setAttribute('aria-activedescendant', id);
    else this.#grid.removeAttribute('aria-activedescendant');
  }
}

function spacer(): HTMLTableRowElement {
  const row = element('tr', { className: 'spacer' });
  row.setAttribute('aria-hidden', 'true');
  return row;
}

function hasManyServers(rows: Rows): boolean {
  const first = rows.at(0)?.server;
  for (let index = 1; index < rows.length; index += 1) if (rows.at(index)?.server !== first) return true;
  return false;
}
