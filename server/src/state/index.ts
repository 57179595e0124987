/**
 * What a gateway keeps on disk, in one folder for one user: audit, counters, its key, the local token and its port.
 * Opening is the only way in; the rest is reached through `State` (ports.ts).
 */
import fs from 'node:fs';
import path from 'node:path';
import { StateError, stateError } from './error.ts';
import { prepareFolder } from './folder.ts';
import type { EmbeddedState, State } from './ports.ts';
import { Database } from './sqlite/database.ts';
import { stateSchema } from './sqlite/schema.ts';
import type { SharedOptions } from './redis/state.ts';
import { SqliteState, type StateOptions } from './sqlite/state.ts';

export { followAudit, type FollowOptions } from './audit/follow.ts';
export { pages } from './audit/pages.ts';
export { retain } from './audit/retention.ts';
export { encodeLine } from './audit/chain.ts';
export { StateError, type StateErrorCode } from './error.ts';
export { AcceptedFiles } from './accepted.ts';
export { defaultStateFolder } from './defaultFolder.ts';
export { ownPolicies, recordedCalls, serversIn } from './recordedCalls.ts';
export { forgetInTime } from './valueAge.ts';
export { SecretFiles } from './secretRecords.ts';
export { isRunning, newHolder } from './running.ts';
export type {
  Acceptances,
  AcceptedContent,
  AcceptedStore,
  AcceptedSubject,
  GrantHolder,
  GrantStore,
  AuditLog,
  AuditQuery,
  Counters,
  CounterUse,
  EmbeddedState,
  Sharing,
  State,
  ValueStore,
  Verification,
} from './ports.ts';

export type { ApprovalStore, Asking, JoinedCall } from './approvalPorts.ts';
export type { StateOptions } from './sqlite/state.ts';
export { readSharedAddress, type SharedAddress } from './redis/address.ts';
export { readSharedKey, SHARED_KEY_VARIABLE } from './redis/key.ts';
export { SharedAccepted } from './sharedAccepted.ts';
export type { WhenLost } from './redis/state.ts';

/** Opens the state in `folder`, and makes both where they are missing. Throws `StateError`. */
export function openState(folder: string, options: StateOptions = {}): EmbeddedState {
  prepareFolder(folder);
  const database = Database.open(folder, options);
  try {
    return new SqliteState(folder, database, options);
  } catch (thrown) {
    database.close();
    throw stateError(thrown, database.file);
  }
}

/** As `openState`, for reading beside a gateway: throws `state-missing` where none has run. */
export function openExistingState(folder: string, options: StateOptions = {}): EmbeddedState {
  if (fs.existsSync(path.join(folder, stateSchema.file))) return openState(folder, options);
  const message = `There is no audit log in ${folder}: no gateway has recorded anything there. Start one, or name another folder with --state.`;
  throw new StateError('state-missing', message);
}

/** Shares counters, approvals and grants through Redis or Valkey in place of `local`'s own, and closes `local` with it. The client is loaded only here. Rejects with `StateError`. */
export async function shareState(local: EmbeddedState, options: SharedOptions): Promise<State> {
  const { SharedState } = await import('./redis/state.ts');
  return SharedState.open(local, options);
}
