/** The extension's own command line, for what reads the recorded calls: its code is the one that people use in a shell. Knows nothing of `vscode`. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface CommandLine {
  /** dist/portcullis.js of this extension. */
  readonly program: string;
  /** Of the gateway. */
  readonly stateFolder: string;
}

/** `message` is what the command wrote on stderr, for people. */
export class CommandLineError extends Error {
  readonly code = 'command-line';
}

/** stderr is kept up to so many characters. */
const LAST_WORDS = 2_000;

/**
 * Runs a command on the state folder and gives its standard output to `read`. Rejects with `CommandLineError` where it fails, and with what `read`
 * rejects with; when `signal` aborts, the process is ended.
 */
export async function runOnState(
  { program, stateFolder }: CommandLine,
  args: readonly string[],
  signal: AbortSignal,
  read: (output: Readable) => Promise<void>,
): Promise<void> {
  const child = spawn(process.execPath, [program, ...args, '--state', stateFolder], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal,
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-LAST_WORDS)));
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new CommandLineError(words.trim()))));
  });
  await Promise.all([ended, read(child.stdout).finally(() => child.stdout.destroy())]);
}

/** Each line of a command's output that is a JSON value. */
export async function eachJsonLine(output: Readable, take: (value: unknown) => void): Promise<void> {
  for await (const line of createInterface({ input: output, crlfDelay: Infinity })) {
    if (line !== '') take(JSON.parse(line));
  }
}
