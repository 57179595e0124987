/** Why a server process could not be started or ended, in words for people. */
import { existsSync } from 'node:fs';
import type { StdioLaunch } from '../definition.ts';
import { UpstreamError } from '../errors.ts';
import type { Cleaner } from '../untrusted.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** No cause: its message holds the command, into which variables may have brought a secret. */
export function startFailure(launch: StdioLaunch, error: NodeJS.ErrnoException, clean: Cleaner): UpstreamError {
  return new UpstreamError('unreachable', clean(startMessage(launch, error)), { sent: false });
}

function startMessage(launch: StdioLaunch, error: NodeJS.ErrnoException): string {
  // A missing working directory is reported as if the command were missing.
  if (launch.cwd !== undefined && !existsSync(launch.cwd)) {
    return `The server cannot be started: its working directory ${launch.cwd} does not exist. Correct "cwd" in its definition.`;
  }
  if (error.code === 'ENOENT') return `The command "${launch.command}" was not found. ${installHint(launch.command)}`;
  if (error.code === 'EACCES') {
    return `The command "${launch.command}" may not be executed. Check that it is a program and its permissions.`;
  }
  return `The command "${launch.command}" could not be started (${error.code ?? error.message}).`;
}

function installHint(command: string): string {
  const product = { npx: 'Node.js', node: 'Node.js', uvx: 'uv', uv: 'uv', docker: 'Docker', python: 'Python' }[command];
  if (product !== undefined) return `Install ${product}, or give the full path in "command".`;
  return 'Install it, check its spelling, or give its full path in "command".';
}

/** `lastLines`: what the server wrote to stderr last, already made fit for people. */
export function exitFailure({ code, signal }: Exit, lastLines: readonly string[]): UpstreamError {
  const how = signal === null ? `ended with exit code ${code ?? 'unknown'}` : `was ended by ${signal}`;
  return new UpstreamError('died', `The server's process ${how}.`, { sent: true, lastWords: [...lastLines] });
}
