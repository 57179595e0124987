/** Windsurf: one file of the user's; a remote server's address stands in `serverUrl`. */
import path from 'node:path';
import { readServers } from './entry.ts';
import type { Host } from './host.ts';

export const windsurf: Host = {
  id: 'windsurf',
  label: 'Windsurf',
  userFiles: ({ home }) => [path.join(home, '.codeium', 'windsurf', 'mcp_config.json')],
  variables: 'colon',
  entry: { at: ['mcpServers'] },
  read: (root) => readServers(root, ['mcpServers'], { url: 'serverUrl' }),
};
