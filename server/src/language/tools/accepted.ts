/**
 * Whether the language server may start a server as it is defined now: only where a gateway would. Else an agent that edits a workspace's
 * definitions had its program run, or a person's secrets sent, by whoever opens a policy.
 */
import { isDeepStrictEqual } from 'node:util';
import { discoverAccepted } from '../../gateway/setup/discoverAccepted.ts';
import type { ServerDefinition } from '../../mcp/definition.ts';
import { readUserSettings, systemHome, type UserPlace } from '../../mcp/index.ts';
import type { Log } from '../../ports.ts';
import { AcceptedFiles, defaultStateFolder } from '../../state/index.ts';

export interface AcceptedPlace {
  /** Where a gateway keeps what was accepted; absent: the platform's folder. */
  readonly stateFolder?: string;
  readonly user: UserPlace;
  readonly log: Log;
}

/** Rejects with an error for people. Where no gateway has run yet there is nothing to hold a definition against, as at a gateway's first start. */
export async function demandAccepted(
  server: ServerDefinition,
  { user, log, stateFolder = defaultStateFolder(user.platform, user.env) }: AcceptedPlace,
): Promise<void> {
  const { folder, userLevel = false } = server.origin;
  if (userLevel || readUserSettings(systemHome().userHome, user.platform).settings.reloadsAtOnce) return;
  const accepted = new AcceptedFiles(stateFolder);
  const { discovery, blocked } = await discoverAccepted({ folder, user, accepted, log });
  const reason = blocked.get(server.name);
  if (reason !== undefined) throw new Error(reason);
  const inForce = discovery.servers.find(({ name }) => name === server.name);
  if (inForce && isDeepStrictEqual(how(inForce), how(server))) return;
  throw new Error(
    `The definition of the server "${server.name}" has been edited, so it is not started for its tools. A person has to accept it, in the editor or with "portcullis reload --accept".`,
  );
}

const how = ({ launch, origin: { host, folder } }: ServerDefinition): unknown => ({ launch, host, folder });
