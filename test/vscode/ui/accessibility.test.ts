/** The pages as assistive technology finds them, in each kind of theme: the audit panel with calls and a question, the builder with a selection. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent, readToken, type Agent } from '../client.ts';
import { json, policy } from '../workspace.ts';
import { examine } from './axe.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

const THEMES = [
  { theme: 'Dark Modern', className: 'vs-dark' },
  { theme: 'Light Modern', className: 'vs' },
  { theme: 'Default High Contrast', className: 'hc-black' },
  { theme: 'Default High Contrast Light', className: 'hc-light' },
] as const;

const asking = {
  ...policy,
  all_tools: { limits: [{ counter: 'calls', window: 'minute', max: 60 }] },
  tools: { ...policy.tools, create_directory: { action: 'require_approval', approval: { timeout: 600 } } },
};

describe('accessibility of the pages', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let agent: Agent;

  beforeAll(async () => {
    const prepare = (folder: string): Promise<void> => writeFile(path.join(folder, 'policy.json'), json(asking));
    workbench = await Workbench.open({ prepare });
  });
  afterAll(async () => {
    await agent?.close().catch(() => undefined);
    await workbench?.close();
  });

  it('has calls of each kind to show, one of which waits', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('Start Gateway').click();
    await workbench.lens('13 of 14 tools').waitFor();
    const url = /http:\/\/127\.0\.0\.1:\d+\/mcp\/files/.exec(await workbench.lens('13 of 14 tools').innerText())?.[0];
    agent = await connectAgent(url ?? '', await readToken(workbench.dataDir));
    const files = path.join(workbench.folder, 'files');
    await agent.call('read_text_file', { path: path.join(files, 'notes.md') });
    await agent.call('write_file', { path: path.join(files, 'run.sh'), content: '' });
    agent.call('create_directory', { path: path.join(files, 'drafts') }).catch(() => undefined);
    await workbench.audit.getByRole('button', { name: 'Review…' }).waitFor();
    await workbench.audit.locator('tr.call', { hasText: 'write_file' }).waitFor();
  });

  it.each(THEMES)('has nothing to object to in the panel in $theme', async ({ theme, className }) => {
    await workbench.setTheme(theme, className);
    await workbench.audit.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    await workbench.audit.getByRole('grid').focus();
    await workbench.page.keyboard.press('Home');
    expect((await examine(workbench.audit)).violations).toEqual([]);
    await workbench.audit.getByRole('textbox').focus();
    const { violations, passed } = await examine(workbench.audit);
    expect(violations).toEqual([]);
    expect(passed).toEqual(expect.arrayContaining(LOOKED_AT));
  });

  it('has a builder with a selection', async () => {
    await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Open Policy Builder' }).click();
    await workbench.builder.getByText('14 of 14 tools').waitFor();
    await workbench.builder.getByRole('grid').focus();
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press(' ');
    await workbench.builder.getByText('1 selected').waitFor();
  });

  it.each(THEMES)('has nothing to object to in the builder in $theme', async ({ theme, className }) => {
    await workbench.setTheme(theme, className);
    await workbench.builder.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    await workbench.builder.getByRole('grid').focus();
    expect((await examine(workbench.builder)).violations).toEqual([]);
    await workbench.builder.getByRole('textbox').first().focus();
    const { violations, passed } = await examine(workbench.builder);
    expect(violations).toEqual([]);
    expect(passed).toEqual(expect.arrayContaining(LOOKED_AT));
  });
});

/** Where these find nothing to look at, the page was not there. */
const LOOKED_AT = ['aria-required-children', 'button-name', 'color-contrast', 'html-has-lang', 'target-size'];
