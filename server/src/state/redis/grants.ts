/** Grants that all gateways of a shared state go by: one sealed document. Reads are of what was learned last; a change is seen by the next request at any gateway. */
import { randomBytes } from 'node:crypto';
import type { GrantInfo, NewGrant } from '../../protocol/grant.ts';
import { hashOf, KnownGrants, LOCAL, newToken, taken } from '../grants.ts';
import type { GrantHolder, GrantStore } from '../ports.ts';
import type { Ledger } from './ledger.ts';

interface Row {
  readonly grant: GrantInfo;
  /** SHA-256 of the token, hex; empty for `local`, whose token lies in each state folder. */
  readonly tokenHash: string;
}

export class SharedGrants extends KnownGrants implements GrantStore {
  readonly #ledger: Pick<Ledger, 'text' | 'change'>;
  readonly #own: Pick<GrantStore, 'find'>;
  #text: string | undefined;
  #holders: readonly GrantHolder[] = [];

  /** `own`: of this machine; of them, only that `local` was revoked still counts. */
  constructor(ledger: Pick<Ledger, 'text' | 'change'>, own: Pick<GrantStore, 'find'>) {
    super();
    this.#ledger = ledger;
    this.#own = own;
  }

  async add({ label, ...more }: NewGrant, at: number): Promise<string> {
    const token = newToken();
    const grant = { id: randomBytes(8).toString('hex'), label, createdAt: at, ...more };
    await this.#ledger.change('grants', (text) => {
      const rows = rowsIn(text);
      if (rows.some((row) => isInUse(row, label))) throw taken(label);
      return JSON.stringify([...rows, { grant, tokenHash: hashOf(token) }]);
    });
    return token;
  }

  async rotate(label: string): Promise<string | undefined> {
    const token = newToken();
    const isFound = await this.#replace(label, (row) => ({ ...row, tokenHash: hashOf(token) }));
    return isFound ? token : undefined;
  }

  async revoke(label: string, at: number): Promise<boolean> {
    const isFound = await this.#replace(label, (row) => ({ ...row, grant: { ...row.grant, revokedAt: at } }));
    return isFound || (label === LOCAL && (await this.#shutLocal(at)));
  }

  protected known(): readonly GrantHolder[] {
    const text = this.#ledger.text('grants');
    if (text !== this.#text) this.#holders = rowsIn(text).map(holderOf);
    this.#text = text;
    const own = this.#holders.some(({ grant }) => grant.id === LOCAL) ? undefined : this.#own.find(LOCAL);
    return own ? [...this.#holders, own] : this.#holders;
  }

  async #replace(label: string, change: (row: Row) => Row): Promise<boolean> {
    let isFound = false;
    await this.#ledger.change('grants', (text) => {
      const rows = rowsIn(text);
      isFound = rows.some((row) => isInUse(row, label));
      return JSON.stringify(rows.map((row) => (isInUse(row, label) ? change(row) : row)));
    });
    return isFound;
  }

  async #shutLocal(at: number): Promise<boolean> {
    let isNew = false;
    await this.#ledger.change('grants', (text) => {
      const rows = rowsIn(text);
      isNew = !rows.some(({ grant }) => grant.id === LOCAL);
      const shut: Row = { grant: { id: LOCAL, label: LOCAL, createdAt: at, revokedAt: at }, tokenHash: '' };
      return JSON.stringify(isNew ? [...rows, shut] : rows);
    });
    return isNew;
  }
}

/** The document is sealed: what opens has been written by one of us. */
function rowsIn(text: string | undefined): readonly Row[] {
  return text === undefined ? [] : (JSON.parse(text) as readonly Row[]);
}

function holderOf({ grant, tokenHash }: Row): GrantHolder {
  return { grant, tokenHash: Buffer.from(tokenHash, 'hex') };
}

function isInUse({ grant }: Row, label: string): boolean {
  return grant.label === label && grant.revokedAt === undefined;
}
