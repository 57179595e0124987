/** `portcullis connect` as a process: what it shows, writes and takes back, and that what it wrote leads an agent to the policy. */
import { spawn } from 'node:child_process';
import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import type { CliResult } from '../support/cli.ts';
import { portcullis } from '../support/cli.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { stubLaunch } from '../support/servers/start.ts';

/** As it stands in a file: without `kind`. */
const stub = (): object => ({ ...stubLaunch(), kind: undefined });
const policy = JSON.stringify({ version: '1', default: 'allow' });

/** A workspace, and a home in which nothing else is. */
async function workspace(files: Readonly<Record<string, string>>): Promise<{
  folder: Folder;
  run: (...args: string[]) => Promise<CliResult>;
  read: (name: string) => Promise<string>;
  [Symbol.asyncDispose]: () => Promise<void>;
}> {
  const folder = await makeFolder({ 'home/.keep': '', 'work/policy.json': policy, ...files });
  const env = { HOME: folder.file('home'), XDG_CONFIG_HOME: '', CODEX_HOME: '' };
  return {
    folder,
    run: (...args) =>
      portcullis(['connect', ...args, '--state', folder.file('state')], { cwd: folder.file('work'), env }),
    read: (name) => readFile(folder.file(name), 'utf8'),
    [Symbol.asyncDispose]: async () => await folder[Symbol.asyncDispose](),
  };
}

const vscodeFile = (): string => JSON.stringify({ servers: { files: stub() } });

test('shows first, writes on request, is written once, and takes back every byte', async () => {
  const codex = '# mine\nmodel = "m"\n';
  await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile(), 'home/.codex/config.toml': codex });
  const shown = await place.run('codex');
  expect(shown).toMatchObject({ code: 1, err: expect.stringContaining('--write') as string });
  expect(shown.out).toContain('+[mcp_servers.files-governed]');
  expect(await place.read('home/.codex/config.toml')).toBe(codex);

  expect(await place.run('codex', '--write')).toMatchObject({ code: 0 });
  const written = await place.read('home/.codex/config.toml');
  expect(written.startsWith(codex)).toBe(true);
  expect(await place.read('home/.codex/config.toml.portcullis-backup')).toBe(codex);
  expect(await place.run('codex', '--write')).toMatchObject({ code: 0, out: 'Nothing is to be changed.\n' });
  expect(JSON.parse((await place.run('--format', 'json')).out)).toContainEqual(
    expect.objectContaining({ client: 'codex', installed: true, connected: ['files'] }),
  );

  expect(await place.run('codex', '--undo', '--write')).toMatchObject({ code: 0 });
  expect(await place.read('home/.codex/config.toml')).toBe(codex);
  await expect(place.read('home/.codex/config.toml.portcullis-backup')).rejects.toThrow('ENOENT');
});

test('a file that was made goes again; one that was edited since keeps the edit', async () => {
  await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile() });
  await place.run('cursor', '--write');
  await place.run('cursor', '--undo', '--write');
  await expect(place.read('work/.cursor/mcp.json')).rejects.toThrow('ENOENT');

  await place.folder.write('work/.cursor/mcp.json', '{ "mcpServers": {} }');
  await place.run('cursor', '--write');
  const edited = JSON.parse(await place.read('work/.cursor/mcp.json')) as { mcpServers: Record<string, unknown> };
  await place.folder.write('work/.cursor/mcp.json', JSON.stringify({ ...edited, later: true }));
  await place.run('cursor', '--undo', '--write');
  expect(JSON.parse(await place.read('work/.cursor/mcp.json'))).toEqual({ mcpServers: {}, later: true });
});

test('the original is warned of, and routed: its definition moves to portcullis.json, and back', async () => {
  const original = `{\n  // the only one\n  "mcpServers": { "files": ${JSON.stringify(stub())} }\n}\n`;
  await using place = await workspace({ 'work/.cursor/mcp.json': original });
  expect((await place.run('cursor')).err).toContain('around the policy');
  expect(await place.run('cursor', '--route', '--write')).toMatchObject({ code: 0 });
  const { mcpServers } = JSON.parse((await place.read('work/.cursor/mcp.json')).replace('// the only one', '')) as {
    mcpServers: Record<string, unknown>;
  };
  expect(Object.keys(mcpServers)).toEqual(['files-governed']);
  expect(JSON.parse(await place.read('work/portcullis.json'))).toMatchObject({ servers: { files: { type: 'stdio' } } });
  expect((await place.run('cursor')).err).not.toContain('around the policy');
  await place.run('cursor', '--undo', '--write');
  expect(await place.read('work/.cursor/mcp.json')).toBe(original);
});

