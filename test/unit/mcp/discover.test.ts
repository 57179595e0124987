import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfigFile } from '../../../server/src/mcp/configFile.ts';
import { discoverServers, type DiscoverOptions, type Discovery } from '../../../server/src/mcp/discover.ts';
import { makeFolder } from '../../support/folder.ts';

/** Files by absolute path. */
function discover(
  files: Readonly<Record<string, unknown>>,
  options: Partial<DiscoverOptions> = {},
): Promise<Discovery> {
  const read = (file: string): Promise<string | undefined> => {
    const value = files[file];
    return Promise.resolve(typeof value === 'object' ? JSON.stringify(value) : (value as string | undefined));
  };
  return discoverServers(['/app', '/lib'], { readFile: read, ...options });
}

const command = (name: string): object => ({ command: name });
const user = { home: '/home/me', platform: 'linux', env: {} } as const;

describe('the first definition of a name wins', () => {
  const files = {
    '/app/portcullis.json': { servers: { a: command('portcullis') } },
    '/app/.vscode/mcp.json': { servers: { a: command('vscode'), b: command('vscode') } },
    '/lib/.vscode/mcp.json': { servers: { b: command('lib'), c: command('lib') } },
    '/app/.mcp.json': { mcpServers: { c: command('claude'), d: command('claude') } },
    '/app/.cursor/mcp.json': { mcpServers: { d: command('cursor'), e: command('cursor') } },
    '/home/me/.config/Code/User/mcp.json': { servers: { e: command('user'), f: command('user') } },
    '/home/me/.claude.json': { mcpServers: { f: command('claude-user'), g: command('claude-user') } },
    '/home/me/.config/Claude/claude_desktop_config.json': {
      mcpServers: { g: command('desktop'), h: command('desktop') },
    },
  };

  test('in the workspace, then in the files of the user', async () => {
    const { servers, problems } = await discover(files, { user });
    expect(problems).toEqual([]);
    expect(servers.map(({ name, origin }) => [name, origin.host, origin.folder, origin.userLevel ?? false])).toEqual([
      ['a', 'portcullis', '/app', false],
      ['b', 'vscode', '/app', false],
      ['c', 'vscode', '/lib', false],
      ['d', 'claude-code', '/app', false],
      ['e', 'cursor', '/app', false],
      ['f', 'vscode', '/app', true],
      ['g', 'claude-code', '/app', true],
      ['h', 'claude-desktop', '/app', true],
    ]);
    expect(servers[3]?.origin.file).toBe('/app/.mcp.json');
  });

  test("the user's files are read only when the caller says where they are", async () => {
    const { servers, files: looked } = await discover(files);
    expect(servers.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(looked).toHaveLength(8);
  });
});

test('every entry of a client is kept with its place, but for those that lead to a gateway', async () => {
  const text = '{\n  "mcpServers": {\n    "a": { "command": "x" },\n    "b": { "command": "y" }\n  }\n}';
  const governed = { command: '/s/bin/portcullis', args: ['gateway', '--stdio', '--server', 'a'] };
  const { servers, entries } = await discover(
    {
      '/app/portcullis.json': { servers: { a: command('x') } },
      '/app/.mcp.json': text,
      '/lib/.cursor/mcp.json': { mcpServers: { 'a-governed': governed } },
      '/home/me/.cursor/mcp.json': { mcpServers: { a: command('z') } },
    },
    { user },
  );
  expect(servers.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(entries).toEqual([
    {
      name: 'a',
      launch: { kind: 'stdio', command: 'x', args: [], env: {} },
      origin: { host: 'claude-code', file: '/app/.mcp.json', folder: '/app' },
      start: { line: 3, column: 5 },
      end: { line: 3, column: 28 },
    },
    expect.objectContaining({ name: 'b', start: { line: 4, column: 5 } }),
    expect.objectContaining({
      origin: { host: 'cursor', file: '/home/me/.cursor/mcp.json', folder: '/app', userLevel: true },
    }),
  ]);
});

test('portcullis.json adds settings to servers of other files', async () => {
  const { servers } = await discover({
    '/app/portcullis.json': { servers: { a: { mode: 'observe', policy: 'p.json' } } },
    '/app/.mcp.json': { mcpServers: { a: command('x'), b: command('y') } },
  });
  expect(servers.map(({ settings }) => settings)).toMatchObject([
    { mode: 'observe', policy: '/app/p.json', timeout: 60 },
    { mode: 'enforce' },
  ]);
});

test('settings for a server that nobody defines are a warning at their place', async () => {
  const text = '{\n  "servers": {\n    "gone": { "timeout": 5 }\n  }\n}';
  const { problems, usable } = await discover({ '/app/portcullis.json': text });
  expect(problems).toMatchObject([
    { file: '/app/portcullis.json', severity: 'warning', pointer: '/servers/gone', line: 3, column: 5 },
  ]);
  expect(usable).toBe(true);
});

test('a broken portcullis.json is not usable; a broken file of another product is only a problem', async () => {
  const broken = await discover({
    '/app/portcullis.json': '{ "servers": ',
    '/app/.mcp.json': { mcpServers: { a: command('x') } },
  });
  expect(broken).toMatchObject({ usable: false, problems: [{ severity: 'error', line: 1 }] });
  const other = await discover({ '/app/.vscode/mcp.json': '{\n "servers": { "a": {"command": "x"}, \n}' });
  expect(other).toMatchObject({ usable: true, problems: [{ severity: 'error', line: 3 }] });
  expect(other.servers.map(({ name }) => name)).toEqual(['a']);
});

describe('files on disk', () => {
  test('are read; what is no file, or too large, is a problem that says why', async () => {
    await using folder = await makeFolder({
      '.mcp.json': JSON.stringify({ mcpServers: { a: command('x') } }),
      '.vscode/mcp.json/occupied': '',
      '.cursor/mcp.json': ' '.repeat(4 * 1024 * 1024 + 1),
    });
    const { servers, problems } = await discoverServers([folder.path], { readFile: readConfigFile });
    expect(servers.map(({ name }) => name)).toEqual(['a']);
    expect(problems.map(({ file, message }) => [path.relative(folder.path, file), message])).toEqual([
      ['.vscode/mcp.json', 'This file cannot be read: it is not a file. Mend or remove it.'],
      ['.cursor/mcp.json', 'This file cannot be read: it is larger than 4194304 bytes. Mend or remove it.'],
    ]);
  });

  test('a portcullis.json that cannot be read is not usable', async () => {
    await using folder = await makeFolder({ 'portcullis.json/occupied': '' });
    expect(await discoverServers([folder.path], { readFile: readConfigFile })).toMatchObject({ usable: false });
  });
});

test('inputs of all files, the first of an id', async () => {
  const input = (description: string): object => ({ inputs: [{ id: 'k', type: 'promptString', description }] });
  const { inputs } = await discover({ '/app/.vscode/mcp.json': input('app'), '/lib/.vscode/mcp.json': input('lib') });
  expect(inputs).toEqual([{ id: 'k', type: 'promptString', description: 'app' }]);
});

describe('a file that is named by hand comes first', () => {
  test('with the format of its name or of its content', async () => {
    const files = {
      '/etc/gateway.json': { servers: { a: { command: 'ours', policy: 'a.json' } } },
      '/etc/claude.json': { mcpServers: { a: command('claude') } },
      '/etc/.vscode/mcp.json': { servers: { a: command('code') } },
      '/app/portcullis.json': { servers: { a: command('workspace') } },
    };
    const hosts = ['/etc/gateway.json', '/etc/claude.json', '/etc/.vscode/mcp.json'].map(async (config) => {
      const { servers } = await discover(files, { config });
      return servers[0]?.origin.host;
    });
    expect(await Promise.all(hosts)).toEqual(['portcullis', 'claude-code', 'vscode']);
    const { servers } = await discover(files, { config: '/etc/gateway.json' });
    expect(servers[0]?.settings.policy).toBe('/etc/a.json');
  });

  test('and must be there', async () => {
    expect(await discover({}, { config: '/etc/none.json' })).toMatchObject({
      usable: false,
      problems: [{ file: '/etc/none.json' }],
    });
  });
});
