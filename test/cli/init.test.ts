import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { portcullis as run, type CliResult } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { manyTools } from '../support/tool-lists.ts';

const SHOP = JSON.stringify({ tools: [{ name: 'get_item' }, { name: 'create_item' }, { name: 'delete_item' }] });

const serverCommand = (name: string, ...args: string[]): string[] => [
  process.execPath,
  path.resolve(import.meta.dirname, `../../node_modules/@modelcontextprotocol/server-${name}/dist/index.js`),
  ...args,
];

/** The lists that are kept for the next review stay in the test's folder. */
function portcullis(args: readonly string[], { cwd }: { cwd: string }): Promise<CliResult> {
  return run(args, { cwd, env: { XDG_CACHE_HOME: path.join(cwd, 'cache') } });
}

describe('portcullis init', () => {
  test('writes policy.json and says what it allows', async () => {
    await using folder = await makeFolder({ 'tools.json': SHOP });
    const { code, out, err } = await portcullis(['init', '--tools', 'tools.json'], { cwd: folder.path });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toBe('policy.json: 3 tools of tools.json: 1 allowed, 1 limited, 1 hidden.\n');
    expect(JSON.parse(await readFile(folder.file('policy.json'), 'utf8'))).toMatchObject({
      default: 'deny',
      hide: ['delete_item'],
      tools: { create_item: { limits: [{ counter: 'create_item_rate', max: 30 }] }, get_item: {} },
    });
  });

  test('prints the policy for -o -', async () => {
    await using folder = await makeFolder({ 'tools.json': SHOP });
    const { code, out } = await portcullis(['init', '--tools', 'tools.json', '-o', '-'], { cwd: folder.path });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: '1' });
  });

  test('overwrites with --force alone', async () => {
    await using folder = await makeFolder({ 'tools.json': SHOP, 'mine.json': 'mine' });
    const args = ['init', '--tools', 'tools.json', '-o', 'mine.json'];
    const refused = await portcullis(args, { cwd: folder.path });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('mine.json is left as it is');
    expect(await readFile(folder.file('mine.json'), 'utf8')).toBe('mine');
    expect((await portcullis([...args, '--force'], { cwd: folder.path })).code).toBe(0);
    expect(await readFile(folder.file('mine.json'), 'utf8')).toContain('get_item');
  });

  test('names the configured server in the policy', async () => {
    const [command, ...args] = serverCommand('memory');
    await using folder = await makeFolder({
      '.vscode/mcp.json': JSON.stringify({ servers: { graph: { command, args } } }),
    });
    const { code } = await portcullis(['init', '--server', 'graph'], { cwd: folder.path });
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(folder.file('policy.json'), 'utf8'))).toMatchObject({ server: 'graph' });
  });

  test.each([
    ['filesystem', 'recommended', ['.']],
    ['memory', 'read-only', []],
    ['everything', 'deny-all', []],
  ])('writes for the real %s server, %s, what passes check', async (server, profile, args) => {
    await using folder = await makeFolder();
    const source = ['--', ...serverCommand(server, ...args)];
    const made = await portcullis(['init', '--profile', profile, ...source], { cwd: folder.path });
    expect(made, made.err).toMatchObject({ code: 0 });
    const checked = await portcullis(['check', 'policy.json', ...source], { cwd: folder.path });
    expect({ code: checked.code, out: checked.out }).toEqual({ code: 0, out: '' });
  });

  test('writes for 734 tools what passes check and can be read', async () => {
    await using folder = await makeFolder({ 'tools.json': JSON.stringify({ tools: manyTools(734) }) });
    expect((await portcullis(['init', '--tools', 'tools.json'], { cwd: folder.path })).code).toBe(0);
    const { code, out } = await portcullis(['check', 'policy.json', '--tools', 'tools.json'], { cwd: folder.path });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    const text = await readFile(folder.file('policy.json'), 'utf8');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(180);
    expect((JSON.parse(text) as { hide: string[] }).hide.length).toBeLessThan(20);
  });

  test('says that a folder is missing', async () => {
    await using folder = await makeFolder({ 'tools.json': SHOP });
    const { code, err } = await portcullis(['init', '--tools', 'tools.json', '-o', 'no/p.json'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(err).toContain('no/p.json cannot be written: its folder does not exist.');
  });
});

