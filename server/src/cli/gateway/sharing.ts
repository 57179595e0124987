/** Whether a gateway counts on this machine, or together with other gateways, and what it does when it cannot. */
import type { GatewayConfig } from '../../mcp/definition.ts';
import { readSharedAddress, StateError, type SharedAddress, type WhenLost } from '../../state/index.ts';
import { choice, text, UsageError, type Invocation, type Io } from '../command.ts';

export interface Sharing {
  readonly address: SharedAddress;
  readonly whenLost: WhenLost;
}

/**
 * `undefined`: this gateway counts for itself. What becomes of calls while the shared state is lost is asked of the command line only: files of a
 * workspace may be written by an agent. Throws `UsageError`.
 */
export function sharingOf(invocation: Invocation, { state }: GatewayConfig, io: Io): Sharing | undefined {
  const variable = text(invocation, 'shared-state-env') ?? state?.sharedUrlEnv;
  if (variable === undefined) {
    if (text(invocation, 'when-shared-lost') === undefined) return undefined;
    throw new UsageError('--when-shared-lost is for a shared state: name its variable with --shared-state-env.');
  }
  const whenLost = choice(invocation, 'when-shared-lost', ['deny', 'count-locally']);
  try {
    return { address: readSharedAddress(variable, io.env[variable]), whenLost };
  } catch (error) {
    throw error instanceof StateError ? new UsageError(error.message) : error;
  }
}
