/** One gateway process after another on the same state, in front of a server that writes down what reaches it. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { openSession, type RawSession } from '../gateway/support/http.ts';
import { bundle } from '../support/cli.ts';
import type { Folder } from '../support/folder.ts';
import { processes } from '../support/processes.ts';
import { received, stubLaunch, stubTool } from '../support/servers/start.ts';

export interface KillableGateway {
  readonly child: ChildProcessWithoutNullStreams;
  open(): Promise<RawSession>;
}

/** The names of the arguments of every call that has reached the server. Names, since the log keeps no values. */
export function arrivals(folder: Folder): readonly string[] {
  return received(folder.file('received'))
    .filter(({ method }) => method === 'tools/call')
    .flatMap(({ params }) => Object.keys(params?.['arguments'] ?? {}));
}

/** `folder` holds `policy.json`. The server's tool `hang` never answers. */
export async function startGateway(folder: Folder): Promise<KillableGateway> {
  const server = stubLaunch({
    tools: ['echo', 'hang'].map(stubTool),
    hangOn: 'hang',
    record: folder.file('received'),
  });
  const place = ['--state', folder.file('state'), '--policy', folder.file('policy.json'), '--port', '0'];
  const command = [bundle, 'gateway', ...place, '--format', 'json', '--', server.command, ...server.args];
  const child = spawn(process.execPath, command);
  child.stderr.resume();
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { servers } = JSON.parse(line) as { servers: Record<string, { url: string }> };
  const url = new URL(Object.values(servers)[0]?.url ?? '');
  const token = readFileSync(folder.file('state/local.token'), 'utf8').trim();
  return { child, open: () => openSession({ url, token }) };
}

/** The server's process, as long as one runs: its command line names the file that it writes to. */
export function serverPid(folder: Folder): number | undefined {
  const isServer = (command: string): boolean => command.includes(folder.file('received')) && !command.includes(bundle);
  return processes().find(({ command }) => isServer(command))?.pid;
}

/** Throws after 15 s. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited 15 s for ${what}.`);
    await pause(10);
  }
}
