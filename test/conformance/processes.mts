/** Child processes of a run: started without a shell, known by the line they print, and surely ended. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export const root = path.resolve(import.meta.dirname, '../..');

/** Runs Node itself; what a child prints to stderr is dropped unless `stdio` says otherwise. */
export function startNode(args: readonly string[], stdio: StdioOptions = ['pipe', 'pipe', 'ignore']): ChildProcess {
  return spawn(process.execPath, args, { cwd: root, stdio });
}

/** The first line of stdout that is a JSON object. Rejects when the process ends without one. */
export function firstJsonLine(child: ChildProcess): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('The process has no stdout to read.'));
    child.once('error', reject).once('exit', (code) => reject(new Error(`${nameOf(child)} ended with ${code}.`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line) as Record<string, unknown>);
    });
  });
}

/** Closes its stdin, which ends each of our processes in order; one that does not is killed after five seconds. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  child.stdin?.end();
  await ended;
  clearTimeout(timer);
}

function nameOf({ spawnargs }: ChildProcess): string {
  return spawnargs.slice(1).join(' ');
}
