/** The processes of a run: started without a shell, ended with it whatever happens, and how much memory each holds. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const READY_MILLISECONDS = 60_000;

export class Processes implements AsyncDisposable {
  readonly #all: ChildProcessWithoutNullStreams[] = [];

  /** Its stderr is kept, and shown where it does not become ready. */
  start(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    program: string = process.execPath,
  ): Started {
    // Detached: a group of its own, so that what it starts can be ended with it.
    const child = spawn(program, args, { env: { ...process.env, ...env }, detached: true });
    this.#all.push(child);
    return new Started(child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#all.map(end));
  }
}

export class Started {
  readonly child: ChildProcessWithoutNullStreams;
  #errors = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    this.child = child;
    child.stderr.on('data', (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString('utf8')).slice(-2_000)));
    // A write to a process that has ended is told by its exit.
    child.stdin.on('error', () => undefined);
  }

  /** The first line of stdout, as JSON. Rejects when the process ends before. */
  async firstLine<T>(): Promise<T> {
    for await (const line of createInterface({ input: this.child.stdout })) return JSON.parse(line) as T;
    throw new Error(`The process ended before it was ready. ${this.#errors}`);
  }

  /** Resolves when something listens at the port of this machine. */
  async listening(port: number): Promise<void> {
    const deadline = performance.now() + READY_MILLISECONDS;
    while (!(await isOpen(port))) {
      if (this.child.exitCode !== null) throw new Error(`The process ended before it listened. ${this.#errors}`);
      if (performance.now() > deadline) throw new Error(`Nothing listens on port ${port}. ${this.#errors}`);
      await pause(50);
    }
  }

  /** Milliseconds of processor time that all threads have used so far; `undefined` where the system does not tell. */
  processorTime(): number | undefined {
    try {
      const threads = readdirSync(`/proc/${this.child.pid}/task`);
      const used = threads.map((id) => readFileSync(`/proc/${this.child.pid}/task/${id}/schedstat`, 'utf8'));
      return used.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e6;
    } catch {
      return undefined;
    }
  }

  /** MB of memory that the process holds now, and at most so far; `undefined` where the system does not tell. */
  memory(): { readonly now: number; readonly peak: number } | undefined {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      return { now: megabytes(status, 'VmRSS'), peak: megabytes(status, 'VmHWM') };
    } catch {
      return undefined;
    }
  }
}

function megabytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}

/** First as a client would: by closing stdin. */
async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.end();
  if (await Promise.race([ended.then(() => true), pause(3_000, false)])) return;
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
  await ended;
}
