/** Where a command's tools come from: a configured server, an address, a command, or a saved list. Nothing is started unless one of these names it. */
import type { Catalog } from '../catalog/tool.ts';
import { listTools, readToolsFile, UpstreamError, type ResolvedLaunch } from '../mcp/index.ts';
import { text, UnreachableError, UsageError, type Invocation, type Io } from './command.ts';
import { readSource } from './files.ts';
import { stderrLog } from './log.ts';
import { authorizationFor, fileLogin } from './logins.ts';
import { configuredServer, placesOf } from './servers.ts';

export const toolOptions = {
  server: { type: 'string' },
  config: { type: 'string' },
  url: { type: 'string' },
  tools: { type: 'string' },
} as const;

export const toolOptionsHelp = `
Tool source, at most one:
  --server NAME      a server configured in this folder (portcullis.json, .vscode/mcp.json, .mcp.json, .cursor/mcp.json) or for this user
  --config FILE      with --server: read this configuration instead
  --url URL          a remote server
  --tools FILE       a saved tools/list result
  -- COMMAND ARGS…   a server on stdio`;

/** The tools of the source that was named. Throws `UsageError`, also when none was, or `UnreachableError`. */
export async function demandCatalog(invocation: Invocation, io: Io): Promise<Catalog> {
  const catalog = await loadCatalog(invocation, io);
  if (catalog) return catalog;
  throw new UsageError('Say whose tools: --server NAME, --url URL, --tools FILE, or -- COMMAND ARGS…');
}

/** The tools of the source that was named; `undefined` when none was. Throws `UsageError` or `UnreachableError`. */
export async function loadCatalog(invocation: Invocation, io: Io): Promise<Catalog | undefined> {
  const file = text(invocation, 'tools');
  const server = text(invocation, 'server');
  const url = text(invocation, 'url');
  const [command, ...args] = invocation.rest;
  if ([file, server, url, command].filter((source) => source !== undefined).length > 1)
    throw new UsageError('Name one source of tools only: --server, --url, --tools, or a command after "--".');
  if (file !== undefined) return readCatalog(file, io);
  if (url !== undefined) return list('server', { kind: 'http', url, headers: {} }, io);
  if (command !== undefined) return list('server', { kind: 'stdio', command, args, env: {}, cwd: io.cwd }, io);
  if (server === undefined) return undefined;
  const { launch, config } = await configuredServer(server, placesOf(invocation, io), io);
  return list(server, launch, io, config.state?.directory);
}

/** A saved tools/list result. Throws `UsageError`. */
export async function readCatalog(file: string, io: Io): Promise<Catalog> {
  const reading = readToolsFile((await readSource(file, io.cwd)).text);
  if (!reading.ok) throw new UsageError(`${file} is no tool list. ${reading.problem}`);
  for (const reason of reading.dropped) io.err(`portcullis: ${file}: ${reason}\n`);
  return { server: file, tools: reading.tools, readAt: Date.now(), source: 'file' };
}

/** `directory`: of the state, where logins are kept. */
async function list(server: string, launch: ResolvedLaunch, io: Io, directory?: string): Promise<Catalog> {
  const login = fileLogin(server, directory, io, `Run: portcullis login ${server}`);
  try {
    const { catalog, problems } = await listTools(launch, {
      server,
      log: stderrLog(io),
      signal: io.signal,
      env: io.env,
      ...authorizationFor(login, launch),
    });
    for (const problem of problems) io.err(`portcullis: ${problem}\n`);
    return catalog;
  } catch (error) {
    if (error instanceof UpstreamError) throw new UnreachableError(error.message);
    throw error;
  }
}
