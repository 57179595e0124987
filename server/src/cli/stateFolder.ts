/** Where the state of this user is kept when `--state` does not say. */
import os from 'node:os';
import path from 'node:path';
import type { Io } from './command.ts';

/** `--state`, else the platform's folder for state: absolute. */
export function stateFolder(given: string | undefined, io: Pick<Io, 'cwd' | 'env'>): string {
  return given === undefined ? defaultStateFolder(process.platform, io.env) : path.resolve(io.cwd, given);
}

/** XDG Base Directory Specification on Linux; the equivalents elsewhere. */
export function defaultStateFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  const home = os.homedir();
  switch (platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'portcullis');
    case 'win32':
      return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'portcullis');
    default: {
      const base = env['XDG_STATE_HOME'] ?? '';
      // A relative value is to be ignored, says the specification.
      return path.join(path.isAbsolute(base) ? base : path.join(home, '.local', 'state'), 'portcullis');
    }
  }
}
