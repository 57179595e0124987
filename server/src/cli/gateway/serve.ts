/** Runs a gateway for `portcullis gateway`: its state, its guard, one of its faces, and what ends it. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import {
  HeldSecrets,
  readHello,
  StartError,
  startGateway,
  startStdioGateway,
  type Plan,
  type StdioGatewayOptions,
} from '../../gateway/index.ts';
import { Guard } from '../../mcp/index.ts';
import type { Log, LogFields } from '../../ports.ts';
import type { ControlHello } from '../../protocol/control.ts';
import { StateError } from '../../state/index.ts';
import { choice, flag, text, texts, UsageError, type ExitCode, type Invocation, type Io } from '../command.ts';
import { jsonLog, stderrLog } from '../log.ts';
import { listeningLine, welcome } from '../output/gateway.ts';
import { stateFolder } from '../stateFolder.ts';
import { version } from '../version.ts';
import { decisions, inForce } from './decisions.ts';
import { openRecords } from './records.ts';
import { checkOptions, grantOf, makePlan, portOf } from './options.ts';
import { sharingOf, type Sharing } from '../sharing.ts';

/** Serves until the client, the starter or a signal ends it. Throws `UsageError` where it cannot start. */
export async function serve(invocation: Invocation, io: Io): Promise<ExitCode> {
  checkOptions(invocation);
  const started = flag(invocation, 'control') ? await startControlled(io) : undefined;
  const format = choice(invocation, 'format', ['text', 'json']);
  const log = logOf(format, io);
  const guard = new Guard(guardProgram(), log);
  const secrets = started ? new HeldSecrets(started.hello.logins) : undefined;
  const answers = started?.hello.inputs ?? {};
  const decided = decisions(invocation, io, log);
  const plan = await makePlan(invocation, io, { log, guard, answers, ...decided, ...(secrets ? { secrets } : {}) });
  for (const warning of plan.warnings) log.warn(warning);
  const folder = stateFolder(text(invocation, 'state') ?? plan.config.state?.directory, io);
  const sharing = sharingOf(invocation, plan.config, io);
  const records = await openRecords(folder, plan, { log, env: io.env, version: version(), sharing });
  try {
    const common = {
      servers: plan.servers,
      state: records.state,
      version: version(),
      log,
      ...inForce(decided, plan, records.state, log),
      ...(secrets ? { secrets } : {}),
    };
    const meeting = meetingFolder(invocation, folder, sharing);
    if (flag(invocation, 'stdio')) {
      return await serveStdio({ ...common, ...grantOf(invocation), ...(meeting && { joinIn: meeting }) }, plan, io);
    }
    return await serveHttp(
      { ...common, ...(meeting && { shareIn: meeting }) },
      { invocation, io, format, started, tokenFile: path.join(folder, 'local.token') },
    );
  } catch (error) {
    return explain(error, io);
  } finally {
    await records.close();
    await guard.close();
  }
}

/**
 * Where this gateway meets others of its machine; `undefined`: nowhere. One that shares its counters keeps to itself, since a gateway that joined
 * it, or that it joined, would count elsewhere than it was told to.
 */
function meetingFolder(invocation: Invocation, folder: string, sharing: Sharing | undefined): string | undefined {
  return flag(invocation, 'alone') || sharing ? undefined : folder;
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

type Common = Omit<Parameters<typeof startGateway>[0], 'host'>;

async function serveStdio(
  common: Omit<StdioGatewayOptions, 'input' | 'output'>,
  plan: Plan,
  io: Io,
): Promise<ExitCode> {
  if (plan.servers.length !== 1) throw new UsageError('--stdio serves one server: name it with --server.');
  const gateway = await startStdioGateway({ ...common, input: io.stdin as Readable, output: process.stdout });
  try {
    await Promise.race([gateway.ended, aborted(io.signal)]);
  } finally {
    await gateway.close();
  }
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

function logOf(format: 'text' | 'json', io: Io): Log {
  return format === 'json' ? jsonLog(io) : gatewayLog(io);
}

/** Beside warnings, what a person watching a gateway wants to see: policies taking effect. */
function gatewayLog(io: Io): Log {
  const log = stderrLog(io);
  return { ...log, info: (message: string, fields?: LogFields) => log.warn(message, fields) };
}

/** Lies beside the program that runs, bundled or not. */
function guardProgram(): string {
  const program = realpathSync(process.argv[1] ?? '');
  return path.join(path.dirname(program), `guard${path.extname(program)}`);
}
