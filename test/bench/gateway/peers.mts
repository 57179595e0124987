/** Other bridges from npm as targets. They are fetched into a folder outside the project, and left out where that fails. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../support/redisProgram.mts';
import { httpWire } from './client/http.mts';
import { DIRECT_HTTP, overStdio, stdioServer, type Running, type Stage, type Target } from './targets.mts';

const VERSIONS = { 'mcp-proxy': '6.7.19', supergateway: '4.0.0', 'mcp-remote': '0.15.1' } as const;
type Peer = keyof typeof VERSIONS;

const INSTALL_MILLISECONDS = 180_000;

export type PeersReading =
  { readonly ok: true; readonly targets: readonly Target[] } | { readonly ok: false; readonly why: string };

/** Installs what is missing. `why` is for people. */
export function fetchPeers(): PeersReading {
  const folder = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'portcullis-bench');
  try {
    mkdirSync(folder, { recursive: true });
    if (!isInstalled(folder)) install(folder);
    return { ok: true, targets: targetsIn(folder) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

function install(folder: string): void {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: VERSIONS }));
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stderr, error } = spawnSync('npm', options, { cwd: folder, timeout: INSTALL_MILLISECONDS });
  if (status !== 0) throw error ?? new Error(String(stderr).slice(-300));
}

function isInstalled(folder: string): boolean {
  return Object.entries(VERSIONS).every(([peer, version]) => manifestOf(folder, peer as Peer)?.version === version);
}

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
}

function manifestOf(folder: string, peer: Peer): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'node_modules', peer, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

function targetsIn(folder: string): readonly Target[] {
  const programOf = (peer: Peer): string =>
    path.join(folder, 'node_modules', peer, manifestOf(folder, peer)?.bin[peer] ?? '');
  const target = (name: string, open: Target['open']): Target => ({ name, direct: DIRECT_HTTP, open });
  return [
    target('mcp-proxy http>stdio', (stage) =>
      openHttp(stage, (port) => [programOf('mcp-proxy'), ...listenAt(port), '--', process.execPath, ...stdioServer]),
    ),
    target('supergateway http>stdio', (stage) =>
      openHttp(stage, (port) => [programOf('supergateway'), ...serveCommand, '--port', String(port)]),
    ),
    target('supergateway stdio>http', async (stage) =>
      overStdio(stage, [programOf('supergateway'), '--streamableHttp', stage.upstream.href, '--logLevel', 'none']),
    ),
    target('mcp-remote stdio>http', async (stage) =>
      overStdio(stage, [programOf('mcp-remote'), stage.upstream.href, '--transport', 'http-only', '--silent'], {
        MCP_REMOTE_CONFIG_DIR: path.join(tmpdir(), 'portcullis-bench-mcp-remote'),
      }),
    ),
  ];
}

const listenAt = (port: number): readonly string[] => [
  '--server',
  'stream',
  '--host',
  '127.0.0.1',
  '--port',
  `${port}`,
];

/** Its command is one text that a shell takes apart. */
const commandText = [process.execPath, ...stdioServer].map((part) => `"${part}"`).join(' ');
const serveCommand = [
  '--stdio',
  commandText,
  '--outputTransport',
  'streamableHttp',
  '--stateful',
  '--logLevel',
  'none',
];

async function openHttp(stage: Stage, argsFor: (port: number) => readonly string[]): Promise<Running> {
  const port = await freePort();
  const between = stage.processes.start(argsFor(port));
  await between.listening(port);
  return { between, wire: httpWire(new URL(`http://127.0.0.1:${port}/mcp`), {}) };
}

/** They cannot say which port they took, so one is chosen for them. */
