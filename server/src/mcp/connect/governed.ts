/** The entry in a client's configuration that leads to the gateway instead of to a server. It holds no token: on stdio none is needed. */
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Launch, ServerDefinition } from '../definition.ts';
import type { EntryForm } from '../hosts/host.ts';

export interface Destination {
  /** Program that runs `portcullis`, wherever that is at the moment: absolute. */
  readonly launcher: string;
  readonly server: string;
  /** Workspace that configures the server: absolute. */
  readonly folder: string;
  /** State folder: absolute. */
  readonly state: string;
}

/** What stands in the file: the texts of an entry. */
export type Entry = Readonly<Record<string, string | readonly string[]>>;

/** Beside the server's own name, which clients with both would mix up. */
export const governedName = (server: string): string => `${server}-governed`;

/** `client`: its id, under which the log records its calls. */
export function governedEntry({ extra }: EntryForm, client: string, to: Destination): Entry {
  const place = ['--folder', to.folder, '--state', to.state, '--grant', client];
  return { ...extra, command: to.launcher, args: ['gateway', '--stdio', '--server', to.server, ...place] };
}

type Reached = Pick<ServerDefinition, 'name' | 'launch'>;

/** Whether an entry that starts or contacts a server itself is a way to this one: by its name, or because it says the same. */
export function leadsAround(entry: Reached, server: Reached): boolean {
  return entry.name === server.name || isDeepStrictEqual(entry.launch, server.launch);
}

/** Whether a server in a client's configuration is a gateway of ours. */
export function leadsToGateway(launch: Launch): boolean {
  if (launch.kind !== 'stdio') return false;
  const program = path.win32.basename(launch.command).replace(/\.(cmd|exe)$/i, '');
  return program === 'portcullis' && launch.args[0] === 'gateway' && launch.args.includes('--stdio');
}
