/** What people are shown of the state that gateways share: without it no server can be used. */
import type { GatewayStatus, ServerStatus } from '../../protocol/control.ts';
import type { Sharing } from '../../state/ports.ts';

/** `sharing` is absent where nothing is shared. */
export function withShared(
  servers: readonly ServerStatus[],
  sharing: Pick<Sharing, 'address' | 'problem'> | undefined,
): Pick<GatewayStatus, 'servers' | 'shared'> {
  if (!sharing) return { servers };
  const { address, problem } = sharing;
  if (problem === undefined) return { servers, shared: { address } };
  return {
    servers: servers.map((server) => ({ ...server, state: 'degraded', problem })),
    shared: { address, problem },
  };
}
