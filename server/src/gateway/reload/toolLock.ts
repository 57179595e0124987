/**
 * `portcullis.lock.json` of a workspace, in force: which tools a person has reviewed, and how servers may be started. A file that lets through more
 * than the accepted one waits, as an edit of a policy does; one that cannot be read changes nothing.
 */
import path from 'node:path';
import { EMPTY_LOCK, unreviewedTools, type Lock, type LockedServer, type Tool } from '../../catalog/index.ts';
import { loosenedLock } from '../../comparison/index.ts';
import { LOCK_NAME, sha256 } from '../../mcp/index.ts';
import type { Closeable, Log } from '../../ports.ts';
import type { HeldFile, UnreviewedStatus } from '../../protocol/control.ts';
import type { AcceptedStore, AcceptedSubject } from '../../state/ports.ts';
import { accept, type AcceptanceStore } from './acceptance.ts';
import { heldStatus, type Held } from './heldStatus.ts';
import { lockIn, pinnedBy, readLockFile } from './lockFile.ts';
import { lockSubject, pinAccepted } from './pinning.ts';
import { versionOf } from '../rules/plainFile.ts';
import { reasonOf } from '../rules/reason.ts';

const POLL_MILLISECONDS = 1000;

export interface LockSettings {
  readonly mode: 'warn' | 'enforce';
  /** The workspace folder: absolute. */
  readonly folder: string;
}

interface ToolLockOptions extends LockSettings {
  /** Absent: whatever the file pins counts at once. */
  readonly stores?: AcceptanceStore;
  readonly log: Log;
}

export class ToolLock implements Closeable {
  readonly mode: 'warn' | 'enforce';
  readonly #listeners = new Set<() => void>();
  readonly #options: ToolLockOptions;
  readonly #file: string;
  readonly #subject: AcceptedSubject;
  readonly #poll: NodeJS.Timeout;
  readonly #warned = new Set<string>();
  #lock = EMPTY_LOCK;
  /** Why the file cannot be used, where nothing was accepted before it. */
  #problem: string | undefined;
  #held: (Held & { readonly text: string }) | undefined;
  #version: string;

  constructor(options: ToolLockOptions) {
    this.#options = options;
    this.mode = options.mode;
    this.#file = path.join(options.folder, LOCK_NAME);
    this.#subject = lockSubject(options.folder);
    this.#version = this.#versionNow();
    this.#reload();
    this.#poll = setInterval(() => this.current(), POLL_MILLISECONDS).unref();
  }

