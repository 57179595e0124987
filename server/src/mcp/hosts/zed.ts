/** Zed: `context_servers` in the user's settings. */
import path from 'node:path';
import { readServers } from './entry.ts';
import type { Host, UserPlace } from './host.ts';

export const zed: Host = {
  id: 'zed',
  label: 'Zed',
  userFiles: (place) => [path.join(folder(place), 'settings.json')],
  variables: 'none',
  entry: { at: ['context_servers'], extra: { source: 'custom' } },
  read: (root) => readServers(root, ['context_servers']),
};

function folder({ home, platform, env }: UserPlace): string {
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Zed');
  return platform === 'darwin'
    ? path.join(home, '.config', 'zed')
    : path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'zed');
}
