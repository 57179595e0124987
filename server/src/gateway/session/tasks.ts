/** Which tasks a grant has started through this gateway: only those may it see, fetch or cancel (security: task ids are no credentials). */

const MAX_TASKS = 10_000;

export class TaskOwners {
  /** Oldest first. */
  readonly #owned = new Set<string>();

  own(grant: string, taskId: unknown): void {
    if (typeof taskId !== 'string') return;
    if (this.#owned.size >= MAX_TASKS) for (const oldest of this.#owned) if (this.#owned.delete(oldest)) break;
    this.#owned.add(keyOf(grant, taskId));
  }

  isOwned(grant: string, taskId: unknown): boolean {
    return typeof taskId === 'string' && this.#owned.has(keyOf(grant, taskId));
  }
}

/** No two pairs share a key, whatever the parts contain. */
function keyOf(grant: string, taskId: string): string {
  return JSON.stringify([grant, taskId]);
}
