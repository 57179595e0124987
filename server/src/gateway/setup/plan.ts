/** Which servers a gateway serves and which policy governs each: from the workspace's configuration, or from the command line. Starts nothing. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  DEFAULT_SETTINGS,
  definitionDigest,
  discoverServers,
  findPolicies,
  observedSentence,
  openTransport,
  pairPolicies,
  problemLine,
  readConfigFile,
  resolveLaunch,
  ServerLogin,
  type Discovery,
  type GroupWatch,
  type LaunchResolver,
  type ResolvedLaunch,
  type UserPlace,
} from '../../mcp/index.ts';
import type { GatewayConfig, Launch, ServerDefinition } from '../../mcp/definition.ts';
import type { Log, SecretRecords } from '../../ports.ts';
import type { LockSettings } from '../reload/toolLock.ts';
import { redactionProblems } from '../message/redaction.ts';
import type { ServerInput } from '../session/govern.ts';

/** The configuration does not say what to serve. `message` is for people, and says what to do. */
export class PlanError extends Error {
  readonly code = 'plan';
}

export interface PlanRequest {
  /** Absolute. */
  readonly folder: string;
  /** Only these servers; empty: all that the workspace defines. */
  readonly servers: readonly string[];
  /** Absolute. */
  readonly config?: string;
  /** Absolute; for the one server. */
  readonly policy?: string;
  /** From the command line; then configuration files are not read. */
  readonly launch?: Launch;
  /** Where user-level configuration stands. */
  readonly user: UserPlace;
  /** Answers to `${input:…}`; what is missing falls back to the input's default. */
  readonly inputs: (id: string) => string | undefined;
  readonly logins: LoginPlan;
  readonly log: Log;
  /** Ends the servers should the gateway be killed. */
  readonly guard?: GroupWatch;
}

/** How servers that want a login get one. */
export interface LoginPlan {
  /** Where tokens are kept; `directory`: the state folder that the configuration names. */
  readonly store: (directory: string | undefined) => SecretRecords;
  /** What a person has to do to log in to a server, as a sentence. */
  readonly advice: (server: string) => string;
}

export interface Plan {
  readonly servers: readonly ServerInput[];
  readonly config: GatewayConfig;
  /** Absent: the configuration does not ask for it. */
  readonly lock?: LockSettings;
  /** What a person should know, though it does not keep the gateway from starting. */
  readonly warnings: readonly string[];
}

/** Rejects with `PlanError`. */
export function planGateway(request: PlanRequest): Promise<Plan> {
  return request.launch ? planOne(request, request.launch) : planConfigured(request);
}

async function planOne(request: PlanRequest, launch: Launch): Promise<Plan> {
  if (request.servers.length > 1)
    throw new PlanError('A command or an address is one server: name it with --server once.');
  const name = request.servers[0] ?? (await serverNamedBy(request.policy)) ?? 'server';
  const origin = { host: 'command-line', folder: request.folder };
  const definition = { name, launch, origin, settings: DEFAULT_SETTINGS };
  const found = { inputs: [], config: {}, store: request.logins.store(undefined) };
  return { servers: [inputOf(definition, request.policy, found, request)], config: {}, warnings: [] };
}

/** `"server"` of a policy that is called as policies are. */
async function serverNamedBy(policy: string | undefined): Promise<string | undefined> {
  if (policy === undefined) return undefined;
  const beside = await findPolicies(path.dirname(policy));
  return beside.find((each) => each.path === policy)?.server;
}

async function planConfigured(request: PlanRequest): Promise<Plan> {
  const { folder, user, config } = request;
  const discovery = await discoverServers([folder], {
    readFile: readConfigFile,
    user,
    ...(config === undefined ? {} : { config }),
  });
  const errors = discovery.problems.filter(({ severity }) => severity === 'error');
  if (!discovery.usable) throw new PlanError(errors.map(problemLine).join('\n'));
  const chosen = choose(discovery, request);
  const unclear = chosen.flatMap(({ name, settings }) =>
    redactionProblems(settings.redact ?? []).map((problem) => `portcullis.json: "${name}": ${problem}`),
  );
  if (unclear.length > 0) throw new PlanError(unclear.join('\n'));
  if (request.policy !== undefined && chosen.length > 1)
    throw new PlanError('--policy is for one server: name it with --server as well.');
  const policies = request.policy === undefined ? await pair(discovery, chosen, folder) : undefined;
  const policyOf = (name: string): string | undefined => request.policy ?? policies?.get(name);
  const found = { ...discovery, store: request.logins.store(discovery.config.state?.directory) };
  return {
    servers: chosen.map((server) => inputOf(server, policyOf(server.name), found, request)),
    config: discovery.config,
    ...lockIn(discovery.config, folder),
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

function inputOf(
  definition: ServerDefinition,
  policyFile: string | undefined,
  { inputs, config, store }: Pick<Discovery, 'inputs' | 'config'> & { readonly store: SecretRecords },
  { folder, inputs: answer, logins, user, log, guard }: PlanRequest,
): ServerInput {
  const { name } = definition;
  const resolver: LaunchResolver = {
    env: user.env,
    home: user.home,
    input: (id) => Promise.resolve(answer(id) ?? inputs.find((input) => input.id === id)?.default),
    readFile: (file) => readFile(file, 'utf8'),
  };
  const login = new ServerLogin({ name, store, advice: logins.advice(name), log });
  const options = { log, env: user.env, ...(guard ? { guard } : {}) };
  const launch = (): Promise<ResolvedLaunch> => resolveLaunch(definition, resolver);
  return {
    name,
    definition: definitionDigest(definition.launch),
    settings: definition.settings,
    ...(policyFile === undefined ? {} : { policyFile }),
    login,
    isHttp: definition.launch.kind === 'http',
    openTransport: async () => {
      const resolved = await launch();
      const authorization = login.authorize(resolved);
      return openTransport(resolved, { ...options, ...(authorization ? { authorization } : {}) });
    },
    source: { folder, home: user.home, config, launch },
  };
}
