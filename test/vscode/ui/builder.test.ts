/** The policy builder with 734 tools, as a person uses it in a real VS Code: found, filtered, changed together, compared, undone. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manyTools } from '../../support/tool-lists.ts';
import { projectRoot } from '../host/paths.mts';
import { json } from '../workspace.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

/** Laid out by hand, so that a change which touches more than it should is seen. */
const POLICY = `{
  "version": "1",
  "server":  "exchange",
  "default": "deny",
  "all_tools": { "limits": [{ "counter": "calls", "window": "minute", "max": 60 }] },
  "tools": {
    "get_account":   {},
    "transfer_order": {
      "deny_if": [ { "path": "args.amount",  "op": "gt", "value": 10 } ]
    },
    "retired_tool": { "action": "deny" }
  }
}
`;

describe('the policy builder', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  const row = (tool: string): Locator => workbench.builder.locator(`tr[data-id="${tool}"]`);
  const pressed = (tool: string): Locator => row(tool).locator('button[aria-pressed="true"]');
  const grid = (): Locator => workbench.builder.getByRole('grid');
  const filter = (): Locator => workbench.builder.getByRole('textbox', { name: /^Filter by/ });
  const outcome = (text: string): Locator => workbench.builder.locator('.outcome', { hasText: text });
  const onDisk = (): Promise<string> => readFile(path.join(workbench.folder, 'policy.json'), 'utf8');

  beforeAll(async () => {
    workbench = await Workbench.open({ prepare });
  });
  afterAll(async () => await workbench?.close());

  it('opens from the title bar of the text, which stays the editor that files open in', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('734 tools').waitFor();
    await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Open Policy Builder' }).click();
    await workbench.builder.getByText('735 of 735 tools').waitFor();
    await workbench.builder.getByText('Tools of exchange').waitFor();
    await workbench.builder.getByRole('button', { name: /at most 60/ }).waitFor();
  });

  it('shows the most dangerous first, each with its state and what is decided', async () => {
    expect(await grid().getAttribute('aria-rowcount')).toBe('736');
    expect(await workbench.builder.locator('tr.tool-row span.risk').first().innerText()).toBe('Critical');
    await filter().fill('transfer_order');
    expect(await pressed('transfer_order').innerText()).toBe('Custom');
    expect(await row('transfer_order').innerText()).toMatch(/Allowed under conditions[\s\S]*args\.amount/);
    await filter().fill('retired_tool');
    expect(await row('retired_tool').innerText()).toMatch(/Not listed by the server[\s\S]*Denied/);
    await filter().fill('');
    await workbench.screenshot('builder-dark');
  });

  it('filters by risk and state, hides what is left all at once, and says what came of it', async () => {
    await workbench.builder.getByRole('combobox', { name: /^Risk/ }).selectOption('critical');
    await workbench.builder.getByRole('combobox', { name: /^State/ }).selectOption('deny');
    await filter().fill('cancel');
    const count = Number(await grid().getAttribute('aria-rowcount')) - 1;
    expect(count).toBeGreaterThan(10);
    await workbench.builder.getByRole('button', { name: 'Select All Shown' }).click();
    await workbench.builder.getByText(`${count} selected`).waitFor();
    await workbench.screenshot('builder-selected');
    const bulk = workbench.builder.getByRole('group', { name: 'Change the selected tools' });
    await bulk.getByRole('button', { name: 'Hide' }).click();
    await outcome(`${count} tools changed.`).waitFor();
    await workbench.builder.getByText('No tool matches the filter.').waitFor();
    await workbench.builder.getByRole('button', { name: 'Clear Selection' }).click();
    await workbench.builder.getByRole('button', { name: 'Clear Filter' }).click();
    expect(await onDisk()).toBe(POLICY);
  });

  it('shows the difference of the text before it is saved', async () => {
    await workbench.builder.getByRole('button', { name: 'Show Changes' }).click();
    await workbench.difference('"hide": [').waitFor();
    await workbench.difference('"cancel_account",').waitFor();
    await workbench.screenshot('builder-difference');
    await workbench.page.keyboard.press('Control+w');
    await workbench.builder.getByText('735 of 735 tools').waitFor();
  });

  it('undoes the change of all of them in one step, from the builder', async () => {
    await grid().focus();
    await workbench.page.keyboard.press('Control+z');
    await workbench.builder.locator('.unsaved').waitFor({ state: 'hidden' });
    expect(await workbench.builder.getByRole('combobox', { name: /^State/ }).innerText()).toContain('Hide (0)');
  });

  it('takes undo and save that are pressed at once after the change that they are meant for', async () => {
    await filter().fill('get_account');
    await row('get_account').click({ position: { x: 300, y: 5 } });
    for (const key of ['d', 'Control+z', 'h', 'Control+s']) await workbench.page.keyboard.press(key);
    await expect.poll(onDisk).toContain('"hide": [');
    await workbench.builder.locator('.unsaved').waitFor({ state: 'hidden' });
    expect(await onDisk()).not.toContain('"get_account":   { "action"');
    for (const key of ['Control+z', 'Control+s']) await workbench.page.keyboard.press(key);
    await expect.poll(onDisk).toBe(POLICY);
  });

  it('is used without a mouse, and writes what was chosen and no more', async () => {
    await filter().fill('get_account');
    await filter().press('Enter');
    await grid().focus();
    await row('get_account').click({ position: { x: 300, y: 5 } });
    await workbench.page.keyboard.press('h');
    await expect.poll(() => pressed('get_account').innerText()).toBe('Hide');
    await workbench.page.keyboard.press('a');
    await expect.poll(() => pressed('get_account').innerText()).toBe('Allow');
    await workbench.page.keyboard.press('p');
    await expect.poll(() => pressed('get_account').innerText()).toBe('Approve');
    await workbench.page.keyboard.press('Control+s');
    await workbench.builder.locator('.unsaved').waitFor({ state: 'hidden' });
    const saved = await onDisk();
    expect(JSON.parse(saved)).toMatchObject({ tools: { get_account: { action: 'require_approval' } } });
    expect(saved).toContain('"deny_if": [ { "path": "args.amount",  "op": "gt", "value": 10 } ]');
    expect(saved).toContain('"server":  "exchange"');
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'builder-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'builder-high-contrast' },
    { theme: 'Default High Contrast Light', className: 'hc-light', picture: 'builder-high-contrast-light' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await filter().fill('');
    await workbench.setTheme(theme, className);
    await workbench.builder.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    await grid().focus();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.screenshot(picture);
  });

  it('opens the text at the entry whose rules are written by hand, and follows what is typed there', async () => {
    await filter().fill('transfer_order');
    await row('transfer_order').getByRole('button', { name: 'Custom' }).click();
    await workbench.builder.getByRole('button', { name: 'Edit in the Text' }).first().click();
    await workbench.statusItem(/\(\d+ selected\)/).waitFor();
    await workbench.placeCursorAfter('policy.json', '"defa');
    await workbench.page.keyboard.type('z');
    await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Open Policy Builder' }).click();
    await workbench.builder.getByRole('heading', { name: 'The text is no valid policy' }).waitFor();
    await workbench.screenshot('builder-invalid');
    await workbench.builder.getByRole('button', { name: 'Open as Text' }).click();
    await workbench.page.keyboard.press('Control+z');
    await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Open Policy Builder' }).click();
    await workbench.builder.locator('.toolbar').waitFor();
  });
});

async function prepare(folder: string): Promise<void> {
  const stub = path.join(projectRoot, 'test', 'support', 'servers', 'stub.mts');
  const options = JSON.stringify({ name: 'exchange', tools: manyTools(734) });
  const server = { type: 'stdio', command: process.execPath, args: [stub, options] };
  await rm(path.join(folder, 'iam'), { recursive: true });
  await writeFile(path.join(folder, '.vscode', 'mcp.json'), json({ servers: { exchange: server } }));
  await writeFile(path.join(folder, 'policy.json'), POLICY);
}
