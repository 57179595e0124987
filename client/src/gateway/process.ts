/**
 * One gateway process: its command, the secrets on its stdin, the listening line on its stdout, its end.
 * Knows nothing of `vscode` and decides nothing about restarts: gateway.ts does.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { lastMessage, readLine, type LogEntry } from './log.ts';
import type { ControlHello, ListeningEvent } from '../../../server/src/protocol/control.ts';

export interface GatewayCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The workspace folder: relative paths and the configuration are found from here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface GatewayExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it last wrote on stderr: the reason, when it ended by itself. */
  readonly lastWords: string;
}

/** The process ended, or could not be started, before it listened. `message` is for people. */
export class GatewayStartError extends Error {
  readonly code = 'gateway-start';
}

/** Milliseconds a gateway gets to finish its calls and close its files after it was asked to stop. */
const STOP_GRACE = 5_000;
/** Lines of stderr kept for the reason of an end. */
const LAST_WORDS = 20;

export class GatewayProcess {
  readonly listening: Promise<ListeningEvent>;
  readonly exited: Promise<GatewayExit>;
  readonly #child: ChildProcessWithoutNullStreams;

  /** `onEntry` gets each line of stderr, and of stdout after the listening line. */
  constructor(command: GatewayCommand, hello: ControlHello, onEntry: (entry: LogEntry) => void) {
    this.#child = spawn(command.command, command.args, { cwd: command.cwd, env: command.env, windowsHide: true });
    const lastWords: LogEntry[] = [];
    onEachLine(this.#child.stderr, (line) => {
      const entry = readLine(line);
      if (lastWords.push(entry) > LAST_WORDS) lastWords.shift();
      onEntry(entry);
    });
    this.exited = exitOf(this.#child, lastWords);
    this.listening = listeningLine(this.#child.stdout, this.exited, (line) => onEntry(readLine(line)));
    this.listening.catch(() => undefined); // Reported by whoever awaits it; a stop before that is no unhandled rejection.
    this.#child.stdin.on('error', () => undefined); // It ended before it read the hello: `exited` says why.
    this.#child.stdin.write(`${JSON.stringify(hello)}\n`);
  }

  /** Closing stdin asks it to stop; after the grace it is killed. Resolves when it is gone. */
  async stop(): Promise<GatewayExit> {
    this.#child.stdin.end();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), STOP_GRACE);
    try {
      return await this.exited;
    } finally {
      clearTimeout(kill);
    }
  }
}

function exitOf(child: ChildProcessWithoutNullStreams, lastWords: readonly LogEntry[]): Promise<GatewayExit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, lastWords: error.message }));
    child.once('close', (code, signal) => resolve({ code, signal, lastWords: lastMessage(lastWords) }));
  });
}

function listeningLine(
  stdout: Readable,
  exited: Promise<GatewayExit>,
  onLine: (line: string) => void,
): Promise<ListeningEvent> {
  return new Promise((resolve, reject) => {
    onEachLine(stdout, (line) => {
      const event = readListening(line);
      if (event) resolve(event);
      else onLine(line);
    });
    void exited.then((exit) => reject(new GatewayStartError(exit.lastWords)));
  });
}

function readListening(line: string): ListeningEvent | undefined {
  try {
    const value = JSON.parse(line) as Partial<ListeningEvent> | null;
    return value?.event === 'listening' ? (value as ListeningEvent) : undefined;
  } catch {
    return undefined;
  }
}

function onEachLine(stream: Readable, listener: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', listener);
}
