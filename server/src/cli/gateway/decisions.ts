/** What a person has to decide while a gateway runs, and where: of approvals and edits, only the user's own configuration is asked. */
import type { startGateway, Plan } from '../../gateway/index.ts';
import { readUserSettings } from '../../mcp/index.ts';
import type { Log } from '../../ports.ts';
import { SharedAccepted, type AcceptedFiles, type State } from '../../state/index.ts';
import { acceptedContents } from '../acceptance.ts';
import type { Invocation, Io } from '../command.ts';

type GatewayOptions = Parameters<typeof startGateway>[0];

export interface Decisions {
  readonly shellDecides: boolean;
  /** Absent: edits wait for nobody. */
  readonly accepted?: AcceptedFiles;
  /** Absent: the user has not said. */
  readonly keepsValues?: boolean;
}

export function decisions(invocation: Invocation, io: Io, log: Log): Decisions {
  const { settings, problem } = readUserSettings(io.userHome, process.platform);
  if (problem !== undefined) log.warn(problem);
  const { shellDecides, reloadsAtOnce, keepsValues } = settings;
  return {
    shellDecides,
    ...(reloadsAtOnce ? {} : { accepted: acceptedContents(invocation, io) }),
    ...(keepsValues === undefined ? {} : { keepsValues }),
  };
}

/** With what the configuration says, and what gateways of other machines tell. */
export function inForce(
  { shellDecides, accepted, keepsValues }: Decisions,
  { config, lock, configuration }: Plan,
  { sharing }: State,
  log: Log,
): Pick<GatewayOptions, 'shellDecides' | 'accepted' | 'keepsValues' | 'lock' | 'configuration'> {
  const onUntold = (error: unknown): void =>
    log.warn('The other gateways could not be told what was accepted.', { reason: String(error) });
  const store = accepted && sharing ? new SharedAccepted(accepted, sharing.acceptances, onUntold) : accepted;
  const wishes = [keepsValues, config.audit?.values].filter((wish) => wish !== undefined);
  return {
    shellDecides,
    ...(store ? { accepted: store } : {}),
    // Whoever says no goes before.
    ...(wishes.length === 0 ? {} : { keepsValues: wishes.every(Boolean) }),
    ...(lock ? { lock } : {}),
    ...(configuration ? { configuration } : {}),
  };
}
