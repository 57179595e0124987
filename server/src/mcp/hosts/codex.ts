/** Codex: `[mcp_servers.<name>]` tables in the user's `config.toml`. */
import path from 'node:path';
import { readServers } from './entry.ts';
import type { Host } from './host.ts';

export const codex: Host = {
  id: 'codex',
  label: 'Codex',
  userFiles: ({ home, env }) => [path.join(env['CODEX_HOME'] || path.join(home, '.codex'), 'config.toml')],
  variables: 'none',
  format: 'toml',
  entry: { at: ['mcp_servers'] },
  read: (root) => readServers(root, ['mcp_servers']),
};
