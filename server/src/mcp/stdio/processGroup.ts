/** Ends a server together with everything that it started: `npx` and `uvx` are only parents of the real server. */
import { spawn, type ChildProcess } from 'node:child_process';

/**
 * SIGTERM, then SIGKILL when the group still holds its pipes after `grace` milliseconds.
 * Should the gateway itself be killed outright, its children see their stdin close; a server that ignores that lives on,
 * and no portable way exists to prevent it.
 */
export async function endProcessGroup(child: ChildProcess, grace: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  signalGroup(pid, 'SIGTERM');
  if (!hasClosed(child)) await Promise.race([closed, delay(grace)]);
  signalGroup(pid, 'SIGKILL');
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
}

function hasClosed(child: ChildProcess): boolean {
  const ended = child.exitCode !== null || child.signalCode !== null;
  return ended && child.stdout?.readableEnded !== false && child.stderr?.readableEnded !== false;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    if (signal === 'SIGKILL')
      spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
