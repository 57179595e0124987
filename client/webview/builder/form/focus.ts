/** Keeps the focus, and what is being typed, while a form is drawn anew: controls are the same when their keys are. */

type TextControl = HTMLInputElement | HTMLTextAreaElement;

export class Focus {
  readonly #root: HTMLElement;
  /** The key of what takes the focus at the next drawing, such as the first field of a rule that is being added. */
  next: string | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    // Takes the focus when what had it is gone.
    root.tabIndex = -1;
  }

  keep(draw: () => void): void {
    const active = document.activeElement;
    const held = active instanceof HTMLElement && this.#root.contains(active) ? active : undefined;
    const key = held?.dataset['key'];
    const typed = isText(held) && held.value !== held.defaultValue ? held : undefined;
    const scroll = this.#root.scrollTop;
    draw();
    this.#root.scrollTop = scroll;
    const wanted = this.#find(this.next) ?? this.#find(key);
    this.next = undefined;
    if (held === undefined && wanted === undefined) return;
    if (typed && isText(wanted) && wanted.dataset['key'] === key) wanted.value = typed.value;
    (wanted ?? this.#root).focus();
  }

  first(): void {
    this.#controls()[0]?.focus();
  }

  /** What a control shows now; `undefined` where there is none, or none that is typed into or chosen from. */
  valueAt(key: string): string | undefined {
    const control = this.#find(key);
    return isText(control) || control instanceof HTMLSelectElement ? control.value : undefined;
  }

  #find(key: string | undefined): HTMLElement | undefined {
    if (key === undefined) return undefined;
    const found = [...this.#root.querySelectorAll<HTMLElement>('[data-key]')].find(
      (each) => each.dataset['key'] === key,
    );
    if (found) return found;
    const card = [...this.#root.querySelectorAll<HTMLElement>('[data-first]')].find(
      (each) => each.dataset['first'] === key,
    );
    return card?.querySelector<HTMLElement>('input, select, textarea') ?? undefined;
  }

  #controls(): readonly HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('input, select, textarea, button')];
  }
}

const isText = (control: Element | undefined): control is TextControl =>
  control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && control.type !== 'checkbox');
