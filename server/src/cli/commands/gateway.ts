/** `portcullis gateway`: serves MCP servers behind their policies until it is told to stop. */
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import {
  PlanError,
  planGateway,
  readHello,
  StartError,
  startGateway,
  startStdioGateway,
  type Plan,
} from '../../gateway/index.ts';
import type { Launch } from '../../mcp/definition.ts';
import type { Log, LogFields } from '../../ports.ts';
import type { ControlHello } from '../../protocol/control.ts';
import { openState, StateError, type State } from '../../state/index.ts';
import {
  choice,
  count,
  flag,
  text,
  texts,
  UsageError,
  type Command,
  type ExitCode,
  type Invocation,
  type Io,
} from '../command.ts';
import { jsonLog, stderrLog } from '../log.ts';
import { listeningLine, welcome } from '../output/gateway.ts';
import { inputFromEnvironment } from '../servers.ts';
import { stateFolder } from '../stateFolder.ts';

declare const PORTCULLIS_VERSION: string | undefined;

export const gatewayCommand: Command = {
  name: 'gateway',
  summary: 'Serve MCP servers to agents, each behind its policy.',
  usage: '[--server NAME]… [--policy FILE] [--port N | --stdio] [--url URL | -- COMMAND ARGS…]',
  help: `  --server NAME      a configured server; may be repeated (default: all that this folder configures)
  --config FILE      read this configuration first
  --folder DIR       the workspace to serve (default: the working directory)
  --policy FILE      the policy of the one server (default: the one that belongs to it)
  --url URL          serve a remote server instead of configured ones
  -- COMMAND ARGS…   serve this command's server instead
  --port N           default: the port of last time, else a free one
  --host ADDRESS     default 127.0.0.1; another one demands --allow-host
  --allow-host NAME  a host name by which clients may address the gateway; may be repeated
  --stdio            serve one server on stdin and stdout instead of HTTP
  --grant LABEL      with --stdio: what the client is called in the log (default: local)
  --state DIR        folder for log, counters and token
  --format F         text (default) or json: one line on stdout when the gateway listens, its log on stderr
  --control          for programs: read the control token and inputs from the first line of stdin; stop when it closes

Clients send "Authorization: Bearer <token>"; the token is in local.token in the state folder.
\${input:ID} in a configuration takes its value from the variable PORTCULLIS_INPUT_ID.
`,
  example: 'portcullis gateway --policy policy.json -- npx -y @modelcontextprotocol/server-memory',
  options: {
    server: { type: 'string', multiple: true },
    config: { type: 'string' },
    folder: { type: 'string' },
    policy: { type: 'string' },
    url: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    'allow-host': { type: 'string', multiple: true },
    stdio: { type: 'boolean' },
    grant: { type: 'string' },
    state: { type: 'string' },
    format: { type: 'string' },
    control: { type: 'boolean' },
  },
  needsSqlite: true,
  tidiesUp: true,

  async run(invocation, io) {
    try {
      return await serve(invocation, io);
    } finally {
      // Whatever still comes in on stdin must not keep the process alive.
      (io.stdin as Readable).destroy();
    }
  },
};

async function serve(invocation: Invocation, io: Io): Promise<ExitCode> {
  checkOptions(invocation);
  const started = flag(invocation, 'control') ? await startControlled(io) : undefined;
  const format = choice(invocation, 'format', ['text', 'json']);
  const log = format === 'json' ? jsonLog(io) : gatewayLog(io);
  const plan = await makePlan(invocation, io, log, started?.hello);
  for (const warning of plan.warnings) log.warn(warning);
  const folder = stateFolder(text(invocation, 'state') ?? plan.config.state?.directory, io);
  const state = open(folder, plan, log);
  try {
    const common = { servers: plan.servers, state, version: version(), log };
    if (flag(invocation, 'stdio')) return await serveStdio({ ...common, ...grantOf(invocation) }, plan, io);
    return await serveHttp(common, { invocation, io, format, started, tokenFile: path.join(folder, 'local.token') });
  } catch (error) {
    return explain(error, io);
  } finally {
    await state.close();
  }
}

function explain(error: unknown, io: Io): ExitCode {
  if (error instanceof StartError && error.code === 'self-test') {
    io.err(`portcullis: ${error.message}\n`);
    return 1;
  }
  if (error instanceof StartError || error instanceof StateError) throw new UsageError(error.message);
  throw error;
}

interface Controlled {
  readonly hello: ControlHello;
  /** stdin was closed: whoever started the gateway is gone. */
  readonly gone: Promise<void>;
}

