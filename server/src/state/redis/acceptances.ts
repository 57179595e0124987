/** What people have accepted at any gateway, by the hash of its content: the gateways of other machines, whose files hold the same, need not ask again. */
import { randomBytes } from 'node:crypto';
import { hashOf } from '../grants.ts';
import type { Acceptances, AcceptedSubject } from '../ports.ts';
import { subjectKey } from '../subjectKey.ts';
import type { Ledger } from './ledger.ts';

/** Files are brought to all machines within this time; a later one is a new edit. */
const LIFETIME_MILLISECONDS = 24 * 60 * 60_000;

interface Acceptance {
  readonly id: string;
  /** SHA-256 of the text, hex. */
  readonly hash: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

type Document = Readonly<Record<string, Acceptance>>;

export class SharedAcceptances implements Acceptances {
  readonly #ledger: Pick<Ledger, 'text' | 'change' | 'used'>;

  constructor(ledger: Pick<Ledger, 'text' | 'change' | 'used'>) {
    this.#ledger = ledger;
  }

  version(subject: AcceptedSubject): string {
    return this.#find(subject)?.id ?? '';
  }

  /** Once only: what was tightened since must not come back by it. */
  use(subject: AcceptedSubject, text: string): boolean {
    const found = this.#find(subject);
    if (!found || found.hash !== hashOf(text) || this.#ledger.used.includes(found.id)) return false;
    this.#markUsed(found.id);
    return true;
  }

  async publish(subject: AcceptedSubject, text: string): Promise<void> {
    const own: Acceptance = { id: randomBytes(8).toString('hex'), hash: hashOf(text), at: Date.now() };
    await this.#ledger.change('accepted', (before) => {
      const current = Object.entries(documentIn(before)).filter(([, each]) => isCurrent(each));
      return JSON.stringify({ ...Object.fromEntries(current), [subjectKey(subject)]: own });
    });
    this.#markUsed(own.id);
  }

  #find(subject: AcceptedSubject): Acceptance | undefined {
    const document = documentIn(this.#ledger.text('accepted'));
    const key = subjectKey(subject);
    const found = Object.hasOwn(document, key) ? document[key] : undefined;
    return found && isCurrent(found) ? found : undefined;
  }

  /** What is out of the document needs no memory. */
  #markUsed(id: string): void {
    const known = new Set(Object.values(documentIn(this.#ledger.text('accepted'))).map((each) => each.id));
    this.#ledger.used = [...this.#ledger.used.filter((each) => known.has(each)), id];
  }
}

function documentIn(text: string | undefined): Document {
  return text === undefined ? {} : (JSON.parse(text) as Document);
}

const isCurrent = ({ at }: Acceptance): boolean => Math.abs(Date.now() - at) < LIFETIME_MILLISECONDS;
