/**
 * Who may use this gateway: the grants of the state, and the grant `local` for as long as nobody has revoked it. Asked anew for every request, so that
 * what people change holds from the next one on, whichever process has changed it. Must not decide on calls.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../../ports.ts';
import type { GrantInfo } from '../../protocol/grant.ts';
import type { GrantHolder, GrantStore } from '../../state/index.ts';
import type { Grant } from '../session/server.ts';

/** The grant of whoever has the token in `<state>/local.token`. */
export const LOCAL_GRANT: Grant = { id: 'local', label: 'local' };

/** A token is kept and compared as its hash, so that neither time nor memory tells of it. */
export interface TokenHolder {
  readonly grant: Grant;
  readonly tokenHash: Buffer;
}

export class GrantRegistry {
  readonly #store: GrantStore;
  readonly #clock: Clock;

  constructor(store: GrantStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Whose token opens the gateway now. `local`: SHA-256 of the token in the state folder. */
  holders(local: Buffer): readonly TokenHolder[] {
    const made = this.#store.valid(this.#clock()).map(({ grant: { id, label }, tokenHash }) => ({
      grant: { id, label },
      tokenHash,
    }));
    return this.holds(LOCAL_GRANT.id) ? [{ grant: LOCAL_GRANT, tokenHash: local }, ...made] : made;
  }

  /** The grant of that label, for clients that are named and show no token; `undefined`: it was revoked, or has expired. */
  named(label: string): Grant | undefined {
    const known = this.#store.labelled(label)?.grant;
    if (!known) return { id: label, label };
    return this.#isValid(known) ? { id: known.id, label } : undefined;
  }

  /** Whether the grant is neither revoked nor expired, and reaches the server where one is named. */
  holds(id: string, server?: string): boolean {
    const grant = this.#store.find(id)?.grant;
    if (!grant) return true;
    return this.#isValid(grant) && (server === undefined || (grant.servers?.includes(server) ?? true));
  }

  /** Absolute path of the policy of its own that a grant has. */
  policyOf(id: string): string | undefined {
    return this.#store.find(id)?.grant.policy;
  }

  /** Another text after every change of the grant. */
  digestOf(id: string): string {
    const holder = this.#store.find(id);
    return holder ? digest(holder, this.#isValid(holder.grant)) : '';
  }

  #isValid({ revokedAt, expiresAt }: GrantInfo): boolean {
    return revokedAt === undefined && (expiresAt === undefined || this.#clock() < expiresAt);
  }
}

function digest({ grant, tokenHash }: GrantHolder, isValid: boolean): string {
  return createHash('sha256')
    .update(JSON.stringify([grant, tokenHash.toString('hex'), isValid]))
    .digest('hex');
}
