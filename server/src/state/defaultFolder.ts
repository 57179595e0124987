/** Where the state of a user is kept where nobody has named a folder: the platform's own place for such. */
import os from 'node:os';
import path from 'node:path';

/** XDG Base Directory Specification on Linux; the equivalents elsewhere. Absolute. */
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
