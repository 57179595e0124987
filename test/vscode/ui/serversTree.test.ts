/** Servers and tools in the explorer: by risk, with what the policy does, and the policy edited from a row. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('the tree of servers and tools', () => {
  stopAtFirstFailure();
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open();
  });
  afterAll(async () => await workbench?.close());

  const row = (name: RegExp) => workbench.page.getByRole('treeitem', { name }).first();

  it('shows a server with its policy, and its tools with risk and decision', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('14 tools').waitFor();
    await workbench.run('Explorer: Focus on MCP Servers View');
    await row(/^files, not served · 14 tools · policy\.json/).click();
    await row(/^write_file, .*allowed under conditions/).waitFor();
    await row(/^move_file, .*hidden/).waitFor();
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'servers-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'servers-high-contrast' },
    { theme: 'Dark Modern', className: 'vs-dark', picture: 'servers' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await workbench.setTheme(theme, className);
    await workbench.screenshot(picture);
  });

  it('denies a tool from its row, in the editor, unsaved', async () => {
    const file = path.join(workbench.folder, 'policy.json');
    const before = await readFile(file, 'utf8');
    const tool = row(/^edit_file, /);
    await tool.hover();
    await tool.getByRole('button', { name: 'Deny This Tool' }).click();
    await workbench.line('"edit_file"').waitFor();
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});
