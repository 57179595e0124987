/** Cline: a file in VS Code's storage for extensions. */
import path from 'node:path';
import { readServers } from './entry.ts';
import type { Host } from './host.ts';
import { userFolder } from './vscode.ts';

const STORAGE = ['globalStorage', 'saoudrizwan.claude-dev', 'settings', 'cline_mcp_settings.json'];

export const cline: Host = {
  id: 'cline',
  label: 'Cline',
  userFiles: (place) => [path.join(userFolder(place), ...STORAGE)],
  variables: 'none',
  entry: { at: ['mcpServers'] },
  read: (root) => readServers(root, ['mcpServers']),
};
