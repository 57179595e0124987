/** Tells screen readers of new calls in one polite sentence now and then, not call by call. */
import type { PageStrings } from '../../src/webview/audit/messages.ts';
import { element, fill } from '../dom.ts';

/** Milliseconds over which new calls become one sentence. */
const GATHER = 2_000;

export class Announcer {
  readonly element = element('div', { className: 'announcer' });
  readonly #strings: PageStrings;
  #calls = 0;
  #denied = 0;
  #timer: number | undefined;

  constructor(strings: PageStrings) {
    this.#strings = strings;
    this.element.setAttribute('aria-live', 'polite');
  }

  tell(calls: number, denied: number): void {
    if (calls === 0) return;
    this.#calls += calls;
    this.#denied += denied;
    this.#timer ??= setTimeout(() => this.#speak(), GATHER);
  }

  /** At once: it is for somebody to act on. */
  say(sentence: string): void {
    this.element.textContent = sentence;
  }

  #speak(): void {
    this.element.textContent = fill(this.#strings.announcement, this.#calls, this.#denied);
    this.#calls = 0;
    this.#denied = 0;
    this.#timer = undefined;
  }
}
