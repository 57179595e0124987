/**
 * The configuration of a workspace under the ratchet: weighed when a gateway starts, kept in the state folder, and watched while it runs, so that a
 * person hears of an edit that waits. An edit takes effect when the gateway starts again, a looser one only after a person has accepted it.
 */
import { sha256, type Discovery } from '../../mcp/index.ts';
import type { Closeable, Log } from '../../ports.ts';
import type { Decider } from '../../protocol/approval.ts';
import type { HeldFile } from '../../protocol/control.ts';
import type { AcceptedStore, AcceptedSubject, AuditLog } from '../../state/ports.ts';
import { versionOf } from '../rules/plainFile.ts';
import { reasonOf } from '../rules/reason.ts';
import { accept } from './acceptance.ts';
import { heldStatus, type Held } from './heldStatus.ts';
import { readKept, textOf } from './keptConfiguration.ts';
import { configurationOf, weighConfiguration, type WeighedConfiguration } from './weighConfiguration.ts';

const POLL_MILLISECONDS = 1000;

export interface ConfigurationRatchetOptions {
  readonly accepted: AcceptedStore;
  readonly subject: AcceptedSubject;
  /** portcullis.json, or what stands in for it: absolute. */
  readonly file: string;
  readonly discover: () => Promise<Discovery>;
  readonly log: Log;
}

/** What was weighed last, with its texts: a status is asked for far more often than the files change. */
interface Weighed extends WeighedConfiguration {
  readonly keptText: string;
  readonly wantedText: string;
  /** Of `wantedText`: what a person accepts. */
  readonly hash: string;
}

export class ConfigurationRatchet implements Closeable {
  readonly #options: ConfigurationRatchetOptions;
  #files: readonly string[] = [];
  /** In force since the start, as one text. */
  #running = '';
  #weighed: Weighed | undefined;
  #version = '';
  #poll: NodeJS.Timeout | undefined;

  constructor(options: ConfigurationRatchetOptions) {
    this.#options = options;
  }

