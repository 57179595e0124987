/** A server as a child process: one JSON-RPC message per line, and whatever else it prints goes to the log. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { StdioLaunch } from '../definition.ts';
import { UpstreamError } from '../errors.ts';
import type { Message } from '../message.ts';
import { formatBytes, oversizeAnswer } from '../oversize.ts';
import { parseMessage } from '../parse.ts';
import type { ResolvedLaunch, Transport, TransportOptions } from '../transport.ts';
import { cleanerFor, type Cleaner } from '../untrusted.ts';
import { asLine } from './asLine.ts';
import { Chatter } from './chatter.ts';
import { LineReader } from './lines.ts';
import { DEFAULT_GRACE, endProcessGroup } from './processGroup.ts';
import { exitFailure, startFailure, type Exit } from './reasons.ts';
import { spawnServer } from './spawn.ts';

/** Milliseconds that the last lines of a dead process may take to arrive while somebody else holds its pipes. */
const LAST_WORDS = 250;
/** Bytes that wait for a process that does not read. Several of the largest messages that clients may send. */
const MAX_WAITING = 16 * 1024 * 1024;
const MAX_STDERR_LINE = 8 * 1024;

export class StdioTransport implements Transport {
  onmessage?: ((message: Message) => void) | undefined;
  onclose?: ((reason?: Error) => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;

  /** A pipe loses nothing. */
  readonly hearing = 1;

  readonly #launch: StdioLaunch;
  readonly #options: TransportOptions;
  readonly #maxBytes: number;
  readonly #clean: Cleaner;
  readonly #chatter: Chatter;
  #child: ChildProcessWithoutNullStreams | undefined;
  #ended = false;
  #closing: Promise<void> | undefined;

  constructor(launch: StdioLaunch & ResolvedLaunch, options: TransportOptions) {
    this.#launch = launch;
    this.#options = options;
    this.#maxBytes = options.maxMessageBytes ?? 16 * 1024 * 1024;
    this.#clean = cleanerFor(launch);
    this.#chatter = new Chatter(options.log, this.#clean);
  }

  async start(): Promise<void> {
    const child = await this.#spawn();
    this.#child = child;
    // Closed before there was a process to end.
    if (this.#ended) {
      await this.#end(child);
      throw new UpstreamError('closed', "The server's process was stopped.");
    }
    const { signal } = this.#options;
    signal?.addEventListener('abort', () => void this.close(), { once: true });
    if (signal?.aborted) await this.close();
  }

  #spawn(): Promise<ChildProcessWithoutNullStreams> {
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void => reject(startFailure(this.#launch, error, this.#clean));
      const { env = process.env, guard } = this.#options;
      try {
        const child = spawnServer(this.#launch, env, guard?.announce());
        if (child.pid !== undefined) guard?.add(child.pid);
        child.on('error', fail).once('spawn', () => resolve(child));
        this.#read(child);
      } catch (error) {
        // A NUL byte in an argument, for example.
        fail(error as NodeJS.ErrnoException);
      }
    });
  }

  send(message: Message): Promise<void> {
    const child = this.#child;
    if (!child || this.#ended || child.stdin.destroyed) {
      return Promise.reject(new UpstreamError('closed', "The server's process is not running.", { sent: false }));
    }
    const line = asLine(JSON.stringify(message));
    if (child.stdin.writableLength > 0 && child.stdin.writableLength + Buffer.byteLength(line) > MAX_WAITING) {
      const what = `The server's process does not read: ${formatBytes(child.stdin.writableLength)} wait for it already.`;
      return Promise.reject(new UpstreamError('busy', what, { sent: false }));
    }
    return this.#write(child, line);
  }

  #write(child: ChildProcessWithoutNullStreams, line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      child.stdin.write(line, (cause) => {
        if (!cause) return resolve();
        const error = new UpstreamError('died', "The server's process stopped reading.", { sent: true, cause });
        // Its exit tells more, if that is the reason and comes soon.
        this.#failSoon(() => error);
        reject(error);
      });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#finish();
    if (!this.#child) return;
    this.#child.stdin.end();
    await this.#end(this.#child);
  }

  async #end(child: ChildProcessWithoutNullStreams): Promise<void> {
    await endProcessGroup(child, this.#options.grace ?? DEFAULT_GRACE);
    if (child.pid !== undefined) this.#options.guard?.remove(child.pid);
  }

  #read(child: ChildProcessWithoutNullStreams): void {
    const messages = new LineReader(this.#maxBytes, {
      line: (text) => this.#receive(text),
      tooLong: (head, tail) => this.#refuse(head, tail),
    });
    const stderr = new LineReader(MAX_STDERR_LINE, {
      line: (text) => this.#chatter.error(text),
      tooLong: (head) => this.#chatter.error(head),
    });
    child.stdout.on('data', (chunk: Buffer) => messages.push(chunk)).on('end', () => messages.end());
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk)).on('end', () => stderr.end());
    child.stdin.on('error', () => undefined); // The write's own callback reports it.
    child.once('exit', (code, signal) => this.#died(child, { code, signal }));
  }

  #receive(line: string): void {
    const reading = parseMessage(line);
    if (!reading.ok) this.#chatter.skipped(line, reading.problem);
    else if (!this.#ended) for (const message of reading.messages) this.onmessage?.(message);
  }

  #refuse(head: string, tail: string): void {
    const problem = `The server sent a message larger than ${formatBytes(this.#maxBytes)}; it was dropped.`;
    this.onerror?.(new UpstreamError('too-large', problem));
    const answer = oversizeAnswer(head, tail, this.#maxBytes);
    if (answer) this.onmessage?.(answer);
  }

  #died(child: ChildProcessWithoutNullStreams, exit: Exit): void {
    const reason = (): UpstreamError => exitFailure(exit, this.#chatter.lastLines);
    child.once('close', () => this.#fail(reason()));
    this.#failSoon(reason);
  }

  #failSoon(reason: () => UpstreamError): void {
    setTimeout(() => this.#fail(reason()), LAST_WORDS).unref();
  }

  #fail(reason: UpstreamError): void {
    if (this.#ended) return;
    this.#finish(reason);
    // What a dead process had started must not outlive it, nor a process that takes nothing any more.
    void this.close();
  }

  #finish(reason?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.onclose?.(reason);
  }
}
