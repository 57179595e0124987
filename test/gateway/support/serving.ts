/** `portcullis gateway` as a process that serves a folder over HTTP, and all that it says. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { bundle } from '../../support/cli.ts';
import type { Folder } from '../../support/folder.ts';

export interface ServingGateway extends AsyncDisposable {
  readonly urls: Readonly<Record<string, URL>>;
  readonly token: string;
  /** Everything on stdout and stderr so far. */
  readonly said: () => string;
  /** Ends it as a person does, and waits. */
  stop(): Promise<void>;
}

/** `folder` holds the configuration, and gets the state. */
export async function serveFolder(
  folder: Folder,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<ServingGateway> {
  const place = ['--folder', folder.path, '--state', folder.file('state'), '--format', 'json'];
  const child = spawn(process.execPath, [bundle, 'gateway', ...place, ...args], { env: { ...process.env, ...env } });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit');
  const servers = await new Promise<Record<string, { url: string }>>((resolve, reject) => {
    child.once('exit', () => reject(new Error(said)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      resolve((JSON.parse(line) as { servers: Record<string, { url: string }> }).servers);
    });
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  return {
    urls: Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, new URL(url)])),
    token: readFileSync(folder.file('state/local.token'), 'utf8').trim(),
    said: () => said,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
