/** Whether values of arguments are kept: what the configuration says, else what a person has answered in the editor. */
import type { GatewayStatus, ValuesAnswer } from '../../protocol/control.ts';
import type { ValueStore } from '../../state/ports.ts';
import { objectIn } from '../control/objectIn.ts';

export class ValuesWish {
  readonly #store: ValueStore;
  readonly #configured: boolean | undefined;

  /** `configured`: `undefined` where no configuration says anything. */
  constructor(store: ValueStore, configured: boolean | undefined) {
    this.#store = store;
    this.#configured = configured;
  }

  /** Throws `StateError`. */
  get isGranted(): boolean {
    return this.#configured ?? this.#store.answer === 'keep';
  }

  status(): GatewayStatus['values'] {
    if (this.#configured !== undefined) return this.#configured ? 'kept' : 'never';
    try {
      const { answer } = this.#store;
      if (answer === undefined) return 'not asked';
      return answer === 'keep' ? 'kept' : 'not kept';
    } catch {
      // Without an answer that can be read, nothing is kept.
      return 'not kept';
    }
  }

  /** A person's answer, as it came; who does not want them kept any more wants them gone. Throws `StateError`. */
  answer(body: Buffer): ValuesAnswer {
    const { keep } = objectIn(body) ?? {};
    if (typeof keep !== 'boolean') return { problem: 'The request must be { "keep": true or false }.' };
    if (this.#configured === undefined || !keep) {
      this.#store.answer = keep ? 'keep' : 'decline';
      if (!keep) this.#store.forget();
    }
    if (this.#configured === undefined || this.#configured === keep) return {};
    const what = this.#configured ? 'They are still kept' : 'They are not kept';
    return { problem: `${what}: "audit.values" in portcullis.json says so, and goes before.` };
  }
}
