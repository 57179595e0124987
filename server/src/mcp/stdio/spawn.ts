/** Starts a server's process: without a shell, in a group of its own, with the minimal environment. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
// Differs from Node's own only on Windows, where `npx` is a batch file that needs cmd.exe and careful quoting.
import crossSpawn from 'cross-spawn';
import type { StdioLaunch } from '../definition.ts';
import { childEnvironment } from './environment.ts';
import { markedEnvironment } from './mark.ts';

/** `mark`: by which a guard finds the process. May throw, or emit `error`, when the command cannot be started. */
export function spawnServer(
  launch: StdioLaunch,
  inherited: NodeJS.ProcessEnv,
  mark?: string,
): ChildProcessWithoutNullStreams {
  const { command, args, env, cwd } = launch;
  const child = crossSpawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: childEnvironment(inherited, { ...env, ...(mark === undefined ? {} : markedEnvironment(mark)) }),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // Its types do not follow from `stdio` that all three streams are there.
  return child as ChildProcessWithoutNullStreams;
}
