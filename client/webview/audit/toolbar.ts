/** Above the table: which calls are shown, how, and how many. */
import type { AuditFilter, PageStrings, TimeSpan } from '../../src/webview/audit/messages.ts';
import { button, element, fill } from '../dom.ts';
import { isFiltering, noFilter, spans } from './filter.ts';

interface ToolbarEvents {
  readonly filter: (filter: AuditFilter) => void;
  readonly group: (isGrouped: boolean) => void;
  readonly follow: (follows: boolean) => void;
  readonly limits: (shown: boolean) => void;
  readonly loadOlder: () => void;
}

export class Toolbar {
  readonly element: HTMLElement;
  readonly #strings: PageStrings;
  readonly #events: ToolbarEvents;
  readonly #all: HTMLButtonElement;
  readonly #denied: HTMLButtonElement;
  readonly #text: HTMLInputElement;
  readonly #span: HTMLSelectElement;
  readonly #clear: HTMLButtonElement;
  readonly #group: HTMLButtonElement;
  readonly #follow: HTMLButtonElement;
  readonly #limits: HTMLButtonElement;
  readonly #older: HTMLButtonElement;
  readonly #count = element('span', { className: 'count' });
  #filter: AuditFilter = noFilter;

  constructor(strings: PageStrings, events: ToolbarEvents) {
    this.#strings = strings;
    this.#events = events;
    this.#all = this.#choice(strings.all, 'all');
    this.#denied = this.#choice(strings.denied, 'denied');
    this.#text = element('input', { type: 'text', placeholder: strings.filterPlaceholder, spellcheck: false });
    this.#text.setAttribute('aria-label', strings.filterPlaceholder);
    this.#span = spanChoice(strings);
    this.#clear = button(strings.clearFilter, () => this.#clearAndReturn(), 'clear');
    this.#group = toggle(strings.groupByTool, events.group);
    this.#follow = toggle(strings.follow, events.follow);
    this.#follow.title = strings.followHint;
    this.#limits = toggle(strings.limits.title, events.limits);
    this.#older = button(strings.loadOlder, events.loadOlder);
    this.#older.hidden = true;
    this.element = element('search', { className: 'toolbar' }, ...this.#parts());
    this.#listen();
  }

  /** Shows a filter without telling anyone. */
  show(filter: AuditFilter): void {
    this.#filter = filter;
    if (this.#text.value !== filter.text) this.#text.value = filter.text;
    this.#span.value = filter.span;
    press(this.#all, filter.decision === 'all');
    press(this.#denied, filter.decision === 'denied');
    this.#clear.hidden = !isFiltering(filter);
  }

  count(shown: number, total: number): void {
    this.#count.textContent = total === 0 ? '' : fill(this.#strings.count, shown, total);
  }

  set hasOlder(hasOlder: boolean) {
    this.#older.hidden = !hasOlder;
  }

  set isGrouped(isGrouped: boolean) {
    press(this.#group, isGrouped);
    this.#follow.hidden = isGrouped;
  }

  set follows(follows: boolean) {
    press(this.#follow, follows);
  }

  set showsLimits(shown: boolean) {
    press(this.#limits, shown);
  }

  focusText(): void {
    this.#text.focus();
    this.#text.select();
  }

  #parts(): readonly HTMLElement[] {
    const choices = element('div', { className: 'choices' }, this.#all, this.#denied);
    choices.setAttribute('role', 'group');
    choices.setAttribute('aria-label', this.#strings.filterGroup);
    const views = element('div', { className: 'views' }, this.#group, this.#follow, this.#limits);
    return [choices, this.#text, this.#span, this.#clear, views, this.#count, this.#older];
  }

  #choice(label: string, decision: AuditFilter['decision']): HTMLButtonElement {
    return button(label, () => this.#choose({ ...this.#filter, decision }));
  }

  #listen(): void {
    this.#text.addEventListener('input', () => this.#choose({ ...this.#filter, text: this.#text.value }));
    this.#span.addEventListener('input', () => {
      const { decision, text } = this.#filter;
      this.#choose({ decision, text, span: this.#span.value as TimeSpan });
    });
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
    this.#events.filter(filter);
  }
}

function spanChoice({ spanLabel, spans: names }: PageStrings): HTMLSelectElement {
  const values = Object.keys(spans) as TimeSpan[];
  const select = element('select', {}, ...values.map((value) => element('option', { value }, names[value])));
  select.setAttribute('aria-label', spanLabel);
  return select;
}

function toggle(label: string, onToggle: (isPressed: boolean) => void): HTMLButtonElement {
  const made = button(label, () => onToggle(made.getAttribute('aria-pressed') !== 'true'), 'toggle');
  press(made, false);
  return made;
}

const press = (toggled: HTMLButtonElement, isPressed: boolean): void =>
  toggled.setAttribute('aria-pressed', String(isPressed));
