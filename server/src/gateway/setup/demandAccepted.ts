/**
 * Whether a server may be started, by whatever part of the product, as it is defined now: only where a gateway would. Else an agent that edits a
 * workspace's definitions had its program run, or a person's secrets sent, by whoever opens a policy or reviews tools.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ServerDefinition } from '../../mcp/definition.ts';
import { readUserSettings, systemHome } from '../../mcp/index.ts';
import { AcceptedFiles, defaultStateFolder } from '../../state/index.ts';
import { configurationSubject } from '../reload/configurationRatchet.ts';
import { discoverAccepted, orPlanError } from './discoverAccepted.ts';
import { PlanError, type PlanRequest } from './request.ts';

export interface AcceptedPlace extends Pick<PlanRequest, 'user' | 'log' | 'config'> {
  /** Where a gateway keeps what was accepted; absent: the platform's folder. */
  readonly stateFolder?: string;
}

/** Rejects with `PlanError`. Where no gateway has run yet there is nothing to hold a definition against, as at a gateway's first start. */
export async function demandAccepted(server: ServerDefinition, place: AcceptedPlace): Promise<void> {
  const { user, config, stateFolder = defaultStateFolder(user.platform, user.env) } = place;
  const { folder, userLevel = false } = server.origin;
  if (userLevel || readUserSettings(systemHome().userHome, user.platform).settings.reloadsAtOnce) return;
  const accepted = new AcceptedFiles(stateFolder);
  if (orPlanError(() => accepted.read(configurationSubject(folder, config))) === undefined) return;
  const { discovery, blocked } = await discoverAccepted({ ...place, folder, accepted });
  const reason = blocked.get(server.name);
  if (reason !== undefined) throw new PlanError(reason);
  const inForce = discovery.servers.find(({ name }) => name === server.name);
  if (inForce && isDeepStrictEqual(how(inForce), how(server))) return;
  throw new PlanError(
    `The definition of the server "${server.name}" has been edited, so it is not started for its tools. A person has to accept it, in the editor or with "portcullis reload --accept".`,
  );
}

const how = ({ launch, origin: { host, folder } }: ServerDefinition): unknown => ({ launch, host, folder });
