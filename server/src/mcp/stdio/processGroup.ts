/** Ends a server together with everything that it started: `npx` and `uvx` are only parents of the real server. */
import { spawn, type ChildProcess } from 'node:child_process';

/** Milliseconds between SIGTERM and SIGKILL. Short enough for a whole gateway to be gone within two seconds. */
export const DEFAULT_GRACE = 1_500;

/** SIGTERM, then SIGKILL when the group still holds its pipes after `grace` milliseconds. */
export async function endProcessGroup(child: ChildProcess, grace: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await endGroup(pid, () => (hasClosed(child) ? Promise.resolve() : closed), grace);
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
}

/** `gone` resolves once nothing of the group is left, as far as the caller can tell; it is asked after SIGTERM. */
export async function endGroup(pid: number, gone: () => Promise<void>, grace: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  await Promise.race([gone(), delay(grace)]);
  signalGroup(pid, 'SIGKILL');
}

/** Whether anything of the group is left; on Windows, whether its first process is. */
export function isGroupAlive(pid: number): boolean {
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, 0);
  } catch {
    return false;
  }
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
