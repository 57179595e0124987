/** Which MCP clients there are on this machine, and the files in which they keep servers. Only looks. */
import path from 'node:path';
import type { ClientPlace } from '../../protocol/connect.ts';
import type { FoundServer, Host, UserPlace } from '../hosts/host.ts';
import { HOSTS } from '../hosts/table.ts';
import { readText } from '../hosts/text.ts';
import { leadsToGateway } from './governed.ts';

/** What is looked at. */
export interface Surroundings {
  /** Workspace folder: absolute. */
  readonly folder: string;
  readonly user: UserPlace;
  /** The text of a file; undefined when there is none. Rejects when it cannot be read. */
  readonly readFile: (file: string) => Promise<string | undefined>;
  /** Whether there is a file or folder of this name. */
  readonly exists: (file: string) => Promise<boolean>;
}

export const hostOf = (client: string): Host | undefined => HOSTS.find(({ id }) => id === client);

/** Those of the workspace before those of the user; in the order of the hosts. */
export async function clientPlaces(around: Surroundings): Promise<readonly ClientPlace[]> {
  const places = await Promise.all(HOSTS.map((host) => placesOf(host, around)));
  return places.flat();
}

async function placesOf(host: Host, around: Surroundings): Promise<readonly ClientPlace[]> {
  const signs = [...filesOf(host, around.user), ...tracesOf(host, around.user)];
  const isInstalled = (await Promise.all(signs.map(around.exists))).some(Boolean);
  return await Promise.all(
    (['folder', 'user'] as const).flatMap((scope) => {
      const file = fileOf(host, scope, around);
      return file === undefined ? [] : [placeOf(host, scope, file, { around, isInstalled })];
    }),
  );
}

async function placeOf(
  host: Host,
  scope: ClientPlace['scope'],
  file: string,
  { around, isInstalled }: { readonly around: Surroundings; readonly isInstalled: boolean },
): Promise<ClientPlace> {
  const text = await around.readFile(file).catch(() => undefined);
  const governed = serversIn(host, text ?? '', around.folder).filter(({ launch }) => leadsToGateway(launch));
  return {
    client: host.id,
    label: host.label,
    scope,
    file,
    installed: isInstalled || text !== undefined,
    connected: governed.flatMap(({ launch }) => serverOf(launch) ?? []),
  };
}

/** The server that a gateway's command line names. */
function serverOf(launch: FoundServer['launch']): string | undefined {
  if (launch.kind !== 'stdio') return undefined;
  const index = launch.args.indexOf('--server');
  return index < 0 ? undefined : launch.args[index + 1];
}

/** Undefined: this client has no such file. */
export function fileOf(host: Host, scope: ClientPlace['scope'], { folder, user }: Surroundings): string | undefined {
  if (scope === 'user') return filesOf(host, user)[0];
  return host.workspaceFile === undefined ? undefined : path.join(folder, host.workspaceFile);
}

const filesOf = (host: Host, user: UserPlace): readonly string[] => host.userFiles?.(user) ?? [];

const tracesOf = (host: Host, user: UserPlace): readonly string[] =>
  host.traces?.(user) ?? filesOf(host, user).map((file) => path.dirname(file));

/** The servers that this text configures, switched on; none when it cannot be read. */
export function serversIn(host: Host, text: string, folder: string): readonly FoundServer[] {
  const { root } = readText(host, text);
  return root?.kind === 'object' ? host.read(root, { folders: [folder] }).servers : [];
}
