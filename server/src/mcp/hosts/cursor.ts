/** Cursor: `.cursor/mcp.json` in a project, which wins, and `~/.cursor/mcp.json`. */
import path from 'node:path';
import { readServers } from './entry.ts';
import type { Host } from './host.ts';

export const cursor: Host = {
  id: 'cursor',
  label: 'Cursor',
  workspaceFile: '.cursor/mcp.json',
  userFiles: ({ home }) => [path.join(home, '.cursor', 'mcp.json')],
  variables: 'colon',
  entry: { at: ['mcpServers'] },
  read: (root) => readServers(root, ['mcpServers']),
};
