/**
 * What a session has set up with its server beside the handshake, in revisions that have sessions: the level of the log, and subscriptions to
 * resources. A server that was started again knows nothing of it, so it is asked for once more. Calls are no such thing.
 */
import type { Params } from '../../mcp/message.ts';
import type { Waiting } from './pending.ts';

/** A request that sets something up, as it can be made again. */
export interface SetUp {
  readonly method: string;
  readonly params?: Params;
}

/** What goes beyond is not asked for again. */
const MAX_SUBSCRIPTIONS = 1_000;
const MAX_URI_LENGTH = 8_192;

const METHODS: ReadonlySet<string> = new Set(['logging/setLevel', 'resources/subscribe', 'resources/unsubscribe']);

export class SetUps {
  #level: SetUp | undefined;
  readonly #subscriptions = new Map<string, SetUp>();

  /** In the order in which they are to be made again. */
  get all(): readonly SetUp[] {
    return [...(this.#level ? [this.#level] : []), ...this.#subscriptions.values()];
  }

  /** The server has agreed to the request. */
  agreed(method: string, params: Params = {}): void {
    const uri = params['uri'];
    if (method === 'logging/setLevel') this.#level = { method, params };
    if (typeof uri !== 'string') return;
    if (method === 'resources/unsubscribe') this.#subscriptions.delete(uri);
    if (method !== 'resources/subscribe' || uri.length > MAX_URI_LENGTH) return;
    if (this.#subscriptions.size < MAX_SUBSCRIPTIONS) this.#subscriptions.set(uri, { method, params });
  }

  /** Passes everything on to `waiting`, and notes that the server agrees. */
  noting(method: string, params: Params | undefined, waiting: Waiting): Waiting {
    if (!METHODS.has(method)) return waiting;
    return {
      ...waiting,
      answered: (response) => {
        if ('result' in response) this.agreed(method, params);
        waiting.answered(response);
      },
    };
  }
}
