/**
 * Carries a client's stdio to the gateway that was joined, line by line and unchanged. When that gateway ends, what was in flight is answered with
 * an error, the client's session is set up again behind a successor, and the rest goes there. No call is sent twice.
 */
import type { Readable, Writable } from 'node:stream';
import type { Message, Params } from '../../mcp/message.ts';
import type { Closeable, Log } from '../../ports.ts';
import { errorAnswer, errorCodes, writeMessage } from '../message/answer.ts';
import { MAX_FRAME_BYTES } from '../message/frame.ts';
import { LineReader } from '../stdio/lineReader.ts';
import { Conversation } from './conversation.ts';

/** A gateway as its client has it. */
export interface Seat extends Closeable {
  /** What the client says. */
  readonly input: Writable;
  /** What the client hears. */
  readonly output: Readable;
}

export interface RelayOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly seat: Seat;
  /** Where to go on when the seat is lost. */
  readonly successor: () => Promise<Seat>;
  /** The client is gone, or there is no way to go on. */
  readonly onEnd: (error?: Error) => void;
  readonly log: Log;
}

/** A whole list of tools may be a line. */
const MAX_SERVER_LINE = 80 * 1024 * 1024;

/** Lines that a client may send while it is moved to another gateway, before it has to wait. */
const MAX_HELD = 1_000;

/** What a client is told after a change of gateways, by capability of the server. */
const LISTS = ['tools', 'resources', 'prompts'] as const;

export class Relay implements Closeable {
  readonly #options: RelayOptions;
  readonly #conversation = new Conversation();
  #seat: Seat | undefined;
  /** Whether the client's session is set up behind the seat. */
  #isOpen = true;
  /** Lines of the client while it is not. */
  #held: Buffer[] = [];
  #isClosed = false;

  constructor(options: RelayOptions) {
    this.#options = options;
    const { input, output, onEnd } = options;
    const lines = new LineReader(MAX_FRAME_BYTES, {
      line: (bytes) => this.#fromClient(bytes),
      tooLong: () => this.#tell(errorAnswer(undefined, errorCodes.invalidRequest, 'The message is larger than 4 MiB.')),
    });
    input.on('data', (chunk: Buffer) => lines.push(chunk));
    for (const stream of [input, output]) stream.once('error', () => onEnd());
    input.once('end', () => onEnd());
    this.#take(options.seat);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const seat = this.#seat;
    this.#seat = undefined;
    await seat?.close();
  }

  #fromClient(bytes: Buffer): void {
    if (!this.#seat || !this.#isOpen) return this.#hold(bytes);
    this.#conversation.fromClient(bytes);
    this.#send(this.#seat, bytes);
  }

  /** It goes to the successor as if it had come then. */
  #hold(bytes: Buffer): void {
    if (this.#held.push(Buffer.from(bytes)) >= MAX_HELD) this.#options.input.pause();
  }

  #send({ input }: Seat, line: Uint8Array | string): void {
    const goesOn = input.write(Buffer.concat([Buffer.from(line), NEWLINE]));
    if (goesOn || input.destroyed) return;
    this.#options.input.pause();
    input.once('drain', () => this.#options.input.resume());
  }

  /** No faster than the client reads: the gateway notices, and leaves a client that does not. */
  #pass({ output: source }: Seat, line: Uint8Array): void {
    const { output } = this.#options;
    if (output.write(Buffer.concat([line, NEWLINE])) || source.isPaused()) return;
    source.pause();
    output.once('drain', () => source.resume());
  }

  #tell(message: Message): void {
    this.#options.output.write(`${writeMessage(message)}\n`);
  }

  #take(seat: Seat): void {
    this.#seat = seat;
    const lines = new LineReader(MAX_SERVER_LINE, {
      line: (bytes) => {
        if (this.#conversation.fromServer(bytes)) this.#pass(seat, bytes);
      },
      tooLong: () => this.#options.log.warn('A message of the gateway was too long and was dropped.'),
    });
    const lost = (): void => this.#lost(seat);
    seat.output.on('data', (chunk: Buffer) => lines.push(chunk)).once('close', lost);
    seat.input.on('error', lost);
    seat.output.resume();
  }

  #lost(seat: Seat): void {
    if (this.#seat !== seat || this.#isClosed) return;
    this.#seat = undefined;
    this.#isOpen = false;
    for (const message of this.#conversation.cutOff()) this.#tell(message);
    this.#options.log.warn('The gateway that this one had joined is gone; going on without it.');
    this.#goOn().catch((error: unknown) => this.#options.onEnd(error instanceof Error ? error : undefined));
  }

  async #goOn(): Promise<void> {
    const seat = await this.#options.successor();
    if (this.#isClosed) return seat.close();
    this.#take(seat);
    const greeting = await this.#setUpAgain(seat);
    const held = this.#held;
    this.#held = [];
    this.#isOpen = true;
    for (const line of held) this.#fromClient(line);
    this.#options.input.resume();
    this.#tellOfChanges(greeting);
  }

  /** Resolves with the server's capabilities, where the client had a session. Rejects when the server cannot be had. */
  async #setUpAgain(seat: Seat): Promise<Params> {
    const [initialize, ...others] = this.#conversation.setUps;
    const { opening } = this.#conversation;
    if (opening) this.#send(seat, writeMessage(opening));
    if (!initialize) return {};
    const greeting = await this.#ask(seat, initialize);
    if (this.#conversation.isInitialized)
      this.#send(seat, writeMessage({ jsonrpc: '2.0', method: 'notifications/initialized' }));
    for (const setUp of others) await this.#ask(seat, setUp).catch(() => undefined);
    return (greeting['capabilities'] ?? {}) as Params;
  }

  #ask(seat: Seat, setUp: Parameters<Conversation['ask']>[0]): Promise<Params> {
    return new Promise((resolve, reject) => {
      const request = this.#conversation.ask(setUp, (answer) => {
        if ('result' in answer) resolve(answer.result);
        else reject(new Error('error' in answer ? answer.error.message : 'No answer.'));
      });
      this.#send(seat, writeMessage(request));
    });
  }

  #tellOfChanges(capabilities: Params): void {
    for (const list of LISTS) {
      const { listChanged } = (capabilities[list] ?? {}) as Params;
      if (listChanged === true) this.#tell({ jsonrpc: '2.0', method: `notifications/${list}/list_changed` });
    }
  }
}

const NEWLINE = Buffer.from('\n');
