/** What a client is told whose grant was taken from it while it stayed. */
import type { Denial } from '../../policy/decision.ts';
import type { Sharing } from '../../state/ports.ts';
import type { GrantRegistry } from './registry.ts';

export const endedGrant: Denial = {
  outcome: 'deny',
  rule: '(grant ended)',
  message:
    "This client's grant was revoked, has expired, or does not reach this server. Ask your user for another one.",
};

/** Asks what other machines have changed, and then whether a grant still reaches the server. The answer rejects with `StateError`. */
export function learner(
  sharing: Pick<Sharing, 'refresh'>,
  grants: Pick<GrantRegistry, 'holds'>,
  server: string,
): (grantId: string) => Promise<Denial | undefined> {
  return async (grantId) => {
    await sharing.refresh();
    return grants.holds(grantId, server) ? undefined : endedGrant;
  };
}
