/** Whether a gateway, or a command on its state, goes by what several gateways share, and what becomes of calls when that is lost. */
import type { GatewayConfig } from '../mcp/definition.ts';
import {
  readSharedAddress,
  readSharedKey,
  SHARED_KEY_VARIABLE,
  StateError,
  type SharedAddress,
  type WhenLost,
} from '../state/index.ts';
import { choice, text, UsageError, type Invocation, type Io } from './command.ts';

export interface Sharing {
  readonly address: SharedAddress;
  /** What the gateways know and the shared state does not: never to be logged. */
  readonly key: string;
  readonly whenLost: WhenLost;
}

/** Of commands that change or show what gateways may share. */
export const sharedStateOption = { 'shared-state-env': { type: 'string' } } as const;
export const SHARED_STATE_HELP = `  --shared-state-env NAME
                   of gateways that share their state: the variable that holds its address (docs/scale.md)
`;

/**
 * `undefined`: this gateway keeps all for itself. What becomes of calls while the shared state is lost is asked of the command line only: files of a
 * workspace may be written by an agent. Throws `UsageError`.
 */
export function sharingOf(invocation: Invocation, { state }: GatewayConfig, io: Io): Sharing | undefined {
  const sharing = sharingBy(invocation, state?.sharedUrlEnv, io);
  if (!sharing && text(invocation, 'when-shared-lost') !== undefined)
    throw new UsageError('--when-shared-lost is for a shared state: name its variable with --shared-state-env.');
  return sharing && { ...sharing, whenLost: choice(invocation, 'when-shared-lost', ['deny', 'count-locally']) };
}

/** `configured`: the variable where the command line names none. Throws `UsageError`. */
export function sharingBy(
  invocation: Invocation,
  configured: string | undefined,
  { env }: Pick<Io, 'env'>,
): Omit<Sharing, 'whenLost'> | undefined {
  const variable = text(invocation, 'shared-state-env') ?? configured;
  if (variable === undefined) return undefined;
  try {
    return { address: readSharedAddress(variable, env[variable]), key: readSharedKey(env[SHARED_KEY_VARIABLE]) };
  } catch (error) {
    throw error instanceof StateError ? new UsageError(error.message) : error;
  }
}