  /** What may be in force of what was found. Keeps nothing yet. Throws an error for people where what was accepted cannot be read. */
  weigh(discovery: Discovery): Weighed {
    this.#files = discovery.files;
    this.#version = this.#versionNow();
    const kept = this.#options.accepted.read(this.#options.subject);
    // Should it be lost while this gateway runs, what it knows of it still counts.
    const accepted = kept ? readKept(kept.text) : this.#weighed?.kept;
    const weighed = weighConfiguration(accepted, configurationOf(discovery));
    const wantedText = textOf(weighed.wanted);
    return (this.#weighed = { ...weighed, keptText: textOf(weighed.kept), wantedText, hash: sha256(wantedText) });
  }

  /**
   * A gateway starts with what was weighed: from now on it counts as accepted as far as nothing waits.
   * Throws `StateError` where the first cannot be kept: each start were a first one, and took whatever the files hold by then.
   */
  begin(): void {
    const { accepted, subject, log, file } = this.#options;
    if (!this.#weighed) return;
    this.#running = this.#weighed.keptText;
    if (accepted.read(subject)) this.#keep(this.#weighed);
    else {
      accepted.write(subject, { file, text: this.#running });
      log.info('The configuration of this folder is taken as it is: none was accepted before.', { file });
    }
    if (this.#weighed.loosened.length > 0) this.#warn(this.#weighed);
    this.#version = this.#versionNow();
  }

  /** Tells `onChange` when something waits, or does no more. */
  watch(onChange: () => void): void {
    this.#poll = setInterval(() => void this.#lookAgain(onChange), POLL_MILLISECONDS).unref();
  }

  held(): (Held & Pick<HeldFile, 'what' | 'file'>) | undefined {
    if (!this.#weighed || this.#weighed.loosened.length === 0) return undefined;
    const { hash, loosened } = this.#weighed;
    return { what: 'configuration', file: this.#options.file, hash, loosened };
  }

  status(): HeldFile | undefined {
    const held = this.held();
    return held && { what: held.what, file: held.file, ...heldStatus(held) };
  }

  /** What the next start would have in force is not what this gateway was started with. */
  get needsRestart(): boolean {
    return this.#weighed !== undefined && this.#running !== '' && this.#weighed.keptText !== this.#running;
  }

  /** A person accepts the edit with this hash. Resolves with why not, for people. */
  async accept(hash: string, approver: Decider, audit: Pick<AuditLog, 'append'>): Promise<string | undefined> {
    const { accepted, subject, file, log } = this.#options;
    try {
      const weighed = await this.look();
      if (weighed.loosened.length === 0)
        return 'No edit of the configuration waits. It may have been accepted or undone meanwhile.';
      if (weighed.hash !== hash) return 'The configuration was edited once more. Look at what it loosens now.';
      const content = { file, text: weighed.wantedText };
      accept({ accepted, audit }, { subject, content, loosened: weighed.loosened, approver });
      log.info('A person has accepted a looser configuration. It takes effect when the gateway starts again.', {
        file,
      });
      await this.look();
      return undefined;
    } catch (error) {
      return `This could not be kept, so nothing has changed. ${reasonOf(error)}`;
    }
  }

  /** Reads the files and weighs them. Rejects with `StateError`. */
  async look(): Promise<Weighed> {
    const discovery = await this.#options.discover();
    if (!discovery.usable) throw new UnusableError(`${this.#options.file} has an error.`);
    return this.weigh(discovery);
  }

  close(): Promise<void> {
    clearInterval(this.#poll);
    return Promise.resolve();
  }

  async #lookAgain(onChange: () => void): Promise<void> {
    const version = this.#versionNow();
    if (version === this.#version) return;
    this.#version = version;
    const before = this.#told();
    try {
      const weighed = await this.look();
      this.#keep(weighed);
      if (this.#told() === before) return;
      if (weighed.loosened.length > 0) this.#warn(weighed);
      onChange();
    } catch (error) {
      this.#options.log.warn(
        'The edited configuration cannot be used. The gateway goes on with what it was started with.',
        {
          file: this.#options.file,
          reason: reasonOf(error),
        },
      );
    }
  }

  #told(): string {
    return `${this.held()?.hash ?? ''} ${this.needsRestart}`;
  }

  /** What restricts is accepted by itself. Where it cannot be kept, the next start weighs it again. */
  #keep({ keptText: text }: Weighed): void {
    const { accepted, subject, file, log } = this.#options;
    try {
      if (accepted.read(subject)?.text !== text) accepted.write(subject, { file, text });
    } catch (error) {
      log.error('The configuration in force could not be kept.', { reason: reasonOf(error) });
    }
    this.#version = this.#versionNow();
  }

  #warn({ loosened }: WeighedConfiguration): void {
    const { log, file } = this.#options;
    const first = loosened[0];
    log.warn(
      'The edited configuration is looser than the accepted one, so what is looser waits for a person: portcullis reload',
      {
        file,
        waits: loosened.length,
        first: first ? `${first.about}: ${first.what}` : '',
      },
    );
  }

  #versionNow(): string {
    const { accepted, subject } = this.#options;
    return [...this.#files.map(versionOf), acceptedVersion(accepted, subject)].join('|');
  }
}

/** An edit that cannot be read changes nothing. */
class UnusableError extends Error {
  readonly code = 'configuration';
}

function acceptedVersion(accepted: AcceptedStore, subject: AcceptedSubject): string {
  try {
    return accepted.version(subject);
  } catch {
    return '';
  }
}

/** `config`: the file that `--config` names, absolute. */
export function configurationSubject(folder: string, config: string | undefined): AcceptedSubject {
  return { kind: 'configuration', folder, server: '', ...(config === undefined ? {} : { config }) };
}
