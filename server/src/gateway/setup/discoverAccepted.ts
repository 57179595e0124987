/** What a workspace configures, as far as a person has accepted it. */
import path from 'node:path';
import { discoverServers, inputFor, problemLine, readConfigFile, type Discovery } from '../../mcp/index.ts';
import { ConfigurationRatchet, configurationSubject } from '../reload/configurationRatchet.ts';
import { inForceOf, type WeighedConfiguration } from '../reload/weighConfiguration.ts';
import type { AcceptedStore } from '../../state/ports.ts';
import { reasonOf } from '../rules/reason.ts';
import { PlanError, type PlanRequest } from './request.ts';

export interface Accepted {
  /** By name: servers that must not be started, and why. */
  readonly blocked: ReadonlyMap<string, string>;
  /** The default of `${input:id}` in the definition of a server. */
  readonly defaultOf: (server: string, id: string) => string | undefined;
}

export const NOTHING_ACCEPTED: Accepted = { blocked: new Map(), defaultOf: () => undefined };

type Request = Pick<PlanRequest, 'folder' | 'config' | 'user' | 'accepted' | 'log'>;

/** Rejects with `PlanError`. */
export async function discoverAccepted(
  request: Request,
): Promise<Accepted & { readonly discovery: Discovery; readonly ratchet?: ConfigurationRatchet }> {
  const discovery = await discover(request);
  const errors = discovery.problems.filter(({ severity }) => severity === 'error');
  if (!discovery.usable) throw new PlanError(errors.map(problemLine).join('\n'));
  const { accepted } = request;
  const ratchet = accepted && openConfigurationRatchet({ ...request, accepted });
  if (!ratchet) return { ...NOTHING_ACCEPTED, discovery, defaultOf: (server, id) => defaultIn(discovery, server, id) };
  const weighed = orPlanError(() => ratchet.weigh(discovery));
  return {
    discovery: inForceOf(discovery, weighed),
    ratchet,
    blocked: weighed.blocked,
    defaultOf: (server, id) => acceptedDefault(weighed, discovery, server, id),
  };
}

export function openConfigurationRatchet(
  request: Request & { readonly accepted: AcceptedStore },
): ConfigurationRatchet {
  const { accepted, folder, config, log } = request;
  return new ConfigurationRatchet({
    accepted,
    subject: configurationSubject(folder, config),
    file: config ?? path.join(folder, 'portcullis.json'),
    discover: () => discover(request),
    log,
  });
}

function discover({ folder, user, config }: Request): Promise<Discovery> {
  return discoverServers([folder], { readFile: readConfigFile, user, ...(config === undefined ? {} : { config }) });
}

/** What `work` reads or keeps of what was accepted, or a `PlanError` where it cannot. */
export function orPlanError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new PlanError(
      `What was accepted for this folder cannot be read or kept, so nothing is started. ${reasonOf(error)}`,
    );
  }
}

/** The inputs of a workspace's definition are a part of it. */
function acceptedDefault(
  { inForce }: WeighedConfiguration,
  discovery: Discovery,
  server: string,
  id: string,
): string | undefined {
  const definition = inForce.servers.get(server)?.definition;
  if (!definition) return defaultIn(discovery, server, id);
  return Object.hasOwn(definition.inputs, id) ? definition.inputs[id] : undefined;
}

function defaultIn({ servers, inputs }: Discovery, server: string, id: string): string | undefined {
  const found = servers.find(({ name }) => name === server);
  return found && inputFor(id, found.origin, inputs)?.default;
}
