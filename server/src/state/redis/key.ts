/** Where everything lies in the shared state, and the key that is not in it. Must not put the key into a message. */
import { StateError } from '../error.ts';

/** The braces keep all keys in one slot of a cluster, so that one script may use them. */
export const PREFIX = '{portcullis}:1:';

export const SHARED_KEY_VARIABLE = 'PORTCULLIS_SHARED_KEY';
const SHORTEST = 32;

/** What all gateways of a shared state know and it does not. Throws `StateError`. */
export function readSharedKey(value: string | undefined): string {
  if (value !== undefined && value.length >= SHORTEST) return value;
  const what = value === undefined || value === '' ? 'is not set' : `is shorter than ${String(SHORTEST)} characters`;
  const advice = 'Give every gateway that shares the state the same one, for example from: openssl rand -hex 32';
  throw new StateError('state-shared', `The variable ${SHARED_KEY_VARIABLE} ${what}. ${advice}`);
}
