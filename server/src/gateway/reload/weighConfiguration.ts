/** What of a workspace's configuration may be in force: what is looser than the accepted one waits, server by server, and the rest holds. Pure. */
import {
  loosenedEntry,
  loosenedGateway,
  type ComparedDefinition,
  type Configuration,
  type ConfiguredEntry,
  type Loosening,
} from '../../comparison/index.ts';
import type { InputDefinition, ServerDefinition } from '../../mcp/definition.ts';
import { DEFAULT_SETTINGS, inputFor, type Discovery } from '../../mcp/index.ts';
import { keep, keepEntry, openDefinition, type KeptConfiguration, type KeptEntry } from './keptConfiguration.ts';

export interface WeighedConfiguration {
  readonly inForce: Configuration;
  /** By name: servers that must not be started, and why, for people. */
  readonly blocked: ReadonlyMap<string, string>;
  /** What counts as accepted without anybody's word: what was, as far as it was not tightened. */
  readonly kept: KeptConfiguration;
  /** What counts as accepted once a person has said so: all that the files hold. */
  readonly wanted: KeptConfiguration;
  /** Empty: nothing waits. */
  readonly loosened: readonly Loosening[];
}

/** What the files hold. Definitions that a user has for all workspaces are the user's own, and are not compared. */
export function configurationOf({ config, servers, inputs }: Discovery): Configuration {
  return {
    gateway: config,
    servers: new Map(servers.map((server) => [server.name, entryOf(server, inputs)])),
  };
}

function entryOf(
  { settings, launch, origin }: ServerDefinition,
  definitions: readonly InputDefinition[],
): ConfiguredEntry {
  if (origin.userLevel) return { settings };
  const { host, folder } = origin;
  const ids = [...JSON.stringify(launch).matchAll(/\$\{input:([^}]*)\}/g)].map(([, id = '']) => id);
  const inputs = Object.fromEntries(
    ids.flatMap((id) => {
      const text = inputFor(id, origin, definitions)?.default;
      return text === undefined ? [] : [[id, text] as const];
    }),
  );
  return { settings, definition: { launch, host, folder, inputs } };
}

/** `accepted`: absent where nobody has accepted anything yet; then what is there counts. */
export function weighConfiguration(
  accepted: KeptConfiguration | undefined,
  found: Configuration,
): WeighedConfiguration {
  if (!accepted) {
    const kept = keep(found);
    return { inForce: found, blocked: new Map(), kept, wanted: kept, loosened: [] };
  }
  const { salt } = accepted;
  const former = new Map(Object.entries(accepted.servers));
  const servers = [...found.servers].map(([name, entry]) => weighEntry(name, former.get(name), entry, salt));
  const opened = loosenedGateway(accepted.gateway, found.gateway);
  const gateway = opened.length > 0 ? accepted.gateway : found.gateway;
  const kept = servers.flatMap(({ name, kept: each }) => (each ? [[name, each] as const] : []));
  return {
    inForce: { gateway, servers: new Map(servers.map(({ name, inForce }) => [name, inForce])) },
    blocked: new Map(servers.flatMap(({ name, blocked }) => (blocked === undefined ? [] : [[name, blocked] as const]))),
    kept: { format: 1, salt, gateway, servers: Object.fromEntries(kept) },
    wanted: keep(found, salt),
    loosened: [...opened, ...servers.flatMap(({ loosened }) => loosened)],
  };
}

interface WeighedEntry {
  readonly name: string;
  readonly inForce: ConfiguredEntry;
  readonly blocked?: string;
  /** Absent: the server has not been accepted in any form. */
  readonly kept?: KeptEntry;
  readonly loosened: readonly Loosening[];
}

function weighEntry(name: string, accepted: KeptEntry | undefined, found: ConfiguredEntry, salt: string): WeighedEntry {
  const { settings = DEFAULT_SETTINGS, definition: sealed } = accepted ?? {};
  const opened = sealed === undefined ? undefined : openDefinition(sealed, found.definition, salt);
  const before = { settings, ...(opened ? { definition: opened.value } : {}) };
  const loosened = loosenedEntry(name, before, found);
  if (loosened.length === 0) return { name, inForce: found, kept: keepEntry(found, salt), loosened };
  const blocked = found.definition && whyBlocked(name, opened);
  return {
    name,
    inForce: found.definition ? before : { settings },
    ...(blocked === undefined ? {} : { blocked }),
    ...(accepted ? { kept: accepted } : {}),
    loosened,
  };
}

const ACCEPT = 'A person has to accept it, in the editor or with "portcullis reload --accept".';

function whyBlocked(name: string, opened: { readonly isWhole: boolean } | undefined): string | undefined {
  if (!opened)
    return `The server "${name}" is new in the configuration of this folder, so it is not started. ${ACCEPT}`;
  if (opened.isWhole) return undefined;
  return `The definition of the server "${name}" has been edited, and values of the former one that may be secret are not kept, so it is not started. ${ACCEPT}`;
}

/** The discovery as far as it is in force. */
export function inForceOf(discovery: Discovery, { inForce }: WeighedConfiguration): Discovery {
  return {
    ...discovery,
    config: inForce.gateway,
    servers: discovery.servers.map((server) => withEntry(server, inForce.servers.get(server.name))),
  };
}

function withEntry(server: ServerDefinition, entry: ConfiguredEntry | undefined): ServerDefinition {
  const { settings = server.settings, definition } = entry ?? {};
  return { ...server, settings, ...(definition ? placed(server, definition) : {}) };
}

function placed(
  { origin }: ServerDefinition,
  { launch, host, folder }: ComparedDefinition,
): Pick<ServerDefinition, 'launch' | 'origin'> {
  return { launch, origin: { ...origin, host, folder } };
}
