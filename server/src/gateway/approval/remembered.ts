/** Calls that a person has allowed for a session. They end with the gateway, and with any change of what they are bound to, since that is in the key. */

/** More than a person allows; the oldest make room. */
const MAX_REMEMBERED = 1_000;

export class Remembered {
  readonly #keys = new Set<string>();

  add(key: string): void {
    if (this.#keys.size >= MAX_REMEMBERED) for (const oldest of this.#keys) if (this.#keys.delete(oldest)) break;
    this.#keys.add(key);
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }
}
