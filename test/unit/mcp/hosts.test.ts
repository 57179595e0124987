import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Launch } from '../../../server/src/mcp/definition.ts';
import type { HostReading } from '../../../server/src/mcp/hosts/host.ts';
import { readJsonc } from '../../../server/src/mcp/hosts/jsonc.ts';
import { HOSTS } from '../../../server/src/mcp/hosts/table.ts';

const fixtures = path.join(import.meta.dirname, '../../fixtures/hosts');

function readText(id: string, text: string): HostReading {
  const { root } = readJsonc(text);
  const host = HOSTS.find((each) => each.id === id);
  if (root?.kind !== 'object' || !host) throw new Error(`no host or no object: ${id}`);
  return host.read(root, { folders: ['/project/app'] });
}

const read = (id: string, fixture: string): HostReading =>
  readText(id, readFileSync(path.join(fixtures, fixture), 'utf8'));
const launches = ({ servers }: HostReading): Record<string, Launch> =>
  Object.fromEntries(servers.map(({ name, launch }) => [name, launch]));

describe('VS Code', () => {
  const reading = read('vscode', 'vscode.jsonc');

  test('servers of every kind, with their variables unreplaced', () => {
    expect(launches(reading)).toEqual({
      files: {
        kind: 'stdio',
        command: 'npx',
        args: ['-y', '@modelcontextprotocol/server-filesystem', '${workspaceFolder}'],
        env: {},
        cwd: '${workspaceFolder}',
      },
      github: {
        kind: 'http',
        url: 'https://api.example/mcp',
        headers: { Authorization: 'Bearer ${input:github-token}' },
      },
      numbers: {
        kind: 'stdio',
        command: 'server',
        args: [],
        env: { PORT: '8080' },
        envFile: '${workspaceFolder}/.env',
      },
      old: { kind: 'sse', url: 'https://old.example/sse', headers: {} },
    });
    expect(reading.problems).toEqual([]);
  });

  test('inputs; half a one is left out', () => {
    expect(reading.inputs).toEqual([
      { id: 'github-token', type: 'promptString', description: 'GitHub token', password: true },
      { id: 'region', type: 'pickString', options: ['eu', 'us'], default: 'eu' },
    ]);
  });
});

test('Claude Code: an address without a type is not usable, and WebSocket is not spoken', () => {
  const reading = read('claude-code', 'claude-code.json');
  expect(Object.keys(launches(reading))).toEqual(['database', 'remote']);
  expect(launches(reading)['remote']).toMatchObject({ kind: 'http', headers: { 'X-Key': '${KEY}' } });
  expect(reading.problems).toMatchObject([
    { pointer: '/mcpServers/untyped/url', message: expect.stringContaining('Add "type": "http"') as string },
    { pointer: '/mcpServers/socket/type', message: expect.stringContaining('cannot be reached') as string },
  ]);
});

test("Claude Code's own file: the project's servers come before the user's, other projects' are not ours", () => {
  const { servers } = read('claude-code', 'claude-code-user.json');
  expect(servers.map(({ name, launch }) => [name, launch.kind === 'stdio' && launch.command])).toEqual([
    ['shared', 'local-server'],
    ['shared', 'user-server'],
    ['everywhere', 'user-server'],
  ]);
});

test.each([
  ['cursor', 'cursor.json', ['local', 'remote']],
  ['claude-desktop', 'claude-desktop.json', ['desktop']],
  ['windsurf', 'windsurf.json', ['remote']],
  ['cline', 'cline.json', ['notes']],
  ['zed', 'zed.jsonc', ['custom']],
])('%s: servers that are on', (id, fixture, names) => {
  expect(Object.keys(launches(read(id, fixture)))).toEqual(names);
});

test('Windsurf names the address differently, and says so', () => {
  const { problems } = read('windsurf', 'windsurf.json');
  expect(problems).toMatchObject([
    { pointer: '/mcpServers/wrong-key', message: 'A server needs "command" or "serverUrl".' },
  ]);
});

describe('entries that cannot be used', () => {
  test.each([
    ['7', '/servers/x', 'A server must be an object.'],
    ['{}', '/servers/x', 'A server needs "command" or "url".'],
    ['{ "type": "stdio" }', '/servers/x', 'This server needs "command".'],
    ['{ "command": "" }', '/servers/x/command', 'must be a text that is not empty'],
    ['{ "command": 1 }', '/servers/x/command', 'must be a text'],
    ['{ "command": "c", "args": "a" }', '/servers/x/args', 'must be an array'],
    ['{ "command": "c", "args": ["a", 1] }', '/servers/x/args/1', 'put it in quotation marks'],
    ['{ "command": "c", "env": [] }', '/servers/x/env', 'must be an object'],
    ['{ "command": "c", "env": { "A": true } }', '/servers/x/env/A', 'put it in quotation marks'],
    ['{ "type": "constructor", "url": "u" }', '/servers/x/type', 'cannot be reached'],
  ])('%s', (entry, pointer, words) => {
    const { servers, problems } = readText('vscode', `{ "servers": { "x": ${entry}, "good": { "command": "g" } } }`);
    expect(problems).toMatchObject([{ pointer, message: expect.stringContaining(words) as string }]);
    expect(servers.map(({ name }) => name)).toEqual(['good']);
  });

  test('names of prototypes are names', () => {
    const text =
      '{ "servers": { "__proto__": { "command": "p" }, "constructor": { "command": "c", "env": { "__proto__": "e" } } } }';
    const { servers } = readText('vscode', text);
    expect(servers.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(servers[1]?.launch)).toContain('"env":{"__proto__":"e"}');
  });

  test('no object at all is a problem, nothing there is none', () => {
    expect(readText('vscode', '{ "servers": [] }').problems).toHaveLength(1);
    expect(readText('vscode', '{}').problems).toEqual([]);
  });
});

test('half-typed JSON yields what stands before the mistake, and one problem', () => {
  const { root, problems } = readJsonc('{ "servers": { "a": { "command": "x" }, "b": ');
  expect(root?.kind).toBe('object');
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toContain('This is not JSON: value expected');
});