test('values of the user, which may be secret, are never copied into the workspace', async () => {
  const secret = { ...stub(), env: { TOKEN: 'hunter2' } };
  const text = JSON.stringify({ mcpServers: { files: secret } });
  await using place = await workspace({ 'home/.codeium/windsurf/mcp_config.json': text });
  const run = await place.run('windsurf', '--route', '--write');
  expect(run).toMatchObject({ code: 1, err: expect.stringContaining('may be secret') as string });
  expect(run.out + run.err).not.toContain('hunter2');
  await expect(place.read('work/portcullis.json')).rejects.toThrow('ENOENT');
  expect(await place.read('home/.codeium/windsurf/mcp_config.json')).toBe(text);
});

test.skipIf(process.platform === 'win32')('a link in the workspace is not followed', async () => {
  await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile(), 'home/precious.json': '{}' });
  await place.folder.write('work/.cursor/.keep', '');
  await symlink(place.folder.file('home/precious.json'), place.folder.file('work/.cursor/mcp.json'));
  expect(await place.run('cursor', '--write')).toMatchObject({
    code: 2,
    err: expect.stringContaining('symbolic link') as string,
  });
  expect(await place.read('home/precious.json')).toBe('{}');
});

test.skipIf(process.platform === 'win32')('a folder of the workspace that is a link is not followed', async () => {
  await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile(), 'home/other/mcp.json': '{}' });
  await symlink(place.folder.file('home/other'), place.folder.file('work/.cursor'));
  expect(await place.run('cursor', '--write')).toMatchObject({
    code: 2,
    err: expect.stringContaining('symbolic link') as string,
  });
  expect(await place.read('home/other/mcp.json')).toBe('{}');
});

test.skipIf(process.platform === 'win32')(
  'the copy of what was there replaces a link, and is not written through it',
  async () => {
    const own = '{ "mcpServers": {} }';
    await using place = await workspace({
      ...{ 'work/.vscode/mcp.json': vscodeFile(), 'work/.cursor/mcp.json': own, 'home/.profile': 'precious' },
    });
    const backup = 'work/.cursor/mcp.json.portcullis-backup';
    await symlink(place.folder.file('home/.profile'), place.folder.file(backup));
    expect(await place.run('cursor', '--write')).toMatchObject({ code: 0 });
    expect(await place.read('home/.profile')).toBe('precious');
    expect(await place.read(backup)).toBe(own);
  },
);

test.skipIf(process.platform === 'win32')('what was written leads an agent to the server, by the policy', async () => {
  await using place = await workspace({
    'work/.vscode/mcp.json': vscodeFile(),
    'work/policy.json': JSON.stringify({ version: '1', default: 'deny', tools: {} }),
  });
  await place.run('claude-code', '--write');
  const { mcpServers } = JSON.parse(await place.read('work/.mcp.json')) as {
    mcpServers: Record<string, { command: string; args: string[] }>;
  };
  const { command = '', args } = mcpServers['files-governed'] ?? {};
  const agent = spawn(command, args ?? [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: agent.stdout })[Symbol.asyncIterator]();
  const ask = async (id: number, method: string, params: object): Promise<unknown> => {
    agent.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    for (;;) {
      const { value, done } = (await lines.next()) as { value: string; done?: boolean };
      if (done) throw new Error('the gateway ended');
      const message = JSON.parse(value) as { id?: number };
      if (message.id === id) return message;
    }
  };
  const clientInfo = { name: 'agent', version: '1' };
  await ask(1, 'initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  const denied = await ask(2, 'tools/call', { name: 'echo', arguments: {} });
  expect(JSON.stringify(denied)).toContain('POLICY DENIED');
  const ended = new Promise((resolve) => agent.once('close', resolve));
  agent.stdin.end();
  await ended;
});

test('routes past every place where Claude Code reads a server, and takes that back', async () => {
  await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile() });
  const project = { [place.folder.file('work')]: { mcpServers: { files: stub() }, history: [1] } };
  const own = `${JSON.stringify({ projects: project, mcpServers: { files: { command: 'own' } } }, null, 2)}\n`;
  await writeFile(place.folder.file('home/.claude.json'), own);
  expect(await place.run('claude-code', '--user', '--route', '--write')).toMatchObject({ code: 0 });
  const written = await place.read('home/.claude.json');
  expect(written).not.toContain('"files":');
  expect(written).toContain('"history"');
  expect((await place.run('claude-code', '--user')).err).not.toContain('Careful');
  await place.run('claude-code', '--user', '--undo', '--write');
  expect(await place.read('home/.claude.json')).toBe(own);
});

