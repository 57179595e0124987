/** What the life of a gateway looks like to the rest of the client. Types and plain questions about them; gateway.ts moves between the states. */
import type { GatewayStatus, ListeningEvent, ServerStatus } from '../../../server/src/protocol/control.ts';

export type GatewayState =
  | { readonly kind: 'stopped' | 'starting' | 'stopping' }
  | { readonly kind: 'failed'; readonly problem: string }
  | LiveGateway;

/** `degraded`: it listens, and at least one of its servers cannot be reached at the moment. */
export interface LiveGateway {
  readonly kind: 'running' | 'degraded';
  readonly listening: ListeningEvent;
  readonly status: GatewayStatus;
}

export const liveState = (listening: ListeningEvent, status: GatewayStatus): LiveGateway => ({
  kind: status.servers.some((server) => server.state === 'degraded') ? 'degraded' : 'running',
  listening,
  status,
});

export const isLive = (state: GatewayState): state is LiveGateway =>
  state.kind === 'running' || state.kind === 'degraded';

/** Whether "Start" would do something. */
export const canStart = (state: GatewayState): boolean => state.kind === 'stopped' || state.kind === 'failed';

export const liveServers = (state: GatewayState): readonly ServerStatus[] =>
  isLive(state) ? state.status.servers : [];

export const liveServer = (state: GatewayState, name: string): ServerStatus | undefined =>
  liveServers(state).find((server) => server.name === name);

/** Servers whose policy on disk is not the one in force. */
export const policyProblems = (state: GatewayState): readonly ServerStatus[] =>
  liveServers(state).filter((server) => server.policy.problem !== undefined);

/** Servers whose edited policy waits for a person. */
export const heldPolicies = (state: GatewayState): readonly ServerStatus[] =>
  liveServers(state).filter((server) => server.policy.held !== undefined);

/** Servers with something that nobody has reviewed as it is now. */
export const unreviewedServers = (state: GatewayState): readonly ServerStatus[] =>
  liveServers(state).filter((server) => server.unreviewed !== undefined);

/** Tools that agents are shown, over all servers. */
export const shownTools = (state: GatewayState): number =>
  liveServers(state).reduce((sum, server) => sum + (server.tools?.shown ?? 0), 0);
