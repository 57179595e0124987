/** A gateway as a process of its own, in front of a server that outlives its stdin: only something else can end it. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';
import type { Folder } from '../../support/folder.ts';
import { stubLaunch, stubTool } from '../../support/servers/start.ts';
import { bundle } from '../../support/cli.ts';

export interface StartedGateway extends Disposable {
  readonly child: ChildProcessWithoutNullStreams;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly err: () => string;
  /** Of the server's process and those that it started, once they run. */
  readonly serverPids: () => Promise<readonly number[]>;
}

export interface StartOptions {
  readonly nodeArgs?: readonly string[];
  /** The server answers nothing, ignores SIGTERM, and starts a process that does so too. */
  readonly stubbornFamily?: boolean;
}

/** `folder` holds `policy.json`, and gets the state and what the server received. */
export function startProcess(
  folder: Folder,
  args: readonly string[],
  { nodeArgs = [], stubbornFamily = false }: StartOptions = {},
): StartedGateway {
  const pidFile = folder.file('pid');
  const server = stubLaunch({ tools: ['hang'].map(stubTool), hangOn: 'hang', record: folder.file('received') });
  const own = [...nodeArgs, bundle, 'gateway'];
  const place = ['--state', folder.file('state'), '--policy', folder.file('policy.json')];
  const command = stubbornFamily
    ? family(pidFile)
    : [process.execPath, '--import', dataUrl(outlive(pidFile)), ...server.args];
  const child = spawn(process.execPath, [...own, ...place, ...args, '--', ...command]);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.on('error', () => undefined);
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const written = (): string | false => existsSync(pidFile) && readFileSync(pidFile, 'utf8');
  const serverPids = async (): Promise<readonly number[]> =>
    String(await vi.waitUntil(written, { timeout: 15_000, interval: 20 }))
      .split(' ')
      .map(Number);
  return { child, exited, err: () => err, serverPids, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

export const dataUrl = (script: string): string => `data:text/javascript,${encodeURIComponent(script)}`;

const outlive = (pidFile: string): string => `
  import fs from 'node:fs';
  setInterval(() => undefined, 60_000);
  fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;

/** Each of its command lines holds the path of the file. */
const family = (pidFile: string): readonly string[] => {
  const stay = `trap '' TERM; while :; do sleep 1; done`;
  return ['/bin/sh', '-c', `trap '' TERM; /bin/sh -c "$1" "$0" & echo $$ $! > "$0"; wait`, pidFile, stay];
};
