/**
 * What a person has accepted, or what was there first, in `<state>/accepted`: one file for each subject, which only this user may read (0600) and
 * which is replaced whole. It outlives gateways: an edit that was not accepted must not take effect by a restart.
 */
import fs from 'node:fs';
import path from 'node:path';
import { StateError, stateError } from './error.ts';
import { prepareFolder } from './folder.ts';
import { hashOf } from './grants.ts';
import type { AcceptedContent, AcceptedStore, AcceptedSubject } from './ports.ts';
import { subjectKey } from './subjectKey.ts';

export class AcceptedFiles implements AcceptedStore {
  readonly #folder: string;

  /** `folder`: of the state. Nothing is made before the first content is kept. */
  constructor(folder: string) {
    this.#folder = path.join(folder, 'accepted');
  }

  read(subject: AcceptedSubject): AcceptedContent | undefined {
    return this.#readFile(this.#file(subject))?.content;
  }

  version(subject: AcceptedSubject): string {
    const stat = guarded(this.#folder, () =>
      fs.lstatSync(this.#file(subject), { bigint: true, throwIfNoEntry: false }),
    );
    return stat ? `${stat.ino}:${stat.size}:${stat.mtimeNs}` : '';
  }

  write(subject: AcceptedSubject, content: AcceptedContent): void {
    prepareFolder(this.#folder);
    const file = this.#file(subject);
    const draft = `${file}.${process.pid}.new`;
    guarded(file, () => {
      fs.rmSync(draft, { force: true });
      fs.writeFileSync(draft, JSON.stringify({ format: 1, subject, content }), {
        mode: 0o600,
        flag: 'wx',
        flush: true,
      });
      fs.renameSync(draft, file);
    });
  }

  accept(subject: AcceptedSubject, content: AcceptedContent): void {
    this.write(subject, content);
  }

  /** There is no elsewhere. */
  acceptedElsewhere(): boolean {
    return false;
  }

  list(): readonly { readonly subject: AcceptedSubject; readonly content: AcceptedContent }[] {
    if (!fs.existsSync(this.#folder)) return [];
    const names = guarded(this.#folder, () => fs.readdirSync(this.#folder)).filter((name) => name.endsWith('.json'));
    return names.sort().flatMap((name) => this.#readFile(path.join(this.#folder, name)) ?? []);
  }

  #readFile(file: string): { readonly subject: AcceptedSubject; readonly content: AcceptedContent } | undefined {
    if (!fs.existsSync(file)) return undefined;
    const text = guarded(file, () => fs.readFileSync(file, 'utf8'));
    try {
      const { format, subject, content } = JSON.parse(text) as Kept;
      if (format === 1 && isSubject(subject) && isContent(content)) return { subject, content };
    } catch {
      // As damaged as one of another shape.
    }
    throw new StateError('state-damaged', `${file} does not hold what was accepted. Restore it from a backup.`);
  }

  #file(subject: AcceptedSubject): string {
    return path.join(this.#folder, `${hashOf(subjectKey(subject)).slice(0, 32)}.json`);
  }
}

interface Kept {
  readonly format?: unknown;
  readonly subject?: unknown;
  readonly content?: unknown;
}

function isSubject(value: unknown): value is AcceptedSubject {
  const { kind, folder, server, config = '' } = (value ?? {}) as Partial<Record<string, unknown>>;
  return (
    typeof kind === 'string' && typeof folder === 'string' && typeof server === 'string' && typeof config === 'string'
  );
}

function isContent(value: unknown): value is AcceptedContent {
  const { file, text, waiting = '' } = (value ?? {}) as Partial<Record<string, unknown>>;
  const isText = text === null || typeof text === 'string';
  return typeof file === 'string' && isText && typeof waiting === 'string';
}

function guarded<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw stateError(thrown, place);
  }
}
