/** One HTTP request that waits for its answer: a plain body, or a stream once something comes before the answer. */
import type { ServerResponse } from 'node:http';

/** Status codes that revision 2026-07-28 gives to errors ("Streamable HTTP"); every other answer is a 200. */
const STATUS: Readonly<Record<number, number>> = {
  [-32601]: 404,
  [-32602]: 400,
  [-32020]: 400,
  [-32021]: 400,
  [-32022]: 400,
};

export class Exchange {
  readonly progressToken: string | number | undefined;
  readonly #response: ServerResponse;

  constructor(response: ServerResponse, progressToken: string | number | undefined) {
    this.#response = response;
    this.progressToken = progressToken;
  }

  /** A message before the answer. */
  pass(line: string): void {
    if (!this.#response.headersSent) this.#response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.#response.write(`data: ${line}\n\n`);
  }

  answer(line: string, errorCode: number | undefined): void {
    if (this.#response.headersSent) return void this.#response.end(`data: ${line}\n\n`);
    const status = errorCode === undefined ? 200 : (STATUS[errorCode] ?? 200);
    this.#response.writeHead(status, { 'content-type': 'application/json' }).end(line);
  }

  /** The server is gone. */
  abandon(): void {
    this.#response.destroy();
  }
}
