/** Brings calls into the page: all of them in pieces when it opens, then what happens, gathered. */
import type { AuditRow, ToPage } from './messages.ts';
import { rowOf, type AuditModel, type Call } from './model.ts';

/** Milliseconds over which rows are gathered into one message: a burst of calls is one repaint. */
const GATHER = 50;
/** Rows in one piece: few enough that the page draws in between. */
const PIECE = 1_000;

export class PageFeed {
  readonly #model: AuditModel;
  readonly #send: (message: ToPage) => Promise<void>;
  readonly #flushed: () => void;
  #gathered: AuditRow[] = [];
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
    this.#gathered.push(rowOf(call));
    this.#gatherOn();
  }

  /** Sends everything, oldest first. */
  async sendAll(): Promise<void> {
    const mine = ++this.#sending;
    this.#isSending = true;
    let kind: 'first' | 'more' = 'first';
    for (const rows of pieces(this.#model.calls())) {
      await this.#send({ type: 'rows', rows, kind });
      if (mine !== this.#sending) return;
      kind = 'more';
    }
    if (kind === 'first') await this.#send({ type: 'rows', rows: [], kind });
    this.#isSending = false;
  }

  #gatherOn(): void {
    this.#gathering ??= setTimeout(() => this.#flush(), GATHER);
  }

  #flush(): void {
    this.#gathering = undefined;
    // Not before the older ones: rows stand in the order in which they come.
    if (this.#isSending) return this.#gatherOn();
    const rows = this.#gathered;
    this.#gathered = [];
    void this.#send({ type: 'rows', rows, kind: 'new' });
    this.#flushed();
  }
}

function* pieces(calls: Iterable<Call>): Generator<readonly AuditRow[], void, undefined> {
  let piece: AuditRow[] = [];
  for (const call of calls) {
    piece.push(rowOf(call));
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
