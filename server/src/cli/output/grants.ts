/** Grants for people at a terminal. */
import { escapeUntrusted } from '../../catalog/index.ts';
import type { GrantInfo } from '../../protocol/grant.ts';
import { table } from './table.ts';

/** `now`: milliseconds since the epoch. */
export function printGrants(grants: readonly GrantInfo[], now: number): string {
  if (grants.length === 0) return 'No grant was made: clients use the token in local.token, as "local".\n';
  const header = ['LABEL', 'STATE', 'SERVERS', 'MADE', 'EXPIRES', 'POLICY'];
  const rows = grants.map((grant) => [
    grant.label,
    stateOf(grant, now),
    grant.servers?.join(', ') ?? 'all',
    day(grant.createdAt),
    grant.expiresAt === undefined ? 'never' : day(grant.expiresAt),
    grant.policy ?? "the servers' own",
  ]);
  return table(
    header,
    rows.map((row) => row.map((cell) => escapeUntrusted(cell))),
  );
}

function stateOf({ revokedAt, expiresAt }: GrantInfo, now: number): string {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'in use';
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
