/** What holds for all tools: whose they are, what happens to those that no entry lists, and the limits of every call. */
import type { FromPage, PageStrings, ToPage } from '../../src/webview/builder/messages.ts';
import { button, element } from '../dom.ts';

type Policy = Extract<ToPage, { type: 'policy' }>;

export class Summary {
  readonly element = element('header', { className: 'summary' });
  readonly #strings: PageStrings;
  readonly #send: (message: FromPage) => void;
  readonly #source = element('span', { className: 'source' });
  readonly #default: HTMLSelectElement;
  readonly #everyTool = element('div', { className: 'every-tool' });
  readonly #unsaved: HTMLElement;
  readonly #openEveryTool: () => void;
  #shown = '';

  constructor(strings: PageStrings, send: (message: FromPage) => void, openEveryTool: () => void) {
    this.#strings = strings;
    this.#send = send;
    this.#openEveryTool = openEveryTool;
    this.#default = this.#defaultChoice();
    const label = element('label', {}, strings.otherTools, ' ', this.#default);
    this.#unsaved = element(
      'span',
      { className: 'unsaved' },
      strings.unsaved,
      ' ',
      button(strings.differences, () => this.#send({ type: 'differences' }), 'link'),
    );
    this.#unsaved.setAttribute('role', 'status');
    this.element.append(this.#source, label, this.#everyTool, this.#unsaved);
  }

  show({ source, default: stated, everyTool, isDirty }: Policy): void {
    this.#source.textContent = source;
    this.#default.value = stated;
    this.#unsaved.hidden = !isDirty;
    const wanted = JSON.stringify(everyTool);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const words = everyTool.map(({ text }) => text);
    const links = (words.length > 0 ? words : [this.#strings.editEveryTool]).map((text) =>
      button(text, this.#openEveryTool, 'link'),
    );
    this.#everyTool.replaceChildren(...(words.length > 0 ? [`${this.#strings.everyTool}: `] : []), ...links);
  }

  #defaultChoice(): HTMLSelectElement {
    const { defaults } = this.#strings;
    const made = (['allow', 'deny'] as const).map((value) => element('option', { value }, defaults[value]));
    const select = element('select', {}, ...made);
    select.addEventListener('input', () =>
      this.#send({ type: 'default', value: select.value === 'allow' ? 'allow' : 'deny' }),
    );
    return select;
  }
}
