/** By which entries MCP clients reach the configured servers themselves: found once for each reading of the configuration, asked at each keystroke. */
import path from 'node:path';
import type { WayAround } from '../analysis/index.ts';
import { hostOf, leadsAround } from '../mcp/connect/index.ts';
import type { DirectEntry, ServerDefinition } from '../mcp/definition.ts';
import type { ClientPlace } from '../protocol/connect.ts';

export interface DirectWay extends WayAround, Pick<ClientPlace, 'scope'> {
  /** Id of the client. */
  readonly id: string;
  /** The workspace folder that the way is closed from: absolute. */
  readonly folder: string;
}

const NONE: readonly DirectWay[] = [];

export class WaysAround {
  readonly #byServer: ReadonlyMap<string, readonly DirectWay[]>;

  constructor(servers: readonly ServerDefinition[], entries: readonly DirectEntry[]) {
    this.#byServer = new Map(servers.map((server) => [server.name, waysTo(server, entries)]));
  }

  /** The same array each time. */
  to(server: string): readonly DirectWay[] {
    return this.#byServer.get(server) ?? NONE;
  }
}

function waysTo(server: ServerDefinition, entries: readonly DirectEntry[]): readonly DirectWay[] {
  return entries.filter((entry) => leadsAround(entry, server)).flatMap((entry) => wayOf(entry, server) ?? []);
}

function wayOf({ name, origin, start, end }: DirectEntry, server: ServerDefinition): DirectWay | undefined {
  const host = hostOf(origin.host);
  if (host === undefined) return undefined;
  const scope = origin.userLevel ? 'user' : 'folder';
  const folder = scope === 'user' ? server.origin.folder : origin.folder;
  const shownFile = scope === 'user' ? `your own ${path.basename(origin.file)}` : path.relative(folder, origin.file);
  return { id: host.id, client: host.label, scope, folder, name, file: origin.file, shownFile, start, end };
}
