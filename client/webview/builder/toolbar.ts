/** Above the table: filters with how many tools each leaves, and how many are shown. */
import type { PageStrings, ToolFilter } from '../../src/webview/builder/messages.ts';
import { button, element, fill } from '../dom.ts';
import { toolStates } from './cells.ts';
import { isFiltering, noFilter, riskOf, riskWords, type Tools } from './tools.ts';

export class Toolbar {
  readonly element: HTMLElement;
  readonly #strings: PageStrings;
  readonly #onFilter: (filter: ToolFilter) => void;
  readonly #text: HTMLInputElement;
  readonly #risk: HTMLSelectElement;
  readonly #state: HTMLSelectElement;
  readonly #clear: HTMLButtonElement;
  readonly #count = element('span', { className: 'count' });

  constructor(strings: PageStrings, onFilter: (filter: ToolFilter) => void) {
    this.#strings = strings;
    this.#onFilter = onFilter;
    const { filterPlaceholder: placeholder } = strings;
    this.#text = element('input', { type: 'text', placeholder, spellcheck: false, ariaLabel: placeholder });
    this.#risk = element('select', { ariaLabel: strings.riskFilter });
    this.#state = element('select', { ariaLabel: strings.stateFilter });
    this.#clear = button(strings.clearFilter, () => this.#clearAndReturn());
    this.#count.setAttribute('role', 'status');
    const parts = [this.#text, this.#risk, this.#state, this.#clear, this.#count];
    this.element = element('search', { className: 'toolbar' }, ...parts);
    this.#listen();
  }

  /** Shows a filter without telling anyone. */
  show(filter: ToolFilter): void {
    if (this.#text.value !== filter.text) this.#text.value = filter.text;
    this.#risk.value = filter.risk;
    this.#state.value = filter.state;
    this.#clear.hidden = !isFiltering(filter);
  }

  update(tools: Tools): void {
    const { anyRisk, anyState, risks, states, count } = this.#strings;
    options(this.#risk, anyRisk, riskWords, risks, tools.count(riskOf));
    options(
      this.#state,
      anyState,
      toolStates,
      states,
      tools.count(({ state }) => state),
    );
    this.show(tools.filter);
    this.#count.textContent = fill(count, tools.length, tools.total);
  }

  focusText(): void {
    this.#text.focus();
    this.#text.select();
  }

  #listen(): void {
    for (const input of [this.#text, this.#risk, this.#state])
      input.addEventListener('input', () => this.#choose(this.#chosen));
    this.#text.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#text.value !== '') this.#choose({ ...this.#chosen, text: '' });
    });
  }

  /** The button hides itself, so the focus needs another place. */
  #clearAndReturn(): void {
    this.#choose(noFilter);
    this.#text.focus();
  }

  get #chosen(): ToolFilter {
    const risk = this.#risk.value as ToolFilter['risk'];
    return { text: this.#text.value, risk, state: this.#state.value as ToolFilter['state'] };
  }

  #choose(filter: ToolFilter): void {
    this.show(filter);
    this.#onFilter(filter);
  }
}

function options<Word extends string>(
  select: HTMLSelectElement,
  any: string,
  words: readonly Word[],
  texts: Readonly<Record<Word, string>>,
  counts: ReadonlyMap<Word, number>,
): void {
  const chosen = select.value;
  const made = words.map((word) =>
    element('option', { value: word }, `${texts[word]} (${String(counts.get(word) ?? 0)})`),
  );
  select.replaceChildren(element('option', { value: '' }, any), ...made);
  select.value = chosen;
}
