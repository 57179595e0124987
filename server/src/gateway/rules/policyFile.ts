/**
 * The policy of one server: read from its file, compiled, and replaced when the file changes. A file that is invalid, missing or
 * unreadable never replaces a policy in force (policy language §7.5), and one that is looser only when a person has accepted it. Must not decide anything.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { CompiledPolicy } from '../../policy/index.ts';
import type { Closeable, Log } from '../../ports.ts';
import type { PolicyStatus } from '../../protocol/control.ts';
import { heldStatus, type Held } from '../reload/heldStatus.ts';
import type { PolicyRatchet, Weighed } from '../reload/policyRatchet.ts';
import type { PolicyInForce } from './enforcer.ts';
import { reasonOf } from './reason.ts';
import { versionOf } from './plainFile.ts';
import { compileSource, readSource } from './policySource.ts';

/** Where file system events get lost (network drives, replaced folders), this finds the change. */
const POLL_MILLISECONDS = 1000;

export interface PolicySource extends Closeable {
  /** Looks at the file first, so that an edit holds from the next call on. */
  current(): PolicyInForce;
  status(): PolicyStatus;
  /** A person accepts the edit with this hash, which waits. Answers why not, for people. */
  accept(hash: string): string | undefined;
}

const NOTHING_WAITS = 'No edit of this policy waits. It may have been accepted or undone meanwhile.';

/** A server without a policy is not open: nothing is in force, so every call is denied. */
export const noPolicy: PolicySource = {
  current: () => ({ file: '', policy: undefined }),
  status: () => ({ problem: 'This server has no policy, so every call is denied. Add one that names it in "server".' }),
  accept: () => NOTHING_WAITS,
  close: () => Promise.resolve(),
};

/**
 * Reads `file` (absolute) now and watches it. `onChange` is told when the policy in force or the problem with the file changes.
 * Without `ratchet` each valid edit takes effect at once.
 */
export function openPolicyFile(file: string, log: Log, onChange: () => void, ratchet?: PolicyRatchet): PolicySource {
  const source = new PolicyFile(file, log, onChange, ratchet);
  source.watch();
  return source;
}

const WAITS = 'The edited policy lets through more than before, so a person has to accept it first.';

class PolicyFile implements PolicySource {
  readonly #file: string;
  readonly #log: Log;
  readonly #onChange: () => void;
  readonly #ratchet: PolicyRatchet | undefined;
  #held: Held | undefined;
  #inForce: PolicyInForce;
  #problem: string | undefined;
  #version: string;
  #content = '';
  #watcher: fs.FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;

  constructor(file: string, log: Log, onChange: () => void, ratchet: PolicyRatchet | undefined) {
    this.#file = file;
    this.#ratchet = ratchet;
    this.#log = log;
    this.#onChange = onChange;
    this.#inForce = { file, policy: undefined };
    this.#version = this.#versionNow();
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
      ...(this.#held ? { held: heldStatus(this.#held) } : {}),
    };
  }

  accept(hash: string): string | undefined {
    const reading = compileSource(readSource(this.#file));
    if (!this.#held || !reading.ok) return NOTHING_WAITS;
    if (reading.policy.hash !== hash || this.#held.hash !== hash)
      return 'The policy was edited once more. Look at what it lets through now.';
    try {
      this.#ratchet?.accept({ file: this.#file, policy: reading.policy }, this.#held.loosened);
    } catch (error) {
      return `This could not be kept, so nothing has changed. ${reasonOf(error)}`;
    }
    this.#log.info('A person has accepted a looser policy.', { file: this.#file, hash });
    this.#replace(this.#versionNow());
    return undefined;
  }

  close(): Promise<void> {
    clearInterval(this.#poll);
    this.#watcher?.close();
    return Promise.resolve();
  }

  /** Cheap enough for every call. */
  #reloadIfChanged(): void {
    const version = this.#versionNow();
    if (version !== this.#version) this.#replace(version);
  }

  /** An edit in place within one tick of the file system's clock, to a text of the same length, leaves the version as it was. */
  #reloadIfDifferent(): void {
    const version = this.#versionNow();
    if (version !== this.#version || readSource(this.#file).content !== this.#content) this.#replace(version);
  }

  /** While an edit waits, it may be accepted through another process. */
  #versionNow(): string {
    return versionOf(this.#file) + (this.#held && this.#ratchet ? `|${this.#ratchet.version()}` : '');
  }

  #replace(version: string): void {
    this.#version = version;
    const tell = (): string => JSON.stringify(this.status());
    const before = tell();
    this.#reload();
    if (tell() === before) return;
    this.#announce();
    this.#onChange();
  }

  #reload(): void {
    const source = readSource(this.#file);
    this.#content = source.content;
    const reading = compileSource(source);
    const { inForce, held, problem } = this.#weigh(reading.ok ? reading.policy : undefined);
    this.#inForce = inForce;
    this.#held = held;
    if (reading.ok && !held && problem === undefined) this.#problem = undefined;
    else {
      const consequence = inForce.policy ? 'The last valid policy stays in force.' : 'Every call is denied.';
      this.#problem = `${reading.ok ? (problem ?? WAITS) : reading.problem} ${consequence}`;
    }
  }

  #weigh(policy: CompiledPolicy | undefined): Weighed {
    if (this.#ratchet) return this.#ratchet.weigh({ file: this.#file, policy });
    return { inForce: policy ? { file: this.#file, policy } : this.#inForce };
  }

  #announce(): void {
    if (this.#problem !== undefined) this.#log.warn(this.#problem, { file: this.#file });
    else this.#log.info('Policy in force.', { file: this.#file, hash: this.#inForce.policy?.hash });
  }
}
