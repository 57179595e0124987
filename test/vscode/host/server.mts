/**
 * A running VS Code server with throw-away user data, on a free loopback port.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureVsCode } from './install.mts';
import { serverNode } from './paths.mts';
import { endGroup, run } from './process.mts';

export interface ServerOptions {
  /** Where installed extensions lie; fresh and empty when absent. */
  readonly extensionsDir?: string;
  /** User settings on top of the quiet ones below. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `true` (default): workspaces are trusted. `false`: they are not, until the user says so. */
  readonly trusted?: boolean;
  /**
   * With a token the server is for a person, who must present it (`?tkn=`). Without one it is for tests: open to every
   * process of this machine, and driven by them.
   */
  readonly token?: string;
  /** Seconds for which a window that lost its connection may come back to its extension host; VS Code's own are three hours. */
  readonly reconnectionGrace?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface VsCodeServer {
  readonly port: number;
  /** `http://localhost:<port>`: a secure context for browsers, so that webviews work. */
  readonly origin: string;
  /** User data of this run: `user/User/settings.json`, `server/data/logs`. */
  readonly dataDir: string;
  /** What the server has printed so far. */
  log(): string;
  /** Resolves when the server ends by itself; never when `stop` was called first. */
  readonly died: Promise<number | null>;
  /** Ends the server and all its children, and removes temporary data. */
  stop(): Promise<void>;
}

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'security.workspace.trust.startupPrompt': 'always',
  'window.dialogStyle': 'custom',
};

/** Without the driver the built workbench ignores extensionDevelopmentPath and extensionTestsPath. */
const forTests = ['--without-connection-token', '--enable-smoke-test-driver'];

export async function startServer(options: ServerOptions = {}): Promise<VsCodeServer> {
  const serverRoot = await ensureVsCode();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'portcullis-vscode-'));
  await writeSettings(dataDir, options.settings ?? {});
  // A file, since any user of this machine can read another process's arguments.
  if (options.token !== undefined) await writeFile(tokenFile(dataDir), options.token, { mode: 0o600 });
  const child = spawn(serverNode(), serverArguments(dataDir, options), {
    cwd: serverRoot,
    env: serverEnvironment(options.env),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    await endGroup(child);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return await whenListening(child, dataDir, stop);
}

/** Installs a packaged extension into a folder that `startServer` is then given as `extensionsDir`. */
export async function installVsix(vsix: string, extensionsDir: string): Promise<void> {
  const serverRoot = await ensureVsCode();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'portcullis-install-'));
  try {
    const args = [
      'out/server-main.js',
      '--install-extension',
      vsix,
      '--force',
      ...dataArguments(dataDir, extensionsDir),
    ];
    await run(serverNode(), args, { cwd: serverRoot, env: serverEnvironment() });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function serverArguments(dataDir: string, options: ServerOptions): string[] {
  return [
    ...['--import', new URL('parent-watch.mjs', import.meta.url).href, 'out/server-main.js'],
    ...(options.token === undefined ? forTests : ['--connection-token-file', tokenFile(dataDir)]),
    ...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(options.reconnectionGrace === undefined
      ? []
      : ['--reconnection-grace-time', String(options.reconnectionGrace)]),
    ...(options.trusted === false ? [] : ['--disable-workspace-trust']),
    ...dataArguments(dataDir, options.extensionsDir ?? path.join(dataDir, 'extensions')),
  ];
}

function dataArguments(dataDir: string, extensionsDir: string): string[] {
  const folders = { 'server-data-dir': path.join(dataDir, 'server'), 'user-data-dir': path.join(dataDir, 'user') };
  return Object.entries({ ...folders, 'extensions-dir': extensionsDir }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
}

function serverEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  // Set when the tests are started from a VS Code terminal; they would change what the server is.
  const foreign = { VSCODE_DEV: undefined, ELECTRON_RUN_AS_NODE: undefined, VSCODE_IPC_HOOK_CLI: undefined };
  return { ...process.env, ...foreign, EXTENSIONS_GALLERY: '{}', ...extra };
}

function tokenFile(dataDir: string): string {
  return path.join(dataDir, 'token');
}

async function writeSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = path.join(dataDir, 'user', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

async function whenListening(child: ChildProcess, dataDir: string, stop: () => Promise<void>): Promise<VsCodeServer> {
  let log = '';
  let stopping = false;
  const died = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      if (!stopping) resolve(code);
    });
  });
  const listening = new Promise<number>((resolve) => {
    const read = (chunk: Buffer): void => {
      log += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  const stopped = async (): Promise<void> => {
    stopping = true;
    await stop();
  };
  const port = await Promise.race([listening, died.then(() => undefined), timeout(60_000)]);
  if (port === undefined) {
    await stopped();
    throw new Error(`VS Code's server did not start:\n${log}`);
  }
  return { port, origin: `http://localhost:${port}`, dataDir, log: () => log, died, stop: stopped };
}

async function timeout(milliseconds: number): Promise<undefined> {
  return await new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds).unref());
}
