/** `portcullis lock`: what has changed is shown whole, and pinned only by a person whose own configuration allows it. */
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { portcullis } from '../support/cli.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { serveFolder } from '../gateway/support/serving.ts';
import { atTerminal, homeWith } from '../support/terminal.ts';

async function configure(folder: Folder, tools: readonly unknown[]): Promise<void> {
  const { command, args } = stubLaunch({ tools });
  await folder.write('.mcp.json', JSON.stringify({ mcpServers: { main: { command, args } } }));
}

const echo = stubTool('echo');
const other = stubTool('other');

describe('portcullis lock', () => {
  test('shows new tools whole, pins them once the code is typed, and has nothing to say after that', async () => {
    await using folder = await makeFolder();
    await using home = await homeWith({ shell: true });
    await configure(folder, [echo, { ...other, description: 'Quiet\u200B.' }]);
    const args = ['lock', '--server', 'main', '--state', folder.file('state')];
    const first = await portcullis(args, { cwd: folder.path });
    expect(first.code).toBe(1);
    // What hides something comes first.
    expect(first.out.indexOf('+ other')).toBeLessThan(first.out.indexOf('+ echo'));
    expect(first.out).toContain('! It holds hidden characters: \\u{200B}');
    expect(await atTerminal([...args, '--accept'], home, { types: () => 'wrong!', cwd: folder.path })).toMatchObject({
      code: 1,
    });
    expect(fs.existsSync(folder.file('portcullis.lock.json'))).toBe(false);
    expect(await atTerminal([...args, '--accept'], home, { cwd: folder.path })).toMatchObject({ code: 0 });
    expect(await portcullis(args, { cwd: folder.path })).toMatchObject({
      code: 0,
      out: 'The tools of main are as they were reviewed.\n',
    });
    await using elsewhere = await makeFolder();
    expect(await portcullis([...args, '--folder', folder.path], { cwd: elsewhere.path })).toMatchObject({ code: 0 });
    const log = await portcullis(['audit', 'list', '--state', folder.file('state')]);
    expect(log.out).toMatch(/accepted .*\(lock\) .*main\/(echo|other): counts as reviewed/);
  });

  test('shows what has changed line by line, knows a renamed tool, and a definition that has changed', async () => {
    await using folder = await makeFolder();
    await using home = await homeWith({ shell: true });
    const args = ['lock', '--server', 'main', '--state', folder.file('state')];
    await configure(folder, [echo, { ...other, description: 'Unlike the other.' }]);
    await atTerminal([...args, '--accept'], home, { cwd: folder.path });
    await configure(folder, [
      { ...echo, description: 'Reads keys.' },
      { ...other, name: 'renamed', description: 'Unlike the other.' },
    ]);
    const { code, out } = await portcullis(args, { cwd: folder.path });
    expect(code).toBe(1);
    expect(out).toContain('main is started or reached in another way');
    expect(out).toMatch(/~ echo \(description\)[^]*\n\+ {2}"description": "Reads keys\."/);
    expect(out).toContain('+ renamed (renamed from other)');
    expect(out).toContain('- other\n');
  });

  test('does not overwrite an edit of the file that waits', async () => {
    await using folder = await makeFolder();
    await using home = await homeWith({ shell: true });
    const args = ['lock', '--server', 'main', '--state', folder.file('state'), '--accept'];
    await configure(folder, [echo]);
    await atTerminal(args, home, { cwd: folder.path });
    const lock = folder.file('portcullis.lock.json');
    const pinned = fs.readFileSync(lock, 'utf8');
    const edited = pinned.replace('"main"', '"another"');
    fs.writeFileSync(lock, edited);
    await configure(folder, [echo, other]);
    const { code, err } = await atTerminal(args, home, { cwd: folder.path });
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('the edit waits') as string });
    expect(fs.readFileSync(lock, 'utf8')).toBe(edited);
    fs.writeFileSync(lock, pinned);
    expect(await atTerminal(args, home, { cwd: folder.path })).toMatchObject({ code: 0 });
  });

  test('starts no program that was put in the place of the accepted one, to show what it lists', async () => {
    await using folder = await makeFolder({ 'main.policy.json': '{"version":"1","default":"deny","server":"main"}' });
    await configure(folder, [echo]);
    await serveFolder(folder).then((gateway) => gateway.stop());
    const write = `fs.writeFileSync(${JSON.stringify(folder.file('ran'))}, '')`;
    const main = { command: process.execPath, args: ['-e', write] };
    await folder.write('.mcp.json', JSON.stringify({ mcpServers: { main } }));
    const args = ['lock', '--server', 'main', '--state', folder.file('state')];
    const { code, err } = await portcullis(args, { cwd: folder.path });
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('A person has to accept it') as string,
    });
    expect(fs.existsSync(folder.file('ran'))).toBe(false);
  });

  test('an agent with a shell does not pin', async () => {
    await using folder = await makeFolder();
    await using home = await homeWith();
    await configure(folder, [echo]);
    const { code, err } = await atTerminal(['lock', '--server', 'main', '--accept'], home, { cwd: folder.path });
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('A shell may not accept tools here') as string,
    });
    expect(fs.existsSync(folder.file('portcullis.lock.json'))).toBe(false);
  });
});
