/** Claude Desktop: one file of the user's, stdio servers only, no variables. */
import path from 'node:path';
import { readServers } from './entry.ts';
import type { Host, UserPlace } from './host.ts';

export const claudeDesktop: Host = {
  id: 'claude-desktop',
  label: 'Claude Desktop',
  userFiles: (place) => [path.join(folder(place), 'Claude', 'claude_desktop_config.json')],
  variables: 'none',
  entry: { at: ['mcpServers'] },
  read: (root) => readServers(root, ['mcpServers']),
};

function folder({ home, platform, env }: UserPlace): string {
  if (platform === 'win32') return env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  return env['XDG_CONFIG_HOME'] || path.join(home, '.config');
}
