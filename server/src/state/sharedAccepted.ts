/**
 * What was accepted on this machine, beside what people have accepted at others. The content stays in this machine's files; of the others, only its
 * hash is known. A configuration is each machine's own: its text holds a salt of the store.
 */
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
    const own = this.#own.version(subject);
    return isOwn(subject) ? own : `${own}|${this.#others.version(subject)}`;
  }

  write(subject: AcceptedSubject, content: AcceptedContent): void {
    this.#own.write(subject, content);
  }

  /** Counts here also where the others cannot be told. */
  accept(subject: AcceptedSubject, content: AcceptedContent): void {
    this.#own.write(subject, content);
    if (content.text === null || isOwn(subject)) return;
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

const isOwn = ({ kind }: AcceptedSubject): boolean => kind === 'configuration';
