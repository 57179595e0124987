/** Above the table: all calls or the denied ones, a text filter, how many calls are shown. */
import type { AuditFilter, PageStrings } from '../../src/webview/audit/messages.ts';
import { element, fill } from '../dom.ts';
import { isFiltering, noFilter } from './filter.ts';

export class Toolbar {
  readonly element: HTMLElement;
  readonly #strings: PageStrings;
  readonly #onFilter: (filter: AuditFilter) => void;
  readonly #all: HTMLButtonElement;
  readonly #denied: HTMLButtonElement;
  readonly #text: HTMLInputElement;
  readonly #clear: HTMLButtonElement;
  readonly #count = element('span', { className: 'count' });
  #filter: AuditFilter = noFilter;

  constructor(strings: PageStrings, onFilter: (filter: AuditFilter) => void) {
    this.#strings = strings;
    this.#onFilter = onFilter;
    this.#all = this.#choice(strings.all, 'all');
    this.#denied = this.#choice(strings.denied, 'denied');
    this.#text = element('input', { type: 'text', placeholder: strings.filterPlaceholder, spellcheck: false });
    this.#text.setAttribute('aria-label', strings.filterPlaceholder);
    this.#clear = element('button', { type: 'button', className: 'clear' }, strings.clearFilter);
    const choices = element('div', { className: 'choices' }, this.#all, this.#denied);
    choices.setAttribute('role', 'group');
    choices.setAttribute('aria-label', strings.filterGroup);
    this.element = element('search', { className: 'toolbar' }, choices, this.#text, this.#clear, this.#count);
    this.#listen();
  }

  /** Shows a filter without telling anyone. */
  show(filter: AuditFilter): void {
    this.#filter = filter;
    if (this.#text.value !== filter.text) this.#text.value = filter.text;
    this.#all.setAttribute('aria-pressed', String(filter.decision === 'all'));
    this.#denied.setAttribute('aria-pressed', String(filter.decision === 'denied'));
    this.#clear.hidden = !isFiltering(filter);
  }

  count(shown: number, total: number): void {
    this.#count.textContent = total === 0 ? '' : fill(this.#strings.count, shown, total);
  }

  focusText(): void {
    this.#text.focus();
    this.#text.select();
  }

  #choice(label: string, decision: AuditFilter['decision']): HTMLButtonElement {
    const button = element('button', { type: 'button' }, label);
    button.addEventListener('click', () => this.#choose({ ...this.#filter, decision }));
    return button;
  }

  #listen(): void {
    this.#text.addEventListener('input', () => this.#choose({ ...this.#filter, text: this.#text.value }));
    this.#clear.addEventListener('click', () => this.#clearAndReturn());
    this.#text.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#text.value === '') return;
      event.stopPropagation();
      this.#choose({ ...this.#filter, text: '' });
    });
  }

  /** The button hides itself, so the focus needs another place. */
  #clearAndReturn(): void {
    this.#choose(noFilter);
    this.#text.focus();
  }

  #choose(filter: AuditFilter): void {
    this.show(filter);
    this.#onFilter(filter);
  }
}
