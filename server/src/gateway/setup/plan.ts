/** Which servers a gateway serves and which policy governs each: from the workspace's configuration, or from the command line. Starts nothing. */
import path from 'node:path';
import {
  DEFAULT_SETTINGS,
  findPolicies,
  observedSentence,
  pairPolicies,
  problemLine,
  type Discovery,
} from '../../mcp/index.ts';
import type { GatewayConfig, Launch, ServerDefinition } from '../../mcp/definition.ts';
import { compilePolicy } from '../../policy/index.ts';
import type { AcceptedSubject } from '../../state/ports.ts';
import type { ConfigurationRatchet } from '../reload/configurationRatchet.ts';
import { unnamedSubject } from '../reload/policyRatchet.ts';
import type { LockSettings } from '../reload/toolLock.ts';
import { redactionProblems } from '../message/redaction.ts';
import type { ServerInput } from '../session/govern.ts';
import { discoverAccepted, NOTHING_ACCEPTED, orPlanError } from './discoverAccepted.ts';
import { PlanError, type PlanRequest } from './request.ts';
import { inputOf } from './serverInput.ts';

export interface Plan {
  readonly servers: readonly ServerInput[];
  readonly config: GatewayConfig;
  /** Absent: the configuration does not ask for it. */
  readonly lock?: LockSettings;
  /** The configuration under the ratchet; absent where none was read, or nothing waits for anybody. */
  readonly configuration?: ConfigurationRatchet;
  /** What a person should know, though it does not keep the gateway from starting. */
  readonly warnings: readonly string[];
}

/** Rejects with `PlanError`. */
export function planGateway(request: PlanRequest): Promise<Plan> {
  return request.launch ? planOne(request, request.launch) : planConfigured(request);
}

async function planOne(request: PlanRequest, launch: Launch): Promise<Plan> {
  const { servers, folder, policy } = request;
  if (servers.length > 1) throw new PlanError('A command or an address is one server: name it with --server once.');
  const [given] = servers;
  const policySubject = given === undefined && policy !== undefined ? unnamedSubject(folder, policy) : undefined;
  const name = given ?? (await nameIn(request, policySubject)) ?? 'server';
  const definition = { name, launch, origin: { host: 'command-line', folder }, settings: DEFAULT_SETTINGS };
  const found = { ...NOTHING_ACCEPTED, config: {}, store: request.logins.store(undefined) };
  const input = { ...inputOf(definition, policy, found, request), ...(policySubject ? { policySubject } : {}) };
  return { servers: [input], config: {}, warnings: [] };
}

/** `"server"` of a policy that is called as policies are, and of the accepted one where the file has been edited: limits count under that name. */
async function nameIn(
  { policy, accepted }: PlanRequest,
  subject: AcceptedSubject | undefined,
): Promise<string | undefined> {
  if (policy === undefined || !subject) return undefined;
  const text = accepted && orPlanError(() => accepted.read(subject))?.text;
  const compilation = typeof text === 'string' ? compilePolicy(text) : undefined;
  if (compilation?.ok) return compilation.policy.server;
  const beside = await findPolicies(path.dirname(policy));
  return beside.find((each) => each.path === policy)?.server;
}

async function planConfigured(request: PlanRequest): Promise<Plan> {
  const { folder } = request;
  const { discovery, ratchet, ...accepted } = await discoverAccepted(request);
  const chosen = choose(discovery, request);
  const unclear = chosen.flatMap(({ name, settings }) =>
    redactionProblems(settings.redact ?? []).map((problem) => `portcullis.json: "${name}": ${problem}`),
  );
  if (unclear.length > 0) throw new PlanError(unclear.join('\n'));
  if (request.policy !== undefined && chosen.length > 1)
    throw new PlanError('--policy is for one server: name it with --server as well.');
  const policies = request.policy === undefined ? await pair(discovery, chosen, folder) : undefined;
  const policyOf = (name: string): string | undefined => request.policy ?? policies?.get(name);
  const { config } = discovery;
  const found = { ...accepted, config, store: request.logins.store(config.state?.directory) };
  orPlanError(() => ratchet?.begin());
  return {
    servers: chosen.map((server) => inputOf(server, policyOf(server.name), found, request)),
    config,
    ...lockIn(config, folder),
    ...(ratchet ? { configuration: ratchet } : {}),
    warnings: [
      ...discovery.problems.map(problemLine),
      ...chosen.filter(({ settings }) => settings.mode === 'observe').map(({ name }) => observedSentence(name)),
    ],
  };
}

function lockIn({ lock = 'off' }: GatewayConfig, folder: string): Pick<Plan, 'lock'> {
  return lock === 'off' ? {} : { lock: { mode: lock, folder } };
}

function choose({ servers, files }: Discovery, { servers: names, folder }: PlanRequest): readonly ServerDefinition[] {
  if (names.length > 0)
    return names.map((name) => servers.find((server) => server.name === name) ?? unknown(name, servers));
  const own = servers.filter(({ origin }) => !origin.userLevel);
  if (own.length > 0) return own;
  const places = files.map((file) => path.relative(folder, file)).filter((file) => !file.startsWith('..'));
  throw new PlanError(
    `No MCP server is configured in ${folder} (looked for ${places.join(', ')}). ` +
      'Define one there, name one of your own with --server, or give its command after "--".',
  );
}

function unknown(name: string, servers: readonly ServerDefinition[]): never {
  const known = servers.map((server) => `"${server.name}"`).join(', ') || 'none';
  throw new PlanError(`No server "${name}" is configured. Configured are: ${known}.`);
}

/** Paired among all configured servers, so that choosing one of several makes nothing unambiguous that is not. */
async function pair(
  { servers }: Discovery,
  chosen: readonly ServerDefinition[],
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const { pairs, ambiguities } = pairPolicies(servers, await findPolicies(folder));
  const unclear = ambiguities.filter((each) =>
    each.servers.some((name) => chosen.some((server) => server.name === name)),
  );
  if (unclear.length > 0) throw new PlanError(unclear.map(({ message }) => message).join('\n'));
  return new Map(pairs.map(({ server, policy }) => [server, policy]));
}
