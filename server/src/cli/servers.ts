/** Configured servers, for commands that name one with `--server`. */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { GatewayConfig, ServerDefinition } from '../mcp/definition.ts';
import {
  definitionDigest,
  discoverServers,
  inputFor,
  LaunchError,
  problemLine,
  readConfigFile,
  resolveLaunch,
  type Discovery,
  type ResolvedLaunch,
  type UserPlace,
} from '../mcp/index.ts';
import { demandAccepted, PlanError } from '../gateway/index.ts';
import { absolute, UsageError, type Invocation, type Io } from './command.ts';
import { stderrLog } from './log.ts';
import { stateFolder } from './stateFolder.ts';

/** As the options of a command say: absolute; absent: the usual ones. */
interface Places {
  readonly config: string | undefined;
  readonly state: string | undefined;
}

/** What `--config` and `--state` name. */
export function placesOf(invocation: Invocation, io: Pick<Io, 'cwd'>): Places {
  return { config: absolute(invocation, 'config', io), state: absolute(invocation, 'state', io) };
}

/** A server that is configured in `io.cwd` or for the user. */
export interface ConfiguredServer {
  /** Its variables are replaced. */
  readonly launch: ResolvedLaunch;
  /** Digest of how it is started or reached, before variables are replaced. */
  readonly definition: string;
  /** What portcullis.json says beside the servers. */
  readonly config: GatewayConfig;
}

/** Throws `UsageError`, also where an edit of its definition waits for a person. */
export async function configuredServer(name: string, { config, state }: Places, io: Io): Promise<ConfiguredServer> {
  const discovery = await discover(io.cwd, config, io);
  const server = demandServer(name, discovery);
  try {
    await demandAccepted(server, {
      user: userHere(io),
      log: stderrLog(io),
      stateFolder: stateFolder(state, io),
      ...(config !== undefined && { config }),
    });
    const launch = await resolveLaunch(server, {
      env: io.env,
      home: os.homedir(),
      input: (id) => Promise.resolve(inputValue(id, server, discovery, io)),
      readFile: (file) => readFile(file, 'utf8'),
    });
    return { launch, definition: definitionDigest(server.launch), config: discovery.config };
  } catch (error) {
    if (error instanceof PlanError) throw new UsageError(error.message);
    if (error instanceof LaunchError) throw new UsageError(`Server "${name}": ${error.message}`);
    throw error;
  }
}

/** What is configured in `folder` and for the user. */
export async function discover(folder: string, config: string | undefined, io: Io): Promise<Discovery> {
  return await discoverServers([folder], {
    readFile: readConfigFile,
    user: userHere(io),
    ...(config !== undefined && { config: path.resolve(io.cwd, config) }),
  });
}

/** Where this user's own configuration stands. */
export function userHere({ env }: Pick<Io, 'env'>): UserPlace {
  return { home: os.homedir(), platform: process.platform, env };
}

/** `name` absent: the only server. Throws `UsageError`. */
export function demandServer(name: string | undefined, discovery: Discovery): ServerDefinition {
  const { servers } = discovery;
  const found = name === undefined && servers.length === 1 ? servers[0] : servers.find((each) => each.name === name);
  if (found) return found;
  throw new UsageError(
    name === undefined && servers.length > 1
      ? `Several servers are configured: name one with --server (${servers.map((each) => each.name).join(', ')}).`
      : unknownServer(name ?? '', discovery),
  );
}

/** `${input:id}` without anyone to ask: from the environment, else the default of its definition. */
function inputValue(id: string, { origin }: ServerDefinition, { inputs }: Discovery, io: Io): string | undefined {
  return inputFromEnvironment(id, io) ?? inputFor(id, origin, inputs)?.default;
}

/** Where a program or a person without the editor gives an answer. */
export function inputFromEnvironment(id: string, { env }: Pick<Io, 'env'>): string | undefined {
  return env[`PORTCULLIS_INPUT_${id}`];
}

function unknownServer(name: string, { servers, problems }: Discovery): string {
  const known = servers.map((server) => `"${server.name}"`).join(', ') || 'none';
  const notes = problems.map((problem) => `\n${problemLine(problem)}`).join('');
  return `No server${name === '' ? '' : ` "${name}"`} is configured. Configured are: ${known}.${notes}`;
}
