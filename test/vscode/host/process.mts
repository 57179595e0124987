/**
 * Child processes of the test host: run one to its end, or end a whole process group.
 */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const gracePeriod = 3_000;

/** Runs a command to its end and returns its output. Throws with that output when it fails or cannot start. */
export async function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${String(code)}):\n${output.trim()}`);
  return output;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Ends a detached child and everything it started: asks first, insists after three seconds. */
export async function endGroup(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  if (!hasEnded(child)) await Promise.race([once(child, 'exit'), delay(gracePeriod, undefined, { ref: false })]);
  signalGroup(child, 'SIGKILL');
}

/** The leader may be gone while its children live, so the group is signalled whatever the leader's state. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}
