/** Claude Code: `.mcp.json` in a project; `~/.claude.json` holds the user's own servers, those of one project first. */
import path from 'node:path';
import { objectAt } from '../../policy/json/access.ts';
import { readServers } from './entry.ts';
import type { Host, HostReading } from './host.ts';

const atFolder = (folder: string): readonly string[] => ['projects', folder, 'mcpServers'];

export const claudeCode: Host = {
  id: 'claude-code',
  label: 'Claude Code',
  workspaceFile: '.mcp.json',
  userFiles: ({ home }) => [path.join(home, '.claude.json')],
  // The home folder, in which the file stands, shows nothing.
  traces: ({ home }) => [path.join(home, '.claude')],
  variables: 'shell',
  entry: { at: ['mcpServers'], atFolder, extra: { type: 'stdio' } },
  read: (root, { folders }) => {
    const projects = objectAt(root, 'projects') ? folders.map(atFolder) : [];
    return joined([...projects, ['mcpServers']].map((keys) => readServers(root, keys, { untyped: 'unusable' })));
  },
};

function joined(readings: readonly HostReading[]): HostReading {
  return {
    servers: readings.flatMap(({ servers }) => servers),
    inputs: [],
    problems: readings.flatMap(({ problems }) => problems),
  };
}
