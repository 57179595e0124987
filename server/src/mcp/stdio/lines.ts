/** Splits a byte stream into lines of bounded length, without copying a long line more than once. */

export interface LineSink {
  /** A complete line without its newline; never empty. */
  line(text: string): void;
  /** A line was longer than allowed; its beginning and end, as far as they were kept. */
  tooLong(head: string, tail: string): void;
}

const NEWLINE = 0x0a;
/** Enough of an oversized message to find its `id`, which stands at either end. */
const KEPT = 4096;

export class LineReader {
  readonly #maxBytes: number;
  readonly #sink: LineSink;
  #chunks: Buffer[] = [];
  #length = 0;
  /** The beginning of the line that is being dropped. */
  #head: string | undefined;

  constructor(maxBytes: number, sink: LineSink) {
    this.#maxBytes = maxBytes;
    this.#sink = sink;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#append(chunk.subarray(start, end));
      this.#finish();
      start = end + 1;
    }
    if (start < chunk.length) this.#append(chunk.subarray(start));
  }

  /** The stream ended: what stands there without a newline is a line too. */
  end(): void {
    this.#finish();
  }

  #append(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    if (this.#length <= this.#maxBytes && this.#head === undefined) return;
    const held = Buffer.concat(this.#chunks);
    this.#head ??= held.subarray(0, KEPT).toString('utf8');
    // Copied, so that the dropped bytes are not held in memory by their last part.
    const tail = Buffer.from(held.subarray(Math.max(0, held.length - KEPT)));
    this.#chunks = [tail];
    this.#length = tail.length;
  }

  #finish(): void {
    const text = Buffer.concat(this.#chunks).toString('utf8');
    const head = this.#head;
    this.#chunks = [];
    this.#length = 0;
    this.#head = undefined;
    if (head !== undefined) this.#sink.tooLong(head, text);
    else if (text.trim() !== '') this.#sink.line(text);
  }
}
