/** What stands around the table: banners above it, and the words and buttons in its place while it is empty. */
import type { PageAction, PageButton, PageState } from '../../src/webview/audit/messages.ts';
import { button, element, icon } from '../dom.ts';

const attention = ['M8 2l6.5 11.5h-13z', 'M8 6.5v3', 'M8 11.3v.4'];
const information = ['M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z', 'M8 7v4.2', 'M8 4.6v.4'];

export class Surroundings {
  readonly banners = element('div', { className: 'banners' });
  readonly empty = element('div', { className: 'empty' });
  readonly #run: (action: PageAction) => void;
  #shown = '';

  constructor(run: (action: PageAction) => void) {
    this.#run = run;
    this.banners.setAttribute('role', 'status');
  }

  /** Draws only what changed, so that a focused button stays focused. */
  show(page: PageState): void {
    const wanted = JSON.stringify(page);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.banners.replaceChildren(
      ...page.banners.map(({ severity, text, actions }) =>
        element(
          'div',
          { className: `banner ${severity}` },
          icon(severity, severity === 'info' ? information : attention),
          element('span', { className: 'text' }, text),
          ...actions.map((action) => this.#button(action, 'secondary')),
        ),
      ),
    );
    const { title, detail, actions } = page.empty;
    this.empty.replaceChildren(
      element('h2', {}, title),
      ...(detail === '' ? [] : [element('p', {}, detail)]),
      element(
        'div',
        { className: 'actions' },
        ...actions.map((action, at) => this.#button(action, at === 0 ? 'primary' : 'secondary')),
      ),
    );
  }

  #button({ label, action }: PageButton, className: string): HTMLButtonElement {
    return button(label, () => this.#run(action), className);
  }
}
