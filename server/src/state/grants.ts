/** What every store of grants does alike: makes tokens, knows them by their hashes, and finds the grants that hold. Must not keep a token. */
import { createHash, randomBytes } from 'node:crypto';
import type { GrantInfo } from '../protocol/grant.ts';
import { StateError } from './error.ts';
import type { GrantHolder } from './ports.ts';

/** The grant that is there without having been made; revoked, it is known. Its id and its label. */
export const LOCAL = 'local';

/** 256 random bits, after a mark by which scanners for secrets can know it. */
export const newToken = (): string => `pcl_${randomBytes(32).toString('base64url')}`;

/** SHA-256, hex. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export function taken(label: string): StateError {
  const message = `There is a grant "${label}" already. Rotate its token, revoke it, or choose another label.`;
  return new StateError('state-taken', message);
}

/** The questions of a `GrantStore`, over whatever is known. */
export abstract class KnownGrants {
  /** In the order in which they were made. Throws `StateError`. */
  protected abstract known(): readonly GrantHolder[];

  list(): readonly GrantInfo[] {
    return this.known().map(({ grant }) => grant);
  }

  valid(at: number): readonly GrantHolder[] {
    return this.known().filter(({ grant: { revokedAt, expiresAt } }) => {
      return revokedAt === undefined && (expiresAt === undefined || expiresAt > at);
    });
  }

  find(id: string): GrantHolder | undefined {
    return this.known().find(({ grant }) => grant.id === id);
  }

  labelled(label: string): GrantHolder | undefined {
    const same = this.known().filter(({ grant }) => grant.label === label);
    return same.find(({ grant }) => grant.revokedAt === undefined) ?? same.at(-1);
  }
}
