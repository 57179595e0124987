/** What was accepted on this machine, beside what people have accepted at others. The content stays in this machine's files; of the others, only its hash is known. */
import type { Acceptances, AcceptedContent, AcceptedStore, AcceptedSubject } from './ports.ts';

export class SharedAccepted implements AcceptedStore {
  readonly #own: AcceptedStore;
  readonly #others: Acceptances;
  readonly #onUntold: (error: unknown) => void;
  #told: Promise<void> = Promise.resolve();

  /** `onUntold`: the others could not be told. */
  constructor(own: AcceptedStore, others: Acceptances, onUntold: (error: unknown) => void = () => undefined) {
    this.#own = own;
    this.#others = others;
    this.#onUntold = onUntold;
  }

  read(subject: AcceptedSubject): AcceptedContent | undefined {
    return this.#own.read(subject);
  }

  version(subject: AcceptedSubject): string {
    return `${this.#own.version(subject)}|${this.#others.version(subject)}`;
  }

  write(subject: AcceptedSubject, content: AcceptedContent): void {
    this.#own.write(subject, content);
  }

  /** Counts here also where the others cannot be told. */
  accept(subject: AcceptedSubject, content: AcceptedContent): void {
    this.#own.write(subject, content);
    if (content.text === null) return;
    const telling = this.#others.publish(subject, content.text);
    telling.catch(this.#onUntold);
    this.#told = Promise.all([this.#told, telling]).then(() => undefined);
    this.#told.catch(() => undefined);
  }

  /** Resolves when the others know all that was accepted until now. Rejects with `StateError` where they could not be told. */
  told(): Promise<void> {
    return this.#told;
  }

  acceptedElsewhere(subject: AcceptedSubject, text: string): boolean {
    return this.#others.use(subject, text);
  }

  list(): ReturnType<AcceptedStore['list']> {
    return this.#own.list();
  }
}
