/** Progress tokens: two clients of one upstream may choose the same, so the request's minted id travels in their place. */
import type { Params } from '../../mcp/message.ts';
import type { PendingRequest } from './pending.ts';

const MAX_LASTING = 256;

export interface MintedToken {
  /** The client's token; `undefined` when it asked for no progress. */
  readonly original: unknown;
  /** The parameters with `id` for a token. */
  mint(id: number): Params | undefined;
}

export function withMintedToken(params: Params | undefined): MintedToken {
  const meta = params?.['_meta'];
  if (!params || typeof meta !== 'object' || meta === null || !Object.hasOwn(meta, 'progressToken'))
    return { original: undefined, mint: () => params };
  const original = (meta as Params)['progressToken'];
  return { original, mint: (id) => ({ ...params, _meta: { ...meta, progressToken: id } }) };
}

/** Requests whose progress goes on after their answer, because it named a task. The oldest are forgotten first. */
export class LastingProgress {
  readonly #byId = new Map<number, PendingRequest>();

  keep(pending: PendingRequest): void {
    if (this.#byId.size >= MAX_LASTING) for (const id of this.#byId.keys()) if (this.#byId.delete(id)) break;
    this.#byId.set(pending.id, pending);
  }

  get(token: unknown): PendingRequest | undefined {
    return typeof token === 'number' ? this.#byId.get(token) : undefined;
  }

  clear(): void {
    this.#byId.clear();
  }
}
