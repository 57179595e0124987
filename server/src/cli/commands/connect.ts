/** `portcullis connect`: points an MCP client's configuration at the gateway, shows the difference first, and takes it back. */
import path from 'node:path';
import { Launcher } from '../../launcher.ts';
import {
  applyChanges,
  clientPlaces,
  hostOf,
  planConnection,
  surroundingsOnDisk,
  type Surroundings,
} from '../../mcp/connect/index.ts';
import { writeProblem } from '../../mcp/index.ts';
import type { ClientPlace, ConnectParams, ConnectPlan } from '../../protocol/connect.ts';
import { choice, flag, text, UsageError, type Command, type ExitCode, type Invocation, type Io } from '../command.ts';
import { printChanges, printOriginals, printPlaces } from '../output/connect.ts';
import { demandServer, discover, userHere } from '../servers.ts';
import { stateFolder } from '../stateFolder.ts';

export const connectCommand: Command = {
  name: 'connect',
  summary: "Point an MCP client's configuration at the gateway, or take that back.",
  usage: '[CLIENT] [--server NAME] [--user] [--write] [--route | --undo]',
  help: `Without CLIENT: lists the clients that are found, their files, and what they are connected to.
  --server NAME    the server that the client shall reach through the gateway (default: the only one)
  --user           write the client's file for all projects, also where it has one for this folder
  --write          write what is shown, with a copy of the file beside it; without it nothing is written
  --route          also take out the entries by which the client would go around the gateway;
                   the server's definition moves to portcullis.json where it stands nowhere else
  --undo           take out what was put in; the file becomes what it was, byte for byte, if nothing else has changed
  --folder DIR     the workspace that configures the server (default: the working directory)
  --state DIR      folder in which the gateway keeps its state; the program that clients start is put there too
  --format FORMAT  text or json

What is written holds no token. Exits with 1 where something is to be written and --write is missing.
`,
  example: 'portcullis connect cursor --server files --write',
  options: {
    server: { type: 'string' },
    user: { type: 'boolean' },
    write: { type: 'boolean' },
    route: { type: 'boolean' },
    undo: { type: 'boolean' },
    folder: { type: 'string' },
    state: { type: 'string' },
    format: { type: 'string' },
  },

  async run(invocation, io) {
    const [client, more] = invocation.positionals;
    if (more !== undefined) throw new UsageError(`"${more}" is not expected here.`);
    if (flag(invocation, 'route') && flag(invocation, 'undo')) throw new UsageError('Choose one: --route or --undo.');
    const around = surroundings(path.resolve(io.cwd, text(invocation, 'folder') ?? '.'), io);
    return client === undefined ? await list(around, invocation, io) : await connect(client, around, invocation, io);
  },
};

function surroundings(folder: string, io: Io): Surroundings {
  return surroundingsOnDisk(folder, userHere(io));
}

async function list(around: Surroundings, invocation: Invocation, io: Io): Promise<ExitCode> {
  const places = await clientPlaces(around);
  const format = choice(invocation, 'format', ['text', 'json']);
  io.out(format === 'json' ? `${JSON.stringify(places)}\n` : printPlaces(places));
  return 0;
}

async function connect(client: string, around: Surroundings, invocation: Invocation, io: Io): Promise<ExitCode> {
  const host = hostOf(client);
  if (host === undefined) throw new UsageError(`No client "${client}" is known. See: portcullis connect`);
  const discovery = await discover(around.folder, undefined, io);
  const definition = demandServer(text(invocation, 'server'), discovery);
  const state = stateFolder(text(invocation, 'state'), io);
  const launcher = new Launcher(state, path.resolve(process.argv[1] ?? ''));
  const scope: ClientPlace['scope'] = host.workspaceFile === undefined || flag(invocation, 'user') ? 'user' : 'folder';
  const action: ConnectParams['action'] = flag(invocation, 'undo')
    ? 'undo'
    : flag(invocation, 'route')
      ? 'route'
      : 'connect';
  const place = { client, scope, folder: around.folder, state };
  const params = { ...place, server: definition.name, launcher: launcher.file, action };
  const plan = await planConnection(params, definition, around);
  if (choice(invocation, 'format', ['text', 'json']) === 'json') io.out(`${JSON.stringify(plan)}\n`);
  else show(plan, definition.name, io);
  if (plan.kind === 'by hand') return 1;
  if (plan.changes.length === 0) return 0;
  if (!flag(invocation, 'write')) {
    io.err('Nothing is written yet. To write this: --write\n');
    return 1;
  }
  if (action !== 'undo')
    await launcher.write().catch((error: unknown) => {
      throw new UsageError(writeProblem(error, launcher.file));
    });
  return await write(plan, around, io);
}

function show(plan: ConnectPlan, server: string, io: Io): void {
  if (plan.kind === 'by hand') {
    io.err(`portcullis: ${plan.file} is left as it is. ${plan.problem}\n`);
    if (plan.snippet !== undefined) io.out(plan.snippet);
    return;
  }
  io.out(plan.changes.length === 0 ? 'Nothing is to be changed.\n' : printChanges(plan.changes));
  io.err(printOriginals(plan.originals, server));
  if (plan.originals.length > 0) io.err('To take it out: --route\n');
}

async function write(plan: Extract<ConnectPlan, { kind: 'changes' }>, around: Surroundings, io: Io): Promise<ExitCode> {
  const { backups, problem } = await applyChanges(plan.changes, { workspace: around.folder });
  for (const backup of backups) io.err(`What was there before is kept in ${backup}\n`);
  if (problem !== undefined) throw new UsageError(problem);
  io.err('Written. Restart the client if it does not notice.\n');
  return 0;
}
