/** Starts MCP servers for tests: the scriptable stub, and the real ones from npm. Each helper gives what a client connects to. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { RemoteLaunch, StdioLaunch } from '../../../server/src/mcp/definition.ts';
import type { StubHttpOptions, StubOptions } from './behaviour.mts';
import type { EraServerOptions } from './eraServer.mts';

export { stubTool, type StubOptions } from './behaviour.mts';

const here = import.meta.dirname;
const stub = path.join(here, 'stub.mts');
const eraServer = path.join(here, 'eraServer.mts');

/** The stub over stdio; whoever opens the transport owns the process. */
export function stubLaunch(options: StubOptions = {}): StdioLaunch {
  return nodeLaunch([stub, JSON.stringify(options)]);
}

/** `await using server = await startStub(…)`: it is stopped however the test ends. */
export interface RunningServer extends AsyncDisposable {
  readonly launch: RemoteLaunch;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** The stub as an HTTP server of its own process. */
export async function startStub(
  http: StubHttpOptions,
  options: Omit<StubOptions, 'http'> = {},
): Promise<RunningServer> {
  const child = spawn(process.execPath, [stub, JSON.stringify({ ...options, http })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { port } = JSON.parse(await firstLine(child, (line) => line.startsWith('{'))) as { port: number };
  return running(child, http.kind, `http://127.0.0.1:${port}/${http.kind === 'sse' ? 'sse' : 'mcp'}`);
}

/** The server that speaks the eras it is told to, over stdio. */
export function eraLaunch(options: Omit<EraServerOptions, 'http'>): StdioLaunch {
  return nodeLaunch([eraServer, JSON.stringify(options)]);
}

/** The same over HTTP. */
export async function startEraServer(options: Omit<EraServerOptions, 'http'>): Promise<RunningServer> {
  const child = spawn(process.execPath, [eraServer, JSON.stringify({ ...options, http: true })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { port } = JSON.parse(await firstLine(child, (line) => line.startsWith('{'))) as { port: number };
  return running(child, 'http', `http://127.0.0.1:${port}/mcp`);
}

/** What the stub's `record` file holds: every message that reached it, parsed, in order. */
export function received(
  record: string,
): readonly { readonly method?: string; readonly params?: Record<string, unknown> }[] {
  return receivedTexts(record).map((text) => JSON.parse(text) as { method?: string; params?: Record<string, unknown> });
}

/** The same as the texts that arrived. */
export function receivedTexts(record: string): readonly string[] {
  if (!existsSync(record)) return [];
  const lines = readFileSync(record, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as string);
}

/** `@modelcontextprotocol/server-everything`, `-filesystem` or `-memory` over stdio. */
export function realLaunch(
  server: 'everything' | 'filesystem' | 'memory',
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): StdioLaunch {
  return { ...nodeLaunch([entryOf(server), ...args]), env };
}

/** `@modelcontextprotocol/server-everything` over HTTP, on a free port. */
export async function startEverything(kind: 'http' | 'sse'): Promise<RunningServer> {
  const transport = kind === 'http' ? 'streamableHttp' : 'sse';
  const reportPort = path.join(here, 'reportPort.mts');
  const child = spawn(process.execPath, ['--import', reportPort, entryOf('everything'), transport], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await firstLine(child, (text) => text.startsWith('{"port":'));
  const { port } = JSON.parse(line) as { port: number };
  return running(child, kind, `http://127.0.0.1:${port}/${kind === 'http' ? 'mcp' : 'sse'}`);
}

function nodeLaunch(args: readonly string[]): StdioLaunch {
  return { kind: 'stdio', command: process.execPath, args, env: {} };
}

function entryOf(server: string): string {
  return createRequire(import.meta.url).resolve(`@modelcontextprotocol/server-${server}/dist/index.js`);
}

function running(child: ChildProcess, kind: 'http' | 'sse', url: string): RunningServer {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  };
  return { launch: { kind, url, headers: {} }, process: child, stop, [Symbol.asyncDispose]: stop };
}

function firstLine(child: ChildProcess, wanted: (line: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('the server has no stdout'));
    child.once('error', reject).once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => wanted(line) && resolve(line));
  });
}
