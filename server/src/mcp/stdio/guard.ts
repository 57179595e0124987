/**
 * The gateway's side of its guard: a small process that is told which process groups the gateway has started, and ends them should the gateway
 * be killed outright (guardDuty.ts). It hears of the gateway's end by the end of its stdin, which no kind of death can keep from it.
 */
import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { Closeable, Log } from '../../ports.ts';
import { childEnvironment } from './environment.ts';

/** Who must know of each group of processes that a transport starts. */
export interface GroupWatch {
  /** Before a group is started, which shall bear the mark that is returned. Followed by `add`, unless it could not be started. */
  announce(): string;
  add(pid: number): void;
  /** Nothing of the group is left. */
  remove(pid: number): void;
}

/** A guard that ends so often is not started again: something keeps it from running. */
const MAX_STARTS = 5;

type Helper = ChildProcessByStdio<Writable, null, null>;

export class Guard implements GroupWatch, Closeable {
  readonly #program: string;
  readonly #log: Log;
  readonly #groups = new Set<number>();
  #helper: Helper | undefined;
  #starts = 0;
  #isClosed = false;

  /** `program`: what runs `guardGroups` on its stdin. Nothing is started before the first group is. */
  constructor(program: string, log: Log) {
    this.#program = program;
    this.#log = log;
  }

  announce(): string {
    this.#start();
    const mark = randomUUID();
    this.#tell(`*${mark}`);
    return mark;
  }

  add(pid: number): void {
    this.#groups.add(pid);
    this.#tell(`+${pid}`);
  }

  remove(pid: number): void {
    if (this.#groups.delete(pid)) this.#tell(`-${pid}`);
  }

  /** The guard ends what is left of the groups, and then itself. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#helper?.stdin.end();
    return Promise.resolve();
  }

  #tell(notice: string): void {
    this.#helper?.stdin.write(`${notice}\n`);
  }

  #start(): void {
    if (this.#isClosed || this.#helper || this.#starts === MAX_STARTS) return;
    this.#starts += 1;
    this.#helper = this.#spawn();
    for (const pid of this.#groups) this.#tell(`+${pid}`);
  }

  /** In a session of its own, so that what ends the gateway (a terminal that is closed, a signal to its group) leaves the guard. */
  #spawn(): Helper {
    const helper = spawn(process.execPath, [this.#program], {
      // In VS Code's own runtime, this makes it behave as Node.
      env: childEnvironment(process.env, { ELECTRON_RUN_AS_NODE: '1' }),
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      windowsHide: true,
    });
    helper.once('error', () => this.#lost(helper));
    helper.once('exit', () => this.#lost(helper));
    helper.stdin.on('error', () => undefined); // Its exit tells.
    helper.unref();
    (helper.stdin as Socket).unref();
    return helper;
  }

  #lost(helper: Helper): void {
    if (this.#helper !== helper) return;
    this.#helper = undefined;
    if (this.#isClosed) return;
    this.#log.warn('The process ended that would end the servers, should this gateway be killed.', {
      starts: this.#starts,
    });
    if (this.#groups.size > 0) this.#start();
  }
}