  /** `listener` is told when something else counts as reviewed. */
  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Looks at the file first, so that a pin that was taken out denies the next call. Another object after each change. */
  current(): Lock {
    const version = this.#versionNow();
    if (version !== this.#version) {
      this.#version = version;
      const before = [this.#lock, this.#held?.hash];
      this.#reloadIfReadable();
      if (this.#lock !== before[0] || this.#held?.hash !== before[1])
        for (const listener of this.#listeners) listener();
    }
    return this.#lock;
  }

  /** Whether the tool may be shown and called. In the mode "warn" it may, and the log says once that nobody has reviewed it. */
  admits(server: string, tool: Tool | undefined): boolean {
    const pin = tool && pinnedBy(tool);
    const isReviewed =
      pin !== undefined &&
      this.current()
        .servers.get(server)
        ?.tools.get(tool?.name ?? '')?.hash === pin;
    if (isReviewed || this.mode === 'enforce') return isReviewed;
    this.#warn(server, tool?.name ?? '', pin ?? '');
    return true;
  }

  /** Whether the server is still started or reached as it was when it was reviewed; one that nobody has reviewed may be, for its tools. */
  knowsDefinition(server: string, definition: string): boolean {
    const locked = this.current().servers.get(server);
    return this.mode === 'warn' || locked === undefined || locked.definition === definition;
  }

  /** `tools`: what the server lists; `undefined`: not known. */
  unreviewed(server: string, definition: string, tools: readonly Tool[] | undefined): UnreviewedStatus | undefined {
    const locked = this.current().servers.get(server);
    const isMoved = locked !== undefined && locked.definition !== definition;
    const found = tools && unreviewedTools(locked, tools, pinnedBy);
    if (!isMoved && !found) return undefined;
    return { ...(found ?? { new: [], changed: [], renamed: [] }), ...(isMoved ? { isMoved } : {}) };
  }

  /**
   * A person has accepted, in the editor, that these are the server's pins; from now on they count. Returns why not, for people.
   * Throws `StateError` and what writing a file throws.
   */
  accept(server: string, pinned: LockedServer): string | undefined {
    const before = this.current();
    if (this.#problem !== undefined)
      return `${LOCK_NAME} cannot be used. ${this.#problem} Restore it, or delete it to review all tools anew.`;
    if (this.#held)
      return `${LOCK_NAME} has been edited, and the edit waits for you: it would be overwritten. Accept it or undo it first.`;
    const after = { servers: new Map([...before.servers, [server, pinned]]) };
    pinAccepted({ folder: this.#options.folder, before, after, approver: 'editor' }, this.#options.stores);
    this.current();
    return undefined;
  }

  /** The edit of the file that waits for a person. */
  held(): HeldFile | undefined {
    this.current();
    return this.#held && { what: 'lock', file: this.#file, ...heldStatus(this.#held) };
  }

  /** A person accepts, in the editor, the edit with this hash. Answers why not, for people. */
  acceptEdit(hash: string): string | undefined {
    this.current();
    const { stores, log } = this.#options;
    if (!this.#held || !stores) return 'No edit of the lock file waits. It may have been accepted or undone meanwhile.';
    if (this.#held.hash !== hash) return 'The lock file was edited once more. Look at what it counts as reviewed now.';
    const { text, loosened } = this.#held;
    try {
      accept(stores, { subject: this.#subject, content: { file: this.#file, text }, loosened, approver: 'editor' });
    } catch (error) {
      return `This could not be kept, so nothing has changed. ${reasonOf(error)}`;
    }
    log.info('A person has accepted an edited lock file.', { file: this.#file });
    this.current();
    return undefined;
  }

  close(): Promise<void> {
    clearInterval(this.#poll);
    return Promise.resolve();
  }

  #warn(server: string, tool: string, pin: string): void {
    if (this.#warned.has(`${server}\n${tool}\n${pin}`)) return;
    this.#warned.add(`${server}\n${tool}\n${pin}`);
    this.#options.log.warn('A tool is new or has changed since it was reviewed.', { server, tool });
  }

  #versionNow(): string {
    return `${versionOf(this.#file)}|${this.#options.stores ? this.#acceptedVersion(this.#options.stores.accepted) : ''}`;
  }

  #acceptedVersion(accepted: AcceptedStore): string {
    try {
      return accepted.version(this.#subject);
    } catch {
      return '';
    }
  }

  /** What was accepted may become unreadable while this gateway runs: then what it knows of it still counts. */
  #reloadIfReadable(): void {
    try {
      this.#reload();
    } catch (error) {
      this.#options.log.error('What counts as reviewed cannot be read: what did until now still does.', {
        reason: reasonOf(error),
      });
    }
  }

  #reload(): void {
    const { log } = this.#options;
    this.#held = undefined;
    try {
      const text = readLockFile(this.#file);
      this.#lock = this.#weigh(text, lockIn(text));
      this.#problem = undefined;
    } catch (error) {
      const accepted = this.#accepted();
      this.#lock = accepted ?? this.#lock;
      this.#problem = accepted ? undefined : reasonOf(error);
      log.warn('The lock file has no effect: what counted as reviewed still does.', {
        file: this.#file,
        reason: reasonOf(error),
      });
    }
    this.#version = this.#versionNow();
  }

  /** `undefined`: nothing has been accepted yet, or it cannot be known. */
  #accepted(): Lock | undefined {
    const kept = this.#options.stores?.accepted.read(this.#subject);
    return kept && lockIn(kept.text);
  }

  #weigh(text: string | undefined, found: Lock): Lock {
    const { stores, log } = this.#options;
    const before = this.#accepted();
    const loosened = before ? loosenedLock(before, found) : [];
    const isAccepted = loosened.length > 0 && stores?.accepted.acceptedElsewhere(this.#subject, text ?? '') === true;
    if (before && loosened.length > 0 && !isAccepted) {
      log.warn('The edited lock file counts more as reviewed than a person has accepted, so it waits.', {
        file: this.#file,
        waits: loosened.length,
      });
      this.#held = { hash: sha256(text ?? ''), loosened, text: text ?? '' };
      return before;
    }
    const isNew = !before || isAccepted || loosenedLock(found, before).length > 0;
    if (isNew) stores?.accepted.write(this.#subject, { file: this.#file, text: text ?? null });
    return found;
  }
}
