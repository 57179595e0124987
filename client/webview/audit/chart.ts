/** A bar for each stretch of time, as high as there were calls, the denied ones at its foot. To the keys a list: one bar is active, Enter filters to it. */
import type { PageStrings, TimeRange } from '../../src/webview/audit/messages.ts';
import { element, fill } from '../dom.ts';
import { BUCKETS, type Bucket } from './timeline.ts';
import { shortTime } from './times.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Units of the drawing, whatever its size on the screen. */
const BAR = { step: 10, width: 8, height: 100, least: 6 };

interface Bar {
  readonly whole: SVGGElement;
  readonly title: SVGTitleElement;
  readonly calls: SVGRectElement;
  readonly denied: SVGRectElement;
}

export class Chart {
  readonly element: HTMLElement;
  readonly #strings: PageStrings['chart'];
  readonly #onChoose: (range: TimeRange | undefined) => void;
  readonly #drawing = shape('svg', { viewBox: `0 0 ${String(BUCKETS * BAR.step)} ${String(BAR.height)}` });
  readonly #bars: readonly Bar[];
  readonly #begin = element('span');
  readonly #sum = element('span');
  readonly #end = element('span');
  #buckets: readonly Bucket[] = [];
  #range: TimeRange | undefined;
  #active = BUCKETS - 1;

  constructor(strings: PageStrings['chart'], onChoose: (range: TimeRange | undefined) => void) {
    this.#strings = strings;
    this.#onChoose = onChoose;
    this.#bars = Array.from({ length: BUCKETS }, (_, index) => bar(index));
    this.#drawing.append(...this.#bars.map(({ whole }) => whole));
    const fixed = { role: 'listbox', tabindex: '0', preserveAspectRatio: 'none', 'aria-orientation': 'horizontal' };
    set(this.#drawing, fixed);
    const caption = element('div', { className: 'caption' }, this.#begin, this.#sum, this.#end);
    caption.setAttribute('aria-hidden', 'true');
    this.element = element('div', { className: 'chart' }, this.#drawing, caption);
    this.#listen();
  }

  /** `range`: the chosen one. */
  show(buckets: readonly Bucket[], range: TimeRange | undefined): void {
    this.#buckets = buckets;
    this.#range = range;
    const most = Math.max(1, ...buckets.map(({ calls }) => calls));
    this.#bars.forEach((each, index) => {
      const bucket = buckets[index];
      if (bucket) this.#drawBar(each, bucket, most);
    });
    this.#describe();
    this.#mark();
  }

  #drawBar({ whole, title, calls, denied }: Bar, bucket: Bucket, most: number): void {
    const words = fill(this.#strings.bar, shortTime(bucket.from), shortTime(bucket.to), bucket.calls, bucket.denied);
    title.textContent = words;
    const isChosen = this.#range !== undefined && bucket.from < this.#range.to && bucket.to > this.#range.from;
    set(whole, { 'aria-label': words, 'aria-selected': String(isChosen) });
    whole.classList.toggle('faded', this.#range !== undefined && !isChosen);
    raise(calls, bucket.calls, most);
    raise(denied, bucket.denied, most);
  }

  #describe(): void {
    const calls = this.#buckets.reduce((sum, bucket) => sum + bucket.calls, 0);
    const denied = this.#buckets.reduce((sum, bucket) => sum + bucket.denied, 0);
    const begin = shortTime(this.#buckets.at(0)?.from ?? 0);
    const end = shortTime(this.#buckets.at(-1)?.to ?? 0);
    const words = fill(this.#strings.label, calls, denied, begin, end);
    this.#drawing.setAttribute('aria-label', words);
    this.#begin.textContent = begin;
    this.#sum.textContent = fill(this.#strings.sum, calls, denied);
    this.#end.textContent = end;
  }

  #listen(): void {
    this.#drawing.addEventListener('click', (event) => {
      const target = event.target instanceof Element ? event.target.closest('g') : null;
      const index = this.#bars.findIndex(({ whole }) => whole === target);
      if (index >= 0) this.#choose(index, event.shiftKey);
    });
    this.#drawing.addEventListener('keydown', (event) => this.#press(event));
    this.#drawing.addEventListener('focus', () => this.#mark());
    this.#drawing.addEventListener('blur', () => this.#mark());
  }

  #press(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: this.#active - 1,
      ArrowRight: this.#active + 1,
      Home: 0,
      End: BUCKETS - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      this.#active = Math.max(0, Math.min(BUCKETS - 1, target));
      this.#mark();
    } else if (event.key === 'Enter' || event.key === ' ') this.#choose(this.#active, event.shiftKey);
    else if (event.key === 'Escape' && this.#range !== undefined) this.#onChoose(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The chosen bar again: none is. `isMore`: all from the chosen ones to this one. */
  #choose(index: number, isMore: boolean): void {
    this.#active = index;
    const bucket = this.#buckets[index];
    if (bucket === undefined) return;
    const { from, to } = bucket;
    const range = this.#range;
    if (range && isMore) this.#onChoose({ from: Math.min(from, range.from), to: Math.max(to, range.to) });
    else this.#onChoose(range?.from === from && range.to === to ? undefined : { from, to });
  }

  #mark(): void {
    const hasFocus = document.activeElement === this.#drawing;
    this.#bars.forEach(({ whole }, index) => {
      whole.classList.toggle('active', hasFocus && index === this.#active);
    });
    set(this.#drawing, { 'aria-activedescendant': barId(this.#active) });
  }
}

const barId = (index: number): string => `bar-${String(index)}`;

function bar(index: number): Bar {
  const place = { x: String(index * BAR.step), width: String(BAR.step) };
  const inner = { x: String(index * BAR.step + (BAR.step - BAR.width) / 2), width: String(BAR.width) };
  const title = shape('title', {});
  const hit = shape('rect', { ...place, class: 'hit', y: '0', height: String(BAR.height) });
  const calls = shape('rect', { ...inner, class: 'every' });
  const denied = shape('rect', { ...inner, class: 'denied' });
  const whole = shape('g', { id: barId(index), role: 'option' });
  whole.append(title, hit, calls, denied);
  return { whole, title, calls, denied };
}

/** One among thousands is to be seen, too. */
function raise(rectangle: SVGRectElement, count: number, most: number): void {
  const height = count === 0 ? 0 : Math.max(BAR.least, (count / most) * BAR.height);
  set(rectangle, { y: String(BAR.height - height), height: String(height) });
}

function shape<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  set(made, attributes);
  return made;
}

function set(target: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}
