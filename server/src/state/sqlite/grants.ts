/** Grants in SQLite: who may use the gateway, known by the hash of a token. Tokens are given out once and kept nowhere. Must not decide what a grant may do. */
import { randomBytes } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import type { GrantInfo, NewGrant } from '../../protocol/grant.ts';
import { hashOf, KnownGrants, LOCAL, newToken, taken } from '../grants.ts';
import type { Immediate } from '../async.ts';
import type { GrantHolder, GrantStore } from '../ports.ts';
import type { Database } from './database.ts';

const statements = {
  insert: `INSERT INTO grants (id, label, token_hash, servers, policy, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  all: 'SELECT * FROM grants ORDER BY created, label',
  // Differs whenever another connection has written anything.
  version: 'PRAGMA data_version',
  rotate: 'UPDATE grants SET token_hash = ? WHERE label = ? AND revoked IS NULL',
  revoke: 'UPDATE grants SET revoked = ? WHERE label = ? AND revoked IS NULL',
  shut: `INSERT OR IGNORE INTO grants (id, label, token_hash, created, revoked) VALUES ('local', 'local', '', ?, ?)`,
} as const;

type Row = Record<string, unknown>;

export class SqliteGrants extends KnownGrants implements Immediate<GrantStore> {
  readonly #database: Database;
  readonly #statements: Record<keyof typeof statements, StatementSync>;
  #holders: readonly GrantHolder[] | undefined;
  #version = 0;

  constructor(database: Database) {
    super();
    this.#database = database;
    const prepared = Object.entries(statements).map(([name, sql]) => [name, database.prepare(sql)]);
    this.#statements = Object.fromEntries(prepared) as Record<keyof typeof statements, StatementSync>;
  }

  add({ label, servers, policy, expiresAt }: NewGrant, at: number): string {
    const token = newToken();
    const columns = [servers ? JSON.stringify(servers) : null, policy ?? null, at, expiresAt ?? null];
    this.#change(() => {
      const same = this.#read().some(({ grant }) => grant.label === label && grant.revokedAt === undefined);
      if (same) throw taken(label);
      this.#statements.insert.run(randomBytes(8).toString('hex'), label, hashOf(token), ...columns);
    });
    return token;
  }

  rotate(label: string): string | undefined {
    const token = newToken();
    return this.#change(() => this.#statements.rotate.run(hashOf(token), label).changes > 0) ? token : undefined;
  }

  revoke(label: string, at: number): boolean {
    return this.#change(() => {
      if (this.#statements.revoke.run(at, label).changes > 0) return true;
      return label === LOCAL && this.#statements.shut.run(at, at).changes > 0;
    });
  }

  /** Forgets what was read before anybody can see the change. */
  #change<T>(work: () => T): T {
    try {
      return this.#database.transaction(work);
    } finally {
      this.#holders = undefined;
    }
  }

  /** Every call asks several times: what was read holds until some connection has written. */
  protected known(): readonly GrantHolder[] {
    return this.#database.run(() => {
      const version = Number(this.#statements.version.get()?.['data_version']);
      if (this.#holders === undefined || version !== this.#version) this.#holders = this.#read();
      this.#version = version;
      return this.#holders;
    });
  }

  #read(): readonly GrantHolder[] {
    return this.#statements.all.all().map((row) => {
      return { grant: infoOf(row), tokenHash: Buffer.from(String(row['token_hash']), 'hex') };
    });
  }
}

function infoOf(row: Row): GrantInfo {
  const { servers, policy, expires, revoked } = row;
  return {
    id: String(row['id']),
    label: String(row['label']),
    createdAt: Number(row['created']),
    ...(typeof servers === 'string' ? { servers: JSON.parse(servers) as readonly string[] } : {}),
    ...(typeof policy === 'string' ? { policy } : {}),
    ...(expires === null ? {} : { expiresAt: Number(expires) }),
    ...(revoked === null ? {} : { revokedAt: Number(revoked) }),
  };
}
