/**
 * The pages of the newest reading of a server's `tools/list`, for as long as the server would tell of a change: then a list need not be
 * asked for again. Must not decide what anybody may see of them.
 */
import type { Params } from '../../mcp/message.ts';
import type { Ask } from './listing.ts';

export class KeptPages {
  readonly #hearing: () => number | undefined;
  #pages: ReadonlyMap<string, Params> = new Map();
  #heardSince: number | undefined;

  /** `hearing`: which stretch of uninterrupted hearing this is; `undefined` while news cannot arrive, or the server promises none. */
  constructor(hearing: () => number | undefined) {
    this.#hearing = hearing;
  }

  /** Whether news of a change could arrive now, but may have been missed before: a new reading helps. */
  get isStale(): boolean {
    const now = this.#hearing();
    return now !== undefined && now !== this.#heardSince;
  }

  /** Runs one reading, and keeps what it asks for once it has ended well. */
  async keep<T>(ask: Ask, read: (ask: Ask) => Promise<T>): Promise<T> {
    const pages = new Map<string, Params>();
    const heardSince = this.#hearing();
    this.#pages = pages;
    this.#heardSince = undefined;
    const result = await read(async (method, params) => {
      const page = await ask(method, params);
      pages.set(keyOf(params?.['cursor']), page);
      return page;
    });
    this.#heardSince = heardSince;
    return result;
  }

  /** The page as the server sent it; `undefined` where it has to be asked for. */
  find(cursor: unknown): Params | undefined {
    const isSure = this.#heardSince !== undefined && this.#heardSince === this.#hearing();
    return isSure ? this.#pages.get(keyOf(cursor)) : undefined;
  }
}

function keyOf(cursor: unknown): string {
  return JSON.stringify(cursor ?? null);
}
