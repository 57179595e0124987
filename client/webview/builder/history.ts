/**
 * Undo, redo and save, in their order among the changes. The keys are VS Code's own, except where it would be too early for them: while a
 * change is still on its way into the text, undo would take back the one before, and save would leave it out.
 */
import type { FromPage } from '../../src/webview/builder/messages.ts';

type Step = Extract<FromPage, { type: 'after' }>['step'];
type TextControl = HTMLInputElement | HTMLTextAreaElement;

export class History {
  readonly #send: (message: FromPage) => void;
  /** Changes that were asked for and are not settled yet. */
  #underWay = 0;

  constructor(send: (message: FromPage) => void) {
    this.#send = send;
  }

  /** Sends a message, and counts it if it is a change. */
  readonly send = (message: FromPage): void => {
    if (message.type === 'state' || message.type === 'default' || message.type === 'rule') this.#underWay += 1;
    this.#send(message);
  };

  /** One of them is done. A page that is made anew hears of those of the one before, too. */
  settle(): void {
    this.#underWay = Math.max(0, this.#underWay - 1);
  }

  /** To be asked before VS Code sees the key. */
  press(event: KeyboardEvent): void {
    const step = stepOf(event);
    if (step === undefined) return;
    const typed = typedIn(event.target);
    // What stands in a field alone is taken back there, by the browser.
    if (typed && step !== 'save') return event.stopPropagation();
    if (typed) commit(typed);
    if (this.#underWay === 0) return;
    event.stopPropagation();
    event.preventDefault();
    this.#send({ type: 'after', step });
  }
}

function stepOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): Step | undefined {
  if (altKey || !(ctrlKey || metaKey)) return undefined;
  switch (key.toLowerCase()) {
    case 'z':
      return shiftKey ? 'redo' : 'undo';
    case 'y':
      return shiftKey ? undefined : 'redo';
    case 's':
      return shiftKey ? undefined : 'save';
    default:
      return undefined;
  }
}

/** A control that holds more than the policy says. The filter always does. */
function typedIn(target: EventTarget | null): TextControl | undefined {
  if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) return undefined;
  return target.value === target.defaultValue || target.type === 'checkbox' ? undefined : target;
}

/** As if the person had left the field. */
function commit(field: TextControl): void {
  field.blur();
  field.focus();
}
