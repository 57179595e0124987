/**
 * The secrets of logins while an editor keeps them: in memory here, told to the editor as they change. Nothing is written to the disk.
 * Each workspace's editor has logins of its own, so a lock among the requests of this process is enough.
 */
import type { SecretRecords } from '../../ports.ts';
import type { ControlEvent } from '../../protocol/control.ts';

type SecretEvent = Extract<ControlEvent, { event: 'secret' }>;

export class HeldSecrets implements SecretRecords {
  /** Told of every change. */
  onChange: (event: SecretEvent) => void = () => undefined;
  readonly #texts: Map<string, string>;
  readonly #changed = new Set<string>();
  readonly #working = new Map<string, Promise<unknown>>();

  /** `kept`: by key, from earlier. */
  constructor(kept: Readonly<Record<string, string>>) {
    this.#texts = new Map(Object.entries(kept));
  }

  /** Every change since the start, for an editor that may have missed some. */
  get changes(): readonly SecretEvent[] {
    return [...this.#changed].map((key) => this.#eventOf(key));
  }

  async read(key: string): Promise<string | undefined> {
    return this.#texts.get(key);
  }

  async write(key: string, text: string): Promise<void> {
    this.#texts.set(key, text);
    this.#tell(key);
  }

  async remove(key: string): Promise<void> {
    this.#texts.delete(key);
    this.#tell(key);
  }

  exclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#working.get(key) ?? Promise.resolve();
    const result = before.then(work);
    this.#working.set(
      key,
      result.catch(() => undefined),
    );
    return result;
  }

  #tell(key: string): void {
    this.#changed.add(key);
    this.onChange(this.#eventOf(key));
  }

  #eventOf(key: string): SecretEvent {
    const text = this.#texts.get(key);
    return { event: 'secret', key, ...(text === undefined ? {} : { text }) };
  }
}
