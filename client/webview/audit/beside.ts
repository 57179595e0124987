/** What the side of the table shows, and when: the details of the call that was opened, which follow the keys, or the use of limits. */
import type {
  AuditRow,
  CallDetails,
  FromPage,
  PackedRows,
  PageStrings,
  ToPage,
} from '../../src/webview/audit/messages.ts';
import { detailsElements } from './details.ts';
import { limitsElements } from './limits.ts';
import { Side } from './side.ts';

interface BesideParts {
  readonly send: (message: FromPage) => void;
  readonly row: (id: string) => AuditRow | undefined;
  readonly filter: (text: string) => void;
  /** What is shown has changed; `undefined`: nothing is, and the focus needs another place. */
  readonly shown: (what: 'call' | 'limits' | undefined) => void;
}

export class Beside {
  readonly #strings: PageStrings;
  readonly #parts: BesideParts;
  readonly #side: Side;
  #shown: { readonly call: string } | 'limits' | undefined;

  constructor(strings: PageStrings, parts: BesideParts) {
    this.#strings = strings;
    this.#parts = parts;
    this.#side = new Side(strings.close, () => {
      this.#turnTo(undefined);
    });
  }

  get element(): HTMLElement {
    return this.#side.element;
  }

  /** Enter on the call whose details are shown goes on to what can be done about it. */
  open(id: string, event: Event): void {
    if (event instanceof KeyboardEvent && this.#isAbout(id)) this.#side.focus();
    else this.#ask(id);
  }

  moveTo(id: string): void {
    if (typeof this.#shown === 'object') this.#ask(id);
  }

  /** Of rows that have changed, the one that is shown is told anew. */
  changed({ rows }: PackedRows): void {
    const shown = rows.find(([id]) => this.#isAbout(id));
    if (shown) this.#parts.send({ type: 'details', id: shown[0] });
  }

  showDetails(details: CallDetails): void {
    const row = this.#parts.row(details.id);
    if (!row || !this.#isAbout(details.id)) return;
    const { send, filter } = this.#parts;
    const content = detailsElements(details, row, {
      strings: this.#strings.details,
      act: (action, id) => send({ type: 'act', id, action }),
      filter,
    });
    this.#side.show(`${this.#strings.details.title}: ${row.tool}`, ...content);
  }

  showLimits(shown: boolean): void {
    if (!shown) return this.close();
    this.#turnTo('limits');
    this.#side.show(this.#strings.limits.title);
    this.#parts.send({ type: 'limits', shown });
  }

  close(): void {
    this.#side.close();
  }

  fillLimits(limits: Extract<ToPage, { type: 'limits' }>): void {
    if (this.#shown !== 'limits') return;
    const { send } = this.#parts;
    this.#side.show(this.#strings.limits.title, ...limitsElements(limits, this.#strings.limits, send));
  }

  #isAbout(id: string): boolean {
    return typeof this.#shown === 'object' && this.#shown.call === id;
  }

  #ask(id: string): void {
    this.#turnTo({ call: id });
    this.#parts.send({ type: 'details', id });
  }

  #turnTo(shown: { readonly call: string } | 'limits' | undefined): void {
    if (this.#shown === 'limits' && shown !== 'limits') this.#parts.send({ type: 'limits', shown: false });
    this.#shown = shown;
    this.#parts.shown(typeof shown === 'object' ? 'call' : shown);
  }
}
