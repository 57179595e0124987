/** Passes on to the log what a server prints beside its messages: bounded in length and rate, and the last lines are remembered. */
import type { Log } from '../../ports.ts';
import type { Cleaner } from '../untrusted.ts';

const REMEMBERED_LINES = 8;
const LINES_PER_SECOND = 50;

export class Chatter {
  readonly #log: Log;
  readonly #clean: Cleaner;
  readonly #last: string[] = [];
  #second = 0;
  #inSecond = 0;

  constructor(log: Log, clean: Cleaner) {
    this.#log = log;
    this.#clean = clean;
  }

  /** The newest lines of stderr, oldest first. */
  get lastLines(): readonly string[] {
    return this.#last;
  }

  error(line: string): void {
    const text = this.#clean(line);
    this.#last.push(text);
    if (this.#last.length > REMEMBERED_LINES) this.#last.shift();
    this.#write('server wrote to stderr', text);
  }

  skipped(line: string, problem: string): void {
    this.#write(`skipped a line on the server's stdout: ${problem}`, this.#clean(line));
  }

  #write(message: string, line: string): void {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
    }
    this.#inSecond += 1;
    if (this.#inSecond <= LINES_PER_SECOND) this.#log.info(message, { line });
    else if (this.#inSecond === LINES_PER_SECOND + 1) this.#log.warn('the server prints too much; lines are left out');
  }
}