test("cuts a person's own table out of TOML, and nothing beside it", async () => {
  const table = (name: string): string =>
    `[mcp_servers.${name}]\ncommand = "x"\n\n[mcp_servers.${name}.env]\nA = "1"\n\n`;
  const codex = `model = "m"\n\n${table('files')}# the other\n${table('other')}`;
  await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile(), 'home/.codex/config.toml': codex });
  expect(await place.run('codex', '--server', 'files', '--route', '--write')).toMatchObject({ code: 0 });
  const written = await place.read('home/.codex/config.toml');
  expect(written).toContain(`model = "m"\n\n# the other\n${table('other')}`);
  expect(written).not.toContain('[mcp_servers.files]');
  await place.run('codex', '--server', 'files', '--undo', '--write');
  expect(await place.read('home/.codex/config.toml')).toBe(codex);
});

test('leaves a read-only file alone, and says where a broken one is broken', async () => {
  const zed = '{}\n';
  const cursor = '{\n  "mcpServers": {\n';
  await using place = await workspace({
    'work/.vscode/mcp.json': vscodeFile(),
    'home/.config/zed/settings.json': zed,
    'work/.cursor/mcp.json': cursor,
  });
  await chmod(place.folder.file('home/.config/zed/settings.json'), 0o444);
  expect((await place.run('zed', '--write')).err).toContain('is read-only');
  expect(await place.read('home/.config/zed/settings.json')).toBe(zed);
  expect(await place.run('cursor', '--write')).toMatchObject({
    code: 1,
    err: expect.stringContaining('(line ') as string,
  });
  expect(await place.read('work/.cursor/mcp.json')).toBe(cursor);
});

test('of a configuration in one long line, shows what changes in whole and the rest in part', async () => {
  const projects = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`/p/${index}`, { history: [] }]));
  const own = JSON.stringify({
    before: projects,
    mcpServers: { own: { command: 'x' } },
    after: projects,
    bidi: '\u202e',
  });
  await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile(), 'home/.claude.json': own });
  const { out } = await place.run('claude-code', '--user', '--server', 'files');
  const [, , , goes = '', comes = ''] = out.split('\n');
  expect(goes).toMatch(/^-.*characters that stay.*"mcpServers":\{"own":.*characters that stay/);
  expect(comes).toMatch(/^\+.*"own":\{"command":"x"\}, ?"files-governed": ?\{.*"--stdio".*characters that stay/);
  expect(comes.length).toBeLessThan(1_500);

  await place.run('claude-code', '--user', '--server', 'files', '--write');
  const undone = (await place.run('claude-code', '--user', '--server', 'files', '--undo')).out;
  expect(undone).toMatch(/^-.*"files-governed": ?\{.*"--stdio".*characters that stay/m);
  expect(undone).not.toContain('\u202e');
});

test('says what is in the way of a file', async () => {
  await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile(), 'work/.cursor': 'a file' });
  const { code, err } = await place.run('cursor', '--write');
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/mcp\.json cannot be written: a part of its path is a file/) as string,
  });
  expect(err).not.toMatch(/EEXIST|ENOTDIR|internal error/);
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'says which folder must be writable',
  async () => {
    await using place = await workspace({ 'work/.vscode/mcp.json': vscodeFile(), 'work/.cursor/.keep': '' });
    await chmod(place.folder.file('work/.cursor'), 0o555);
    const { code, err } = await place.run('cursor', '--write');
    await chmod(place.folder.file('work/.cursor'), 0o755);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/Make .*\.cursor writable for you/) as string,
    });
  },
);
