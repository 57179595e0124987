/** The table of calls, newest on top; while the reader is further down, or does not follow, the rows under the eye stay where they are. */
import type { PageStrings } from '../../src/webview/audit/messages.ts';
import { element } from '../dom.ts';
import { Grid, setAttribute } from '../list/grid.ts';
import { columnOrder, groupElement, rowElement } from './cells.ts';
import { groupIdOf, type Line, type Lines } from './groups.ts';
import type { Rows } from './rows.ts';

/** CSS pixels. */
const ROW_HEIGHT = 24;

interface TableEvents {
  /** A click or Enter on a call. */
  readonly open: (id: string, event: Event) => void;
  /** The keys have moved to a call. */
  readonly move: (id: string) => void;
  /** A double click on a call. */
  readonly act: (id: string) => void;
  /** Escape. */
  readonly leave: () => void;
}

export class CallTable {
  readonly #rows: Rows;
  readonly #lines: Lines;
  readonly #events: TableEvents;
  readonly #grid: Grid<Line>;
  #manyServers = false;
  #follows = true;

  constructor(rows: Rows, lines: Lines, strings: PageStrings, events: TableEvents) {
    this.#rows = rows;
    this.#lines = lines;
    this.#events = events;
    this.#grid = new Grid({
      className: 'calls',
      label: strings.table,
      rowHeight: ROW_HEIGHT,
      headings: columnOrder.map((name) => element('th', { scope: 'col', className: name }, strings.columns[name])),
      rows: lines,
      makeRow: (line) =>
        'call' in line ? rowElement(line.call, strings, this.#manyServers) : groupElement(line, strings),
      onOpen: (line, event) => this.#open(line, event),
      onKey: (event, line) => this.#press(event, line),
      onMove: (_, line) => {
        if ('call' in line) events.move(line.id);
      },
      mark: (drawn) => setAttribute(drawn, 'aria-selected', String(drawn.classList.contains('active'))),
    });
    this.#listen();
  }

  get element(): HTMLDivElement {
    return this.#grid.element;
  }

  /** Whether new rows come into sight on top. */
  get follows(): boolean {
    return this.#follows && this.element.scrollTop < ROW_HEIGHT;
  }

  follow(follows: boolean): void {
    this.#follows = follows;
    if (follows) this.element.scrollTop = 0;
  }

  get scrollTop(): number {
    return this.element.scrollTop;
  }

  set scrollTop(value: number) {
    this.element.scrollTop = value;
  }

  /** Draws what changed. `added`: how many rows came in on top since the last time. */
  update(added: number): void {
    const followed = this.follows || this.#lines.isGrouped;
    this.#lines.refresh();
    this.#nameServers(hasManyServers(this.#rows));
    this.#grid.draw();
    // Rows above the eye push nothing away from under it.
    if (!followed && added > 0) this.element.scrollTop += added * ROW_HEIGHT;
  }

  group(isGrouped: boolean): void {
    this.#lines.group(isGrouped);
    setAttribute(this.#grid.table, 'role', isGrouped ? 'treegrid' : 'grid');
    this.element.scrollTop = 0;
    this.#grid.draw();
  }

  focus(): void {
    this.#grid.table.focus();
  }

  #listen(): void {
    this.element.addEventListener('dblclick', () => {
      const line = this.#grid.active;
      if (line && 'call' in line) this.#events.act(line.id);
    });
  }

  #open(line: Line, event: Event): void {
    if ('call' in line) this.#events.open(line.id, event);
    else this.#toggle(line);
  }

  #press(event: KeyboardEvent, line: Line): void {
    if (event.key === 'Escape') return this.#events.leave();
    if (!this.#lines.isGrouped || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return;
    event.preventDefault();
    if (!('call' in line)) this.#toggle(line, event.key === 'ArrowRight');
    else if (event.key === 'ArrowLeft') this.#grid.activate(groupIdOf(line.call));
  }

  #toggle({ id }: Line, isOpen?: boolean): void {
    this.#lines.toggle(id, isOpen);
    this.#grid.draw();
  }

  /** With a second server in view, every row says which server it is about. */
  #nameServers(many: boolean): void {
    if (many === this.#manyServers) return;
    this.#manyServers = many;
    this.#grid.forget();
  }
}

function hasManyServers({ calls, shown }: Rows): boolean {
  const serverOf = (call: number): number => calls.text('server', call);
  const [first] = shown;
  return first !== undefined && shown.some((call) => serverOf(call) !== serverOf(first));
}
