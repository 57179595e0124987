/** The pages as assistive technology finds them, in each kind of theme: the audit panel with calls and a question, the builder with a selection. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../client.ts';
import { connectAtLens } from './agent.ts';
import { writeAskingPolicy } from '../workspace.ts';
import { examine } from './axe.ts';
import { cutOff, tabStops, tabTo } from './pageProbes.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

const THEMES = [
  { theme: 'Dark Modern', className: 'vs-dark' },
  { theme: 'Light Modern', className: 'vs' },
  { theme: 'Default High Contrast', className: 'hc-black' },
  { theme: 'Default High Contrast Light', className: 'hc-light' },
] as const;

/** A window of 1280 × 800 pixels that is zoomed to twice its size, as the page finds it, and one with a narrow panel. */
const SIZES = [
  { name: 'zoom-200', width: 640, height: 400 },
  { name: 'narrow', width: 300, height: 700 },
] as const;

describe('accessibility of the pages', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let agent: Agent;
  let answer: Promise<{ readonly text: string }>;
  const press = (...keys: string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => workbench.page.keyboard.press(key)), Promise.resolve());
  const command = async (title: string): Promise<void> => {
    await press('F1');
    await workbench.page.locator('.quick-input-widget input').fill(`>${title}`);
    await workbench.picks.filter({ hasText: title }).first().waitFor();
    await press('Enter');
  };

  beforeAll(async () => {
    workbench = await Workbench.open({ prepare: writeAskingPolicy });
  });
  afterAll(async () => {
    await agent?.close().catch(() => undefined);
    await workbench?.close();
  });

  it('has calls of each kind to show, one of which waits', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('Start Gateway').click();
    await workbench.lens('13 of 14 tools').waitFor();
    agent = await connectAtLens(workbench, '13 of 14 tools');
    const files = path.join(workbench.folder, 'files');
    await agent.call('read_text_file', { path: path.join(files, 'notes.md') });
    await agent.call('write_file', { path: path.join(files, 'run.sh'), content: '' });
    answer = agent.call('create_directory', { path: path.join(files, 'drafts') });
    answer.catch(() => undefined);
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
    const stops = await tabStops(workbench.page, workbench.audit);
    expect(stops.map(({ name }) => name)).toEqual(expect.arrayContaining(['Review…', 'Deny', 'All', 'Denied']));
    expect(stops.filter(({ isShown }) => !isShown)).toEqual([]);
  });

  it('leaves the window to the panel and the editor', async () => {
    await workbench.run('View: Close Primary Side Bar');
    await workbench.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  });

  it.each(SIZES)('cuts nothing off in the panel at $name', async ({ name, width, height }) => {
    await workbench.page.setViewportSize({ width, height });
    await workbench.audit.getByRole('button', { name: 'Review…' }).waitFor();
    await workbench.screenshot(`panel-${name}`);
    expect(await cutOff(workbench.audit)).toEqual([]);
  });

  it('leads through the panel by keyboard alone: to a rule, and to the answer to a question', async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    await command('Portcullis: Show Audit');
    await tabTo(workbench.page, workbench.audit, /^Denied$/);
    await press('Space');
    await workbench.audit.locator('tr.call', { hasText: 'read_text_file' }).waitFor({ state: 'detached' });
    await tabTo(workbench.page, workbench.audit, /^Calls that/);
    await press('Home', 'Enter');
    const goToRule = workbench.audit.getByRole('button', { name: 'Go to Rule' });
    await goToRule.waitFor();
    await tabTo(workbench.page, workbench.audit, /^Go to Rule$/);
    await press('Enter');
    await workbench.statusItem(/\(\d+ selected\)/).waitFor();
    await command('Portcullis: Show Audit');
    await tabTo(workbench.page, workbench.audit, /^Review…$/);
    await press('Enter');
    await workbench.picks.filter({ hasText: 'Allow Once' }).waitFor();
    await press('ArrowDown', 'ArrowDown', 'Enter');
    expect((await answer).text).toContain('drafts');
    await workbench.audit.getByRole('button', { name: 'Review…' }).waitFor({ state: 'detached' });
  });

  it('has a builder with a selection', async () => {
    await command('View: Focus Active Editor Group');
    await command('Portcullis: Open Policy Builder');
    await workbench.builder.getByText('14 of 14 tools').waitFor();
    await tabTo(workbench.page, workbench.builder, /^Tools, the most/);
    await press('Home', 'Space');
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
    const stops = await tabStops(workbench.page, workbench.builder);
    expect(stops.length).toBeGreaterThan(5);
    expect(stops.filter(({ isShown }) => !isShown)).toEqual([]);
  });

  it('gives the builder the room of the window', async () => {
    await workbench.run('View: Hide Panel');
    await workbench.page.locator('.part.panel').waitFor({ state: 'hidden' });
  });

  it.each(SIZES.slice(0, 1))('cuts nothing off in the builder at $name', async ({ name, width, height }) => {
    await workbench.page.setViewportSize({ width, height });
    await workbench.screenshot(`builder-${name}`);
    expect(await cutOff(workbench.builder)).toEqual([]);
  });
});

/** Where these find nothing to look at, the page was not there. */
const LOOKED_AT = ['aria-required-children', 'button-name', 'color-contrast', 'html-has-lang', 'target-size'];
