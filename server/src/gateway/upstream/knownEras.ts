/** Which era a server answered in, by the era that was preferred: a property of the server, so it is found out once. */
import type { Era } from '../../mcp/revision.ts';

export class KnownEras {
  readonly #answered = new Map<Era, Era>();

  /** The era to ask in first. */
  firstFor(preferred: Era): Era {
    return this.#answered.get(preferred) ?? preferred;
  }

  learn(preferred: Era, answered: Era): void {
    this.#answered.set(preferred, answered);
  }
}
