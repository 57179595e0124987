import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { manyTools } from '../support/tool-lists.ts';

const SHOP = JSON.stringify({ tools: [{ name: 'get_item' }, { name: 'create_item' }, { name: 'delete_item' }] });
const PROFILES = ['recommended', 'read-only', 'deny-all'];

const serverCommand = (name: string, ...args: string[]): string[] => [
  process.execPath,
  path.resolve(import.meta.dirname, `../../node_modules/@modelcontextprotocol/server-${name}/dist/index.js`),
  ...args,
];

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
    expect((await portcullis(args, { cwd: folder.path })).code).toBe(2);
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
    ['filesystem', ['.']],
    ['memory', []],
    ['everything', []],
  ])(
    'writes for the real %s server what passes check',
    async (server, args) => {
      await using folder = await makeFolder();
      const source = ['--', ...serverCommand(server, ...args)];
      for (const profile of PROFILES) {
        const file = `${profile}.json`;
        const made = await portcullis(['init', '-o', file, '--profile', profile, ...source], { cwd: folder.path });
        expect(made, made.err).toMatchObject({ code: 0 });
        const checked = await portcullis(['check', file, ...source], { cwd: folder.path });
        expect({ code: checked.code, out: checked.out }).toEqual({ code: 0, out: '' });
      }
    },
    60_000,
  );

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
