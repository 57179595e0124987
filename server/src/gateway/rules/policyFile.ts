/**
 * The policy of one server: read from its file, compiled, and replaced when the file changes. A file that is invalid, missing or
 * unreadable never replaces a policy in force (policy language §7.5). Must not decide anything.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Closeable, Log } from '../../ports.ts';
import type { PolicyStatus } from '../../protocol/control.ts';
import type { PolicyInForce } from './enforcer.ts';
import { codeOf, compileSource, readSource } from './policySource.ts';

/** Where file system events get lost (network drives, replaced folders), this finds the change. */
const POLL_MILLISECONDS = 1000;

export interface PolicySource extends Closeable {
  /** Looks at the file first, so that an edit holds from the next call on. */
  current(): PolicyInForce;
  status(): PolicyStatus;
}

/** A server without a policy is not open: nothing is in force, so every call is denied. */
export const noPolicy: PolicySource = {
  current: () => ({ file: '', policy: undefined }),
  status: () => ({ problem: 'This server has no policy, so every call is denied. Add one that names it in "server".' }),
  close: () => Promise.resolve(),
};

/** Reads `file` (absolute) now and watches it. `onChange` is told when the policy in force or the problem with the file changes. */
export function openPolicyFile(file: string, log: Log, onChange: () => void): PolicySource {
  const source = new PolicyFile(file, log, onChange);
  source.watch();
  return source;
}

class PolicyFile implements PolicySource {
  readonly #file: string;
  readonly #log: Log;
  readonly #onChange: () => void;
  #inForce: PolicyInForce;
  #problem: string | undefined;
  #version: string;
  #content = '';
  #watcher: fs.FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;

  constructor(file: string, log: Log, onChange: () => void) {
    this.#file = file;
    this.#log = log;
    this.#onChange = onChange;
    this.#inForce = { file, policy: undefined };
    this.#version = versionOf(file);
    this.#reload();
    this.#announce();
  }

  watch(): void {
    this.#poll = setInterval(() => this.#reloadIfDifferent(), POLL_MILLISECONDS).unref();
    try {
      // The folder and not the file: editors replace files, and a watch on the old one would see nothing any more.
      this.#watcher = fs.watch(path.dirname(this.#file), { persistent: false }, () => this.#reloadIfDifferent());
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      this.#log.debug('The folder of the policy cannot be watched; it is polled instead.', { file: this.#file });
    }
  }

  current(): PolicyInForce {
    this.#reloadIfChanged();
    return this.#inForce;
  }

  status(): PolicyStatus {
    const inForce = this.#inForce.policy?.hash;
    return {
      file: this.#file,
      ...(inForce === undefined ? {} : { inForce }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  close(): Promise<void> {
    clearInterval(this.#poll);
    this.#watcher?.close();
    return Promise.resolve();
  }

  /** Cheap enough for every call. */
  #reloadIfChanged(): void {
    const version = versionOf(this.#file);
    if (version !== this.#version) this.#replace(version);
  }

  /** An edit in place within one tick of the file system's clock, to a text of the same length, leaves the version as it was. */
  #reloadIfDifferent(): void {
    const version = versionOf(this.#file);
    if (version !== this.#version || readSource(this.#file).content !== this.#content) this.#replace(version);
  }

  #replace(version: string): void {
    this.#version = version;
    const before = this.#inForce.policy?.hash;
    const problemBefore = this.#problem;
    this.#reload();
    if (this.#inForce.policy?.hash === before && this.#problem === problemBefore) return;
    this.#announce();
    this.#onChange();
  }

  #reload(): void {
    const source = readSource(this.#file);
    this.#content = source.content;
    const reading = compileSource(source);
    if (!reading.ok) {
      const consequence = this.#inForce.policy ? 'The last valid policy stays in force.' : 'Every call is denied.';
      this.#problem = `${reading.problem} ${consequence}`;
      return;
    }
    this.#problem = undefined;
    this.#inForce = { file: this.#file, policy: reading.policy };
  }

  #announce(): void {
    if (this.#problem !== undefined) this.#log.warn(this.#problem, { file: this.#file });
    else this.#log.info('Policy in force.', { file: this.#file, hash: this.#inForce.policy?.hash });
  }
}

/** Differs whenever the file may have other content: also after a rename onto it, and when it appears or goes. */
function versionOf(file: string): string {
  try {
    const stat = fs.lstatSync(file, { bigint: true, throwIfNoEntry: false });
    return stat ? `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}` : 'missing';
  } catch (error) {
    return `unreadable:${codeOf(error)}`;
  }
}
