/** Connecting a client: found, the difference seen, the way around the policy closed, written on a person's word alone, and taken back. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('connecting a client', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let original: string;

  const file = (name: string): string => path.join(workbench.folder, ...name.split('/'));
  const cursor = async (): Promise<string> => await readFile(file('.cursor/mcp.json'), 'utf8');
  const choose = async (text: string | RegExp): Promise<void> =>
    await workbench.picks.filter({ hasText: text }).first().click();

  beforeAll(async () => {
    const prepare = async (folder: string): Promise<void> => {
      const { servers } = JSON.parse(await readFile(path.join(folder, '.vscode', 'mcp.json'), 'utf8')) as {
        servers: { files: object };
      };
      original = `{\n  // the agent's own way\n  "mcpServers": {\n    "files": ${JSON.stringify(servers.files)}\n  }\n}\n`;
      await mkdir(path.join(folder, '.cursor'));
      await writeFile(path.join(folder, '.cursor', 'mcp.json'), original);
    };
    workbench = await Workbench.open({ prepare });
  });
  afterAll(async () => await workbench?.close());

  it('lists the clients that are found, and shows the difference of the one that is chosen', async () => {
    // The palette shows the commands that were there when it was opened.
    await workbench.statusItem('Gateway off').waitFor();
    await workbench.run('Portcullis: Connect a Client');
    await workbench.picks.filter({ hasText: /Cursor.*this folder/ }).waitFor();
    await workbench.screenshot('connect-clients');
    await choose(/Cursor.*this folder/);
    await workbench.difference('"files-governed"').waitFor();
    await workbench.picks.filter({ hasText: 'Write this' }).waitFor();
    expect(await cursor()).toBe(original);
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'connect-difference-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'connect-difference-high-contrast' },
    { theme: 'Dark Modern', className: 'vs-dark', picture: 'connect-difference' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await workbench.setTheme(theme, className);
    await workbench.screenshot(picture);
  });

  it('writes after the way around the policy was shown closed', async () => {
    await choose('close the way around the policy');
    await workbench.difference("the agent's own way").waitFor();
    await choose('Write this');
    await expect.poll(cursor).toContain('files-governed');
    const written = await cursor();
    expect(written).toContain("// the agent's own way");
    expect(written).not.toContain('"files":');
    expect(written).not.toMatch(/pcl_|Bearer/);
  });

  it('takes it back, byte for byte', async () => {
    await workbench.run('Portcullis: Connect a Client');
    await choose(/Cursor.*connected/);
    await choose('Disconnect Cursor from files');
    await expect.poll(cursor).toBe(original);
  });

  it('is offered at the policy that the client goes around, and shows the whole change first', async () => {
    await workbench.run('View: Close All Editors');
    await workbench.openFile('policy.json');
    await workbench.lens('14 tools').waitFor();
    await workbench.placeCursorAfter('policy.json', '"server": "fi');
    await workbench.showFix('Route Cursor through the gateway');
    await workbench.screenshot('not-through-gateway');
    await workbench.action('Route Cursor through the gateway').click();
    await workbench.difference("the agent's own way").waitFor();
    expect(await cursor()).toBe(original);
    await choose('Write this');
    await expect.poll(cursor).toContain('files-governed');
    expect(await cursor()).not.toContain('"files":');
  });
});
