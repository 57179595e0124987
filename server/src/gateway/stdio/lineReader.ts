/** Cuts a byte stream into lines, without ever holding more than one line of the allowed length. */

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export interface LineEvents {
  /** Without its line break. */
  line(bytes: Buffer): void;
  /** Once for each line that is too long; it is skipped. */
  tooLong(): void;
}

export class LineReader {
  readonly #maxBytes: number;
  readonly #events: LineEvents;
  #parts: Buffer[] = [];
  #size = 0;
  #isSkipping = false;

  constructor(maxBytes: number, events: LineEvents) {
    this.#maxBytes = maxBytes;
    this.#events = events;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#append(chunk.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#append(chunk.subarray(start));
  }

  #append(part: Buffer): void {
    if (this.#isSkipping || part.length === 0) return;
    this.#size += part.length;
    if (this.#size <= this.#maxBytes) return void this.#parts.push(part);
    this.#isSkipping = true;
    this.#parts = [];
    this.#events.tooLong();
  }

  #endLine(): void {
    const isWhole = !this.#isSkipping;
    const [first = Buffer.alloc(0)] = this.#parts;
    const line = this.#parts.length > 1 ? Buffer.concat(this.#parts) : first;
    this.#parts = [];
    this.#size = 0;
    this.#isSkipping = false;
    if (isWhole) this.#events.line(line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line);
  }
}
