/** Beside the table: what is shown of a call and what can be done about it, or what is used of limits. One of them at a time. */
import { button, element } from '../dom.ts';

export class Side {
  readonly element = element('aside', { className: 'side', hidden: true });
  readonly #title = element('h2');
  readonly #content = element('div', { className: 'content' });
  readonly #onClose: () => void;

  constructor(closeLabel: string, onClose: () => void) {
    this.#onClose = onClose;
    const close = button('×', () => this.close(), 'close');
    Object.assign(close, { title: closeLabel, ariaLabel: closeLabel });
    this.element.append(element('header', {}, this.#title, close), this.#content);
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  show(title: string, ...content: readonly HTMLElement[]): void {
    this.element.hidden = false;
    this.element.setAttribute('aria-label', title);
    this.#title.textContent = title;
    this.#title.title = title;
    const focused = [...this.#content.querySelectorAll('button')].findIndex((each) => each === document.activeElement);
    this.#content.replaceChildren(...content);
    // What was drawn anew keeps the focus where it was.
    if (focused >= 0) this.#content.querySelectorAll('button')[focused]?.focus();
  }

  focus(): void {
    this.#content.querySelector<HTMLElement>('button')?.focus();
  }

  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.#onClose();
  }
}
