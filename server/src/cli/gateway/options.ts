/** What the options of `portcullis gateway` ask for, and whether they go together. Starts nothing. */
import path from 'node:path';
import { PlanError, planGateway, type Plan } from '../../gateway/index.ts';
import type { Launch } from '../../mcp/definition.ts';
import type { GroupWatch } from '../../mcp/index.ts';
import type { Log, SecretRecords } from '../../ports.ts';
import { SecretFiles, type AcceptedStore } from '../../state/index.ts';
import { absolute, count, flag, text, texts, UsageError, type Invocation, type Io } from '../command.ts';
import { loginAdvice } from '../logins.ts';
import { inputFromEnvironment, userHere } from '../servers.ts';
import { stateFolder } from '../stateFolder.ts';

/** What is wrong is said before anything is read or started. */
export function checkOptions(invocation: Invocation): void {
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

export function portOf(invocation: Invocation): number | undefined {
  return count(invocation, 'port', 0, 65_535);
}

const EDITOR_ADVICE = 'A person has to run "Portcullis: Log In to a Server" in the editor.';

export interface PlanContext {
  readonly log: Log;
  readonly guard: GroupWatch;
  /** What a person has accepted; absent: nobody has to. */
  readonly accepted?: AcceptedStore;
  /** To `${input:id}`, where whoever started the gateway has given them. */
  readonly answers: Readonly<Record<string, string>>;
  /** Of logins, where whoever started the gateway keeps them; else they are kept in the state folder. */
  readonly secrets?: SecretRecords;
}

/** Throws `UsageError` where the configuration does not say what to serve. */
export async function makePlan(invocation: Invocation, io: Io, context: PlanContext): Promise<Plan> {
  const { log, guard, answers, secrets, accepted } = context;
  const launch = launchOf(invocation, io);
  try {
    return await planGateway({
      folder: path.resolve(io.cwd, text(invocation, 'folder') ?? '.'),
      servers: texts(invocation, 'server'),
      config: absolute(invocation, 'config', io),
      policy: absolute(invocation, 'policy', io),
      ...(launch ? { launch } : {}),
      user: userHere(io),
      inputs: (id) => answers[id] ?? inputFromEnvironment(id, io),
      logins: {
        store: (directory) => secrets ?? new SecretFiles(stateFolder(text(invocation, 'state') ?? directory, io)),
        advice: (server) => (secrets ? EDITOR_ADVICE : loginAdvice(server, invocation, io)),
      },
      log,
      guard,
      ...(accepted ? { accepted } : {}),
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

export function grantOf(invocation: Invocation): { grant?: string } {
  const grant = text(invocation, 'grant');
  return grant === undefined ? {} : { grant };
}
