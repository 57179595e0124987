/** What is selected and what can be done with it; while nothing is, which keys there are. */
import type { ToolState } from '../../../server/src/protocol/policyTools.ts';
import type { PageStrings } from '../../src/webview/builder/messages.ts';
import { button, element, fill } from '../dom.ts';
import { toolStates } from './cells.ts';
import type { Tools } from './tools.ts';

export interface BulkActions {
  readonly change: (state: ToolState) => void;
  readonly selectShown: () => void;
  readonly clear: () => void;
}

export class Bulk {
  readonly element: HTMLElement;
  readonly #strings: PageStrings;
  readonly #words = element('span', { className: 'words' });
  readonly #actions: HTMLElement;
  readonly #clear: HTMLButtonElement;

  constructor(strings: PageStrings, actions: BulkActions) {
    this.#strings = strings;
    const states = toolStates.filter((state) => state !== 'custom');
    this.#actions = element(
      'div',
      { className: 'actions' },
      ...states.map((state) => button(strings.states[state], () => actions.change(state))),
    );
    this.#actions.setAttribute('role', 'group');
    this.#actions.setAttribute('aria-label', strings.changeSelected);
    this.#words.setAttribute('role', 'status');
    this.#clear = button(strings.clearSelection, actions.clear);
    const all = button(strings.selectAll, actions.selectShown);
    this.element = element('div', { className: 'bulk' }, all, this.#clear, this.#actions, this.#words);
  }

  update(tools: Tools): void {
    const { length } = tools.selected;
    const { keys, selected, selectedUnseen } = this.#strings;
    this.#actions.hidden = length === 0;
    this.#clear.hidden = length === 0;
    const unseen = tools.selectedUnseen;
    const counted = unseen === 0 ? fill(selected, length) : fill(selectedUnseen, length, unseen);
    this.#words.textContent = length === 0 ? keys : counted;
  }
}
