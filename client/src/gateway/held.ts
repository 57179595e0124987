/** What waits for a person, as the gateway's status tells it: edits of policies, of the configuration, of the lock. Plain questions about a state. */
import type { AcceptRequest, HeldStatus } from '../../../server/src/protocol/control.ts';
import { heldPolicies, isLive, type GatewayState } from './state.ts';

export interface HeldEdit extends HeldStatus {
  readonly what: AcceptRequest['what'];
  /** Empty where the file is for all servers. */
  readonly server: string;
  /** Absolute path. */
  readonly file: string;
}

export function heldEdits(state: GatewayState): readonly HeldEdit[] {
  if (!isLive(state)) return [];
  const policies = heldPolicies(state).flatMap(({ name, policy }) =>
    policy.held ? [{ what: 'policy' as const, server: name, file: policy.file ?? '', ...policy.held }] : [],
  );
  return [...policies, ...(state.status.held ?? []).map((each) => ({ ...each, server: '' }))];
}

/** Accepted or stricter settings wait for the gateway's next start. */
export function needsRestart(state: GatewayState): boolean {
  return isLive(state) && state.status.needsRestart === true;
}
