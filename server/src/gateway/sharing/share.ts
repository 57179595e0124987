/** Opens a gateway's meeting place with those of its servers that may be shared. */
import type { Log } from '../../ports.ts';
import type { State } from '../../state/ports.ts';
import type { GrantRegistry } from '../grants/registry.ts';
import type { ServerInput } from '../session/govern.ts';
import type { GovernedServer } from '../session/server.ts';
import { likenessOf } from './likeness.ts';
import { MeetingPlace, type SharedServer } from './meetingPlace.ts';

export interface ShareOptions {
  readonly servers: readonly ServerInput[];
  readonly state: Pick<State, 'prove'>;
  readonly version: string;
  readonly log: Log;
  /** The state folder; absent: nothing is shared. */
  readonly shareIn?: string;
}

/** Resolves with `undefined` where nothing can be shared: the gateway then serves without. The first parameter's servers are the options', put together. */
export async function openMeetingPlace(
  { servers: governed, grants }: { readonly servers: readonly GovernedServer[]; readonly grants: GrantRegistry },
  options: ShareOptions,
): Promise<MeetingPlace | undefined> {
  const { shareIn, state, log } = options;
  if (shareIn === undefined) return undefined;
  const prove = (text: string): string => state.prove(text);
  const place = new MeetingPlace({
    state: shareIn,
    servers: await sharedServers(governed, options, prove),
    grants,
    prove,
    log,
  });
  try {
    await place.open();
    return place;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    log.warn('Gateways on stdio cannot join this one, and start their servers themselves.', { reason });
    await place.close();
    return undefined;
  }
}

async function sharedServers(
  governed: readonly GovernedServer[],
  { servers, version, log }: ShareOptions,
  prove: (text: string) => string,
): Promise<ReadonlyMap<string, SharedServer>> {
  const shared = new Map<string, SharedServer>();
  for (const server of governed) {
    const input = servers.find(({ name }) => name === server.name);
    if (!input?.source) continue;
    try {
      shared.set(server.name, { server, likeness: await likenessOf(input, input.source, version, prove) });
    } catch {
      // A variable has no value: connecting says so, in words for people.
      log.debug('A server is not shared, since its definition cannot be completed.', { server: server.name });
    }
  }
  return shared;
}
