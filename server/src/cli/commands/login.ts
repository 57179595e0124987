/** `portcullis login` and `logout`: a person gives, or takes back, access to a remote server ahead of time. */
import path from 'node:path';
import { UpstreamError, type ResolvedLaunch, type ServerLogin } from '../../mcp/index.ts';
import { StateError } from '../../state/index.ts';
import {
  text,
  UnreachableError,
  UsageError,
  type Command,
  type ExitCode,
  type Invocation,
  type Io,
} from '../command.ts';
import { fileLogin } from '../logins.ts';
import { loginEnded, loginPage } from '../output/login.ts';
import { configuredServer, placesOf } from '../servers.ts';

const options = {
  config: { type: 'string' },
  folder: { type: 'string' },
  url: { type: 'string' },
  state: { type: 'string' },
} as const;

const optionsHelp = `  --config FILE    read this configuration first
  --folder DIR     the workspace that configures the server (default: the working directory)
  --url URL        the address of a server that is not configured; then SERVER is what you call it
  --state DIR      folder in which the gateway keeps log, counters and logins
`;

export const loginCommand: Command = {
  name: 'login',
  summary: 'Log in to a remote MCP server (OAuth), for gateways that serve it.',
  usage: 'SERVER [--url URL] [--folder DIR] [--config FILE] [--state DIR]',
  help: `${optionsHelp}
Prints the address of the login page on standard error, opens nothing, and waits up to five minutes for the login to come back to
http://127.0.0.1. Open the address in a browser on this machine, after a look at where it leads.
The tokens are kept in the state folder, readable by you alone. A running gateway takes them at the next call.
`,
  example: 'portcullis login github',
  options,
  needsSqlite: true,
  run: (invocation, io) => explained(() => logIn(invocation, io)),
};

export const logoutCommand: Command = {
  name: 'logout',
  summary: 'Forget the login to a remote MCP server.',
  usage: 'SERVER [--url URL] [--folder DIR] [--config FILE] [--state DIR]',
  help: `${optionsHelp}
The tokens are deleted from the state folder. To end the access at the server as well, take it back in your account there.
`,
  example: 'portcullis logout github',
  options,
  needsSqlite: true,
  run: (invocation, io) => explained(() => logOut(invocation, io)),
};

async function logIn(invocation: Invocation, io: Io): Promise<ExitCode> {
  const { name, login } = await openLogin(invocation, io);
  const pending = await login.begin(io.signal);
  io.err(loginPage(name, pending));
  io.out(loginEnded(name, await pending.credentials));
  return 0;
}

async function logOut(invocation: Invocation, io: Io): Promise<ExitCode> {
  const { name, login } = await openLogin(invocation, io);
  const hadTokens = await login.forget();
  io.out(hadTokens ? `The login to "${name}" is forgotten.\n` : `There was no login to "${name}".\n`);
  return 0;
}

async function openLogin(invocation: Invocation, io: Io): Promise<{ name: string; login: ServerLogin }> {
  const [name, more] = invocation.positionals;
  if (name === undefined || more !== undefined) throw new UsageError('Name one server: portcullis login SERVER');
  const { launch, directory } = await remoteServer(name, invocation, io);
  const login = fileLogin(name, text(invocation, 'state') ?? directory, io);
  if (login.authorize(launch)) return { name, login };
  const why =
    launch.kind === 'stdio' ? 'is started on stdio' : 'has an Authorization header or a password in its definition';
  throw new UsageError(`The server "${name}" ${why}: there is nothing to log in to.`);
}

async function remoteServer(
  name: string,
  invocation: Invocation,
  io: Io,
): Promise<{ launch: ResolvedLaunch; directory: string | undefined }> {
  const url = text(invocation, 'url');
  if (url !== undefined) return { launch: { kind: 'http', url, headers: {} }, directory: undefined };
  const cwd = path.resolve(io.cwd, text(invocation, 'folder') ?? '.');
  const { launch, config: settings } = await configuredServer(name, placesOf(invocation, io), { ...io, cwd });
  return { launch, directory: settings.state?.directory };
}

async function explained(work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UpstreamError) throw new UnreachableError(error.message);
    if (error instanceof StateError) throw new UsageError(error.message);
    throw error;
  }
}