describe('portcullis init on a policy that is there', () => {
  const CHANGED = JSON.stringify({
    tools: [
      { name: 'get_item' },
      { name: 'create_item', inputSchema: { properties: { action: { enum: ['create', 'delete'] } } } },
      { name: 'pay\u202e_bill' },
      { name: 'pay_bill' },
    ],
  });

  async function shop() {
    const folder = await makeFolder({ 'tools.json': SHOP, 'changed.json': CHANGED });
    await portcullis(['init', '--tools', 'tools.json'], { cwd: folder.path });
    const text = await readFile(folder.file('policy.json'), 'utf8');
    await folder.write('policy.json', text.replace('"get_item": {}', '"get_item":   { "reason": "Mine." }'));
    return folder;
  }

  test('says that nothing changed', async () => {
    await using folder = await shop();
    const { code, err } = await portcullis(['init', '--tools', 'tools.json'], { cwd: folder.path });
    expect({ code, err }).toEqual({ code: 0, err: 'policy.json is up to date.\n' });
  });

  test('shows what is new, gone and changed, and writes nothing', async () => {
    await using folder = await shop();
    const before = await readFile(folder.file('policy.json'), 'utf8');
    const { code, out, err } = await portcullis(['init', '--tools', 'changed.json', '--update'], { cwd: folder.path });
    expect(code).toBe(1);
    expect(out).toMatch(/New tools \(1\)\n {2}\+ pay_bill +Financial, critical +held for approval/);
    expect(out).toMatch(/Gone from the server \(1\)\n {2}- delete_item/);
    expect(out).toMatch(
      /~ create_item +Write, medium → Destructive, critical +Its inputSchema changed; proposed: hidden/,
    );
    expect(out).toContain('+    "pay_bill": { "action": "require_approval" }');
    expect(out).not.toContain('\u202e');
    expect(err).toContain('"pay\\u{202E}_bill" is left out');
    expect(err).toContain('Nothing was written');
    expect(await readFile(folder.file('policy.json'), 'utf8')).toBe(before);
  });

  test('makes the edits with --write, and keeps what a person wrote', async () => {
    await using folder = await shop();
    const write = await portcullis(['init', '--tools', 'changed.json', '--write'], { cwd: folder.path });
    expect(write.code).toBe(0);
    const text = await readFile(folder.file('policy.json'), 'utf8');
    expect(text).toContain('"get_item":   { "reason": "Mine." }');
    expect(JSON.parse(text)).toMatchObject({ hide: ['create_item'], tools: { pay_bill: {} } });
    const again = await portcullis(['init', '--tools', 'changed.json'], { cwd: folder.path });
    expect(again).toMatchObject({ code: 0, out: '' });
  });

  test('compares with the list that is given when none was kept', async () => {
    await using folder = await shop();
    await rm(folder.file('cache'), { recursive: true });
    const args = ['init', '--tools', 'changed.json'];
    const blind = await portcullis(args, { cwd: folder.path });
    expect(blind.out).not.toContain('~ create_item');
    expect(blind.err).toContain('no earlier list is known');
    const told = await portcullis([...args, '--before', 'tools.json'], { cwd: folder.path });
    expect(told.out).toContain('~ create_item');
  });

  test('does not fill the policy of one server with the tools of another', async () => {
    const [command, ...args] = serverCommand('memory');
    const servers = { graph: { command, args } };
    await using folder = await makeFolder({
      '.vscode/mcp.json': JSON.stringify({ servers }),
      'policy.json': '{ "version": "1", "server": "files", "default": "deny", "tools": {} }',
    });
    const { code, err } = await portcullis(['init', '--server', 'graph', '--write'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(err).toContain('policy.json is for the server "files"');
  });

  test('demands a policy with --update', async () => {
    await using folder = await makeFolder({ 'tools.json': SHOP });
    const { code, err } = await portcullis(['init', '--tools', 'tools.json', '--update'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(err).toContain('There is no policy.json to update');
  });
});
