/** Brings calls into the page: all of them in pieces when it opens, then what happens, gathered. */
import type { ToPage } from './messages.ts';
import type { AuditModel, Call } from './model.ts';
import { pack } from './pack.ts';

/** Milliseconds over which rows are gathered into one message: a burst of calls is one repaint. */
const GATHER = 50;
/** Rows in one piece: few enough that page and extension do other things in between. */
const PIECE = 2_500;

export class PageFeed {
  readonly #model: AuditModel;
  readonly #send: (message: ToPage) => Promise<void>;
  readonly #flushed: () => void;
  #gathered: Call[] = [];
  #gathering: NodeJS.Timeout | undefined;
  /** Counts up with each time that all is sent: the time before is given up. */
  #sending = 0;
  #isSending = false;

  /** `send` resolves when the page has the message. */
  constructor(model: AuditModel, send: (message: ToPage) => Promise<void>, flushed: () => void) {
    this.#model = model;
    this.#send = send;
    this.#flushed = flushed;
  }

  add(call: Call): void {
    this.#gathered.push(call);
    this.#gatherOn();
  }

  /** Sends everything, the newest first: they are what the reader sees at once. */
  async sendAll(): Promise<void> {
    const mine = ++this.#sending;
    this.#isSending = true;
    const calls = [...this.#model.calls()];
    let kind: 'first' | 'older' = 'first';
    for (let end = calls.length; end > 0 || kind === 'first'; end -= PIECE) {
      await this.#send({ type: 'rows', kind, ...pack(calls.slice(Math.max(0, end - PIECE), end)) });
      if (mine !== this.#sending) return;
      kind = 'older';
    }
    this.#isSending = false;
  }

  #gatherOn(): void {
    this.#gathering ??= setTimeout(() => this.#flush(), GATHER);
  }

  #flush(): void {
    this.#gathering = undefined;
    // Not before the older ones: rows stand in the order in which they come.
    if (this.#isSending) return this.#gatherOn();
    const calls = this.#gathered;
    this.#gathered = [];
    void this.#send({ type: 'rows', kind: 'new', ...pack(calls) });
    this.#flushed();
  }
}
