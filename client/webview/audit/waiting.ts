/** The calls that wait for approval, on top of everything, with the time that is left. To be allowed they must be reviewed in whole. */
import type { FromPage, PageStrings, WaitingCall } from '../../src/webview/audit/messages.ts';
import { countdown } from '../../src/webview/countdown.ts';
import { button, element, fill, icon } from '../dom.ts';

const TICK = 1_000;
const hourglass = ['M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z', 'M8 4.5V8l2.5 1.8'];

type Send = (message: Extract<FromPage, { type: 'decide' }>) => void;

export class Waiting {
  readonly element = element('section', { className: 'waiting', hidden: true });
  readonly #strings: PageStrings;
  readonly #send: Send;
  #calls: readonly WaitingCall[] = [];
  #clocks: readonly HTMLElement[] = [];
  #ticking: number | undefined;

  constructor(strings: PageStrings, send: Send) {
    this.#strings = strings;
    this.#send = send;
    this.element.setAttribute('aria-label', strings.waiting);
  }

  /** Whether there are calls that were not there before. Draws only what changed, so that a focused button stays focused. */
  show(calls: readonly WaitingCall[]): boolean {
    const known = new Set(this.#calls.map(({ id }) => id));
    if (calls.length === known.size && calls.every(({ id }) => known.has(id))) return false;
    this.#calls = calls;
    this.element.hidden = calls.length === 0;
    const made = calls.map((call) => this.#row(call));
    this.#clocks = made.map(({ clock }) => clock);
    this.element.replaceChildren(...made.map(({ row }) => row));
    this.#tick();
    clearInterval(this.#ticking);
    this.#ticking = calls.length === 0 ? undefined : setInterval(() => this.#tick(), TICK);
    return calls.some(({ id }) => !known.has(id));
  }

  #row({ id, text, risk }: WaitingCall): { row: HTMLElement; clock: HTMLElement } {
    const clock = element('span', { className: 'left' });
    const level = risk === '' ? [] : [element('span', { className: `risk ${risk}` }, this.#strings.risks[risk])];
    const row = element(
      'div',
      { className: 'banner warning' },
      icon('pending', hourglass),
      // What is cut off of a long name stands in the title, and in the review.
      element('span', { className: 'text', title: text }, ...level, ' ', text),
      element(
        'span',
        { className: 'answers' },
        clock,
        this.#button(this.#strings.review, 'primary', { type: 'decide', id, how: 'review' }),
        this.#button(this.#strings.deny, 'secondary', { type: 'decide', id, how: 'deny' }),
      ),
    );
    return { row, clock };
  }

  #button(label: string, className: string, message: Parameters<Send>[0]): HTMLButtonElement {
    return button(label, () => this.#send(message), className);
  }

  #tick(): void {
    this.#clocks.forEach((clock, index) => {
      clock.textContent = fill(this.#strings.left, countdown(this.#calls[index]?.expiresAt ?? 0, Date.now()));
    });
  }
}