async function startControlled(io: Io): Promise<Controlled> {
  let leave: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (leave = resolve));
  try {
    return { hello: await readHello(io.stdin, () => leave()), gone };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function portOf(invocation: Invocation): number | undefined {
  return count(invocation, 'port', 0, 65_535);
}

/** What is wrong is said before anything is read or started. */
function checkOptions(invocation: Invocation): void {
  portOf(invocation);
  const host = text(invocation, 'host') ?? '127.0.0.1';
  const isLoopback = host === '127.0.0.1' || host === '::1';
  if (!isLoopback && texts(invocation, 'allow-host').length === 0)
    throw new UsageError(
      `--host ${host} lets other machines in: name the host that they use with --allow-host, and put TLS in front.`,
    );
  if (invocation.positionals.length > 0)
    throw new UsageError(`"${invocation.positionals[0]}" is not expected here. A command stands after "--".`);
  if (flag(invocation, 'stdio') && flag(invocation, 'control'))
    throw new UsageError('--stdio and --control both need stdin.');
  if (text(invocation, 'grant') !== undefined && !flag(invocation, 'stdio'))
    throw new UsageError('--grant is for --stdio: over HTTP the token says whose grant it is.');
  if (text(invocation, 'url') !== undefined && invocation.rest.length > 0)
    throw new UsageError('Name one server only: --url or a command after "--".');
}

async function makePlan(invocation: Invocation, io: Io, log: Log, hello: ControlHello | undefined): Promise<Plan> {
  const absolute = (name: string): Record<string, string> => {
    const file = text(invocation, name);
    return file === undefined ? {} : { [name]: path.resolve(io.cwd, file) };
  };
  const launch = launchOf(invocation, io);
  try {
    return await planGateway({
      folder: path.resolve(io.cwd, text(invocation, 'folder') ?? '.'),
      servers: texts(invocation, 'server'),
      ...absolute('config'),
      ...absolute('policy'),
      ...(launch ? { launch } : {}),
      user: { home: os.homedir(), platform: process.platform, env: io.env },
      inputs: (id) => hello?.inputs[id] ?? inputFromEnvironment(id, io),
      log,
    });
  } catch (error) {
    if (error instanceof PlanError) throw new UsageError(error.message);
    throw error;
  }
}

function launchOf(invocation: Invocation, io: Io): Launch | undefined {
  const url = text(invocation, 'url');
  const [command, ...args] = invocation.rest;
  if (url !== undefined) return { kind: 'http', url, headers: {} };
  return command === undefined ? undefined : { kind: 'stdio', command, args, env: {}, cwd: io.cwd };
}

function open(folder: string, plan: Plan, log: Log): State {
  const { durability } = plan.config.audit ?? {};
  try {
    return openState(folder, { log, ...(durability ? { durability } : {}) });
  } catch (error) {
    if (error instanceof StateError) throw new UsageError(error.message);
    throw error;
  }
}

type Common = Omit<Parameters<typeof startGateway>[0], 'host'>;

function grantOf(invocation: Invocation): { grant?: string } {
  const grant = text(invocation, 'grant');
  return grant === undefined ? {} : { grant };
}

async function serveStdio(common: Common & { grant?: string }, plan: Plan, io: Io): Promise<ExitCode> {
  if (plan.servers.length !== 1) throw new UsageError('--stdio serves one server: name it with --server.');
  const gateway = await startStdioGateway({ ...common, input: io.stdin as Readable, output: process.stdout });
  await Promise.race([gateway.ended, aborted(io.signal)]);
  await gateway.close();
  return 0;
}

interface HttpRun {
  readonly invocation: Invocation;
  readonly io: Io;
  readonly format: 'text' | 'json';
  readonly started: Controlled | undefined;
  readonly tokenFile: string;
}

async function serveHttp(common: Common, { invocation, io, format, started, tokenFile }: HttpRun): Promise<ExitCode> {
  const port = portOf(invocation);
  const gateway = await startGateway({
    ...common,
    host: text(invocation, 'host') ?? '127.0.0.1',
    allowedHosts: texts(invocation, 'allow-host'),
    ...(port === undefined ? {} : { port }),
    ...(started ? { controlToken: started.hello.controlToken } : {}),
  });
  io.out(format === 'json' ? listeningLine(gateway, tokenFile) : welcome(gateway, tokenFile));
  await Promise.race([gateway.stopRequested, started?.gone ?? never, aborted(io.signal)]);
  await gateway.close();
  return 0;
}

const never = new Promise<void>(() => undefined);

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function version(): string {
  return typeof PORTCULLIS_VERSION === 'string' ? PORTCULLIS_VERSION : '0.0.0';
}

/** Beside warnings, what a person watching a gateway wants to see: policies taking effect. */
function gatewayLog(io: Io): Log {
  const log = stderrLog(io);
  return { ...log, info: (message: string, fields?: LogFields) => log.warn(message, fields) };
}
