/**
 * The main job, played by a user with mouse and keyboard in a real VS Code, with a real MCP server behind and a real MCP client in front.
 * The steps build on one another; each leaves a picture in out/screenshots.
 */
import { existsSync, readFileSync } from 'node:fs';

import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../client.ts';
import { connectAtLens } from './agent.ts';
import { isInView, stopAtFirstFailure, Workbench } from './workbench.ts';

describe('from a policy to a denied call', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let agent: Agent;

  beforeAll(async () => void (workbench = await Workbench.open()));

  afterAll(async () => {
    await agent?.close().catch(() => undefined);
    await workbench?.close();
  });

  it('recognises the policy and reads the tools of the live server', async () => {
    await workbench.openFile('policy.json');
    await workbench.statusItem('MCP Policy').waitFor();
    await workbench.lens('14 tools').waitFor();
    await workbench.lens('Start Gateway').waitFor();
  });

  it('completes tool names from the live server', async () => {
    await workbench.placeCursorAfter('policy.json', '"tools": {');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('"dir');
    await workbench.suggestions.filter({ hasText: 'directory_tree' }).waitFor();
    await workbench.screenshot('completion');
    await workbench.page.keyboard.press('Enter');
    await workbench.line('"directory_tree"').waitFor();
    await workbench.revert();
  });

  it("completes argument paths from the tool's schema", async () => {
    await workbench.placeCursorAfter('policy.json', '"path": "args.');
    await workbench.page.keyboard.press('Control+Space');
    await workbench.suggestions.filter({ hasText: 'args.content' }).waitFor();
    await workbench.screenshot('completion-path');
    await workbench.page.keyboard.press('Escape');
  });

  it('underlines a misspelt tool and mends it', async () => {
    await workbench.placeCursorAfter('policy.json', '"writ');
    await workbench.page.keyboard.type('t');
    await workbench.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await workbench.page.keyboard.press('Control+.');
    const fix = workbench.page.locator('.action-widget .monaco-list-row', { hasText: 'write_file' }).first();
    await fix.waitFor();
    await workbench.screenshot('quick-fix');
    await fix.click();
    await workbench.line('"write_file"').waitFor();
    await workbench.revert();
  });

  it('says on hover the risk, what is decided and what the tool does, the decision in plain sight', async () => {
    const hover = await workbench.hover('write_file');
    expect(await hover.innerText()).toMatch(
      /medium risk · Write[\s\S]*allowed only when args\.path[\s\S]*Create a new file/,
    );
    expect(await isInView(hover.getByText('allowed only when'), hover)).toBe(true);
    await workbench.picture('hover');
    await workbench.page.mouse.move(640, 785);
    await hover.waitFor({ state: 'hidden' });
  });

  it('starts the gateway from the lens', async () => {
    await workbench.lens('Start Gateway').click();
    await workbench.lens('Stop Gateway').waitFor();
    await workbench.lens('13 of 14 tools').waitFor();
    await workbench.statusItem('Gateway on').waitFor();
    await workbench.audit.getByText('No call yet').waitFor();
    await workbench.screenshot('gateway-running');
  });

  it('shows an agent the tools that are not hidden', async () => {
    agent = await connectAtLens(workbench, '13 of 14 tools');
    const tools = await agent.tools();
    expect(tools).toContain('write_file');
    expect(tools).not.toContain('move_file');
  });

  it('shows an allowed and a denied call within a second', async () => {
    await agent.call('read_text_file', { path: path.join(workbench.folder, 'files', 'notes.md') });
    const script = path.join(workbench.folder, 'files', 'run.sh');
    const answer = await agent.call('write_file', { path: script, content: 'echo' });
    const answered = performance.now();
    await rows(workbench, 'write_file').waitFor();
    expect(performance.now() - answered).toBeLessThan(1000);
    expect(answer.text).toContain('[POLICY DENIED] Only .md and .txt files may be written.');
    expect(existsSync(script)).toBe(false);
    expect(await rows(workbench, 'write_file').innerText()).toMatch(/Denied[\s\S]*require\/args\.path-regex/);
    expect(await rows(workbench, 'read_text_file').innerText()).toMatch(/Allowed/);
    await workbench.statusItem('1 denied').waitFor();
    await workbench.screenshot('audit-dark');
  });

  it('names the parts of the audit page for screen readers, and can be used without a mouse', async () => {
    const { audit, page } = workbench;
    const grid = audit.getByRole('grid', { name: 'Calls that the gateway decided, newest first' });
    expect(await grid.getByRole('columnheader').allInnerTexts()).toEqual(COLUMNS);
    expect(await grid.getAttribute('aria-rowcount')).toBe('3');
    await audit.getByRole('group', { name: 'Which calls to show' }).getByRole('button', { name: 'All' }).waitFor();
    await audit.getByRole('listbox').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    const selected = grid.getByRole('row', { selected: true });
    expect(await grid.getAttribute('aria-activedescendant')).toBe(await selected.getAttribute('id'));
    expect(await selected.innerText()).toContain('read_text_file');
    expect(await audit.locator('.calls').evaluate(outlineStyle)).toBe('solid');
    await audit.locator('[aria-live="polite"]', { hasText: 'new call' }).waitFor({ state: 'attached' });
  });

  it('filters the denied calls and goes to the rule of one', async () => {
    await workbench.audit.getByRole('button', { name: 'Denied', exact: true }).click();
    await rows(workbench, 'read_text_file').waitFor({ state: 'detached' });
    await rows(workbench, 'write_file').dblclick();
    await workbench.statusItem(/Ln \d+, Col \d+ \(\d+ selected\)/).waitFor();
    expect(await workbench.editor.locator('.selected-text').count()).toBeGreaterThan(0);
    await workbench.screenshot('go-to-rule');
  });

  it('offers a rule where none decided, and enforces it once a person has accepted that it lets more through', async () => {
    const folder = path.join(workbench.folder, 'files', 'drafts');
    expect((await agent.call('create_directory', { path: folder })).text).toContain('POLICY DENIED');
    await rows(workbench, 'create_directory').dblclick();
    await workbench.picks.filter({ hasText: 'Allow this tool' }).waitFor();
    await workbench.screenshot('add-rule');
    await workbench.picks.filter({ hasText: 'Allow this tool' }).click();
    await workbench.line('"create_directory"').waitFor();
    await workbench.save();
    await expect
      .poll(() => readFileSync(path.join(workbench.folder, 'policy.json'), 'utf8'))
      .toContain('create_directory');
    const notice = (await workbench.notifications()).filter({ hasText: 'lets through more than before' }).first();
    await notice.getByRole('button', { name: 'Review…' }).click();
    const question = workbench.page.locator('.monaco-dialog-box', { hasText: 'create_directory' });
    await question.waitFor();
    expect((await agent.call('create_directory', { path: folder })).text).toContain('POLICY DENIED');
    await workbench.screenshot('accept-looser-policy');
    await question.getByRole('button', { name: 'Accept' }).click();
    await question.waitFor({ state: 'detached' });
    // The dialog closes at once, and the gateway accepts a moment later.
    await expect.poll(async () => (await agent.call('create_directory', { path: folder })).isError).toBe(false);
    expect(existsSync(folder)).toBe(true);
  });

  it('says when an edit is invalid, and keeps the last good policy in force', async () => {
    await workbench.placeCursorAfter('policy.json', '"defa');
    await workbench.page.keyboard.type('z');
    await workbench.save();
    await workbench.statusItem('Policy invalid').waitFor();
    await workbench.audit.locator('.banner', { hasText: 'The last valid policy stays in force' }).waitFor();
    expect((await agent.call('edit_file', { path: '/', edits: [] })).text).toContain('POLICY DENIED');
    await workbench.screenshot('invalid-policy');
    await workbench.page.keyboard.press('Control+z');
    await workbench.save();
    await workbench.statusItem('Policy invalid').waitFor({ state: 'detached' });
  });

  it('lists what can be done from the status bar', async () => {
    await workbench.statusItem(/denied/).click();
    await workbench.picks.filter({ hasText: 'Copy Client Configuration' }).click();
    await workbench.picks.filter({ hasText: 'Claude Code' }).waitFor();
    await workbench.screenshot('client-configuration');
    await workbench.page.keyboard.press('Escape');
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'audit-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'audit-high-contrast' },
    { theme: 'Default High Contrast Light', className: 'hc-light', picture: 'audit-high-contrast-light' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await workbench.setTheme(theme, className);
    await workbench.audit.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    await workbench.audit.locator('table').focus();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.screenshot(picture);
  });

  it('stops the gateway from the lens', async () => {
    await workbench.lens('Stop Gateway').click();
    await workbench.lens('Start Gateway').waitFor();
    await workbench.audit.locator('.banner', { hasText: 'The gateway is stopped' }).waitFor();
    await expect(agent.tools()).rejects.toThrow();
  });
});

const COLUMNS = ['Time', 'Client', 'Tool', 'Decision', 'Rule', 'Latency', 'Message'];

const rows = (workbench: Workbench, tool: string) => workbench.audit.locator('tr.call', { hasText: tool }).first();

/** Runs in the page. */
function outlineStyle(element: unknown): string {
  const page = globalThis as unknown as { getComputedStyle(element: unknown): { outlineStyle: string } };
  return page.getComputedStyle(element).outlineStyle;
}
