/** What is measured: how each target is started in front of the server under test, and what it is compared with. */
import path from 'node:path';
import type { Wire } from './client/conversation.mts';
import { httpWire } from './client/http.mts';
import { stdioWire } from './client/stdio.mts';
import type { Processes, Started } from './processes.mts';

const here = import.meta.dirname;
export const stdioServer: readonly string[] = [path.join(here, 'upstream', 'stdio.mts')];

export interface Stage {
  readonly processes: Processes;
  /** Where the server under test listens. */
  readonly upstream: URL;
}

export interface Running {
  readonly wire: Wire;
  /** What stands between; absent where nothing does. */
  readonly between?: Started;
}

export interface Target {
  readonly name: string;
  /** Names of the direct connection, and of the bare relay on the same way, where there is one. */
  readonly direct: string;
  readonly floor?: string;
  open(stage: Stage): Promise<Running>;
}

export const DIRECT_HTTP = 'direct http';
export const DIRECT_STDIO = 'direct stdio';
export const NULL_PROXY = 'null proxy http>http';
export const NULL_RELAY = 'null relay stdio>stdio';

export const baselines: readonly Target[] = [
  { name: DIRECT_HTTP, direct: DIRECT_HTTP, open: async ({ upstream }) => ({ wire: httpWire(upstream, {}) }) },
  { name: NULL_PROXY, direct: DIRECT_HTTP, open: openNullProxy },
  { name: DIRECT_STDIO, direct: DIRECT_STDIO, open: async (stage) => ({ wire: overStdio(stage, stdioServer).wire }) },
  {
    name: NULL_RELAY,
    direct: DIRECT_STDIO,
    open: async (stage) =>
      overStdio(stage, [path.join(here, 'floor', 'stdioRelay.mts'), process.execPath, ...stdioServer]),
  },
];

/** A process that is spoken to over its stdin and stdout. */
export function overStdio(
  { processes }: Stage,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Required<Running> {
  const between = processes.start(args, env);
  return { between, wire: stdioWire(between.child) };
}

/** Starts the server under test. */
export async function startUpstream(processes: Processes): Promise<URL> {
  const { port } = await processes.start([path.join(here, 'upstream', 'http.mts')]).firstLine<{ port: number }>();
  return new URL(`http://127.0.0.1:${port}/mcp`);
}

async function openNullProxy({ processes, upstream }: Stage): Promise<Running> {
  const between = processes.start([path.join(here, 'floor', 'httpProxy.mts'), upstream.href]);
  const { port } = await between.firstLine<{ port: number }>();
  return { between, wire: httpWire(new URL(`http://127.0.0.1:${port}/mcp`), {}) };
}
