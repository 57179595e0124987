/** The audit view as somebody uses it who wants to know what happened: over time, by tool, one call in full, and what can be done about it. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../client.ts';
import { connectAtLens } from './agent.ts';
import { json, policy } from '../workspace.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

const READS = 12;

describe('the audit view', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let agent: Agent;
  const grid = (): Locator => workbench.audit.getByRole('grid');
  const tree = (): Locator => workbench.audit.getByRole('treegrid');
  const row = (tool: string): Locator => workbench.audit.locator('tr.call', { hasText: tool }).first();
  const side = (): Locator => workbench.audit.getByRole('complementary', { name: 'Call' });
  const button = (name: string): Locator => workbench.audit.getByRole('button', { name, exact: true });
  const chart = (): Locator => workbench.audit.getByRole('listbox');
  const count = (text: string): Locator => workbench.audit.locator('.count', { hasText: text });
  const file = (name: string): string => path.join(workbench.folder, 'files', name);

  beforeAll(async () => {
    const limited = { ...policy.tools, 'read_*': { limits: [{ counter: 'reads', window: 'day', max: 20 }] } };
    workbench = await Workbench.open({
      prepare: (folder) => writeFile(path.join(folder, 'policy.json'), json({ ...policy, tools: limited })),
    });
    await workbench.openFile('policy.json');
    await workbench.lens('Start Gateway').click();
    await workbench.statusItem('Gateway on').waitFor();
    agent = await connectAtLens(workbench, 'of 14 tools');
  });
  afterAll(async () => {
    await agent?.close().catch(() => undefined);
    await workbench?.close();
  });

  it('tells once of a denial that nobody has seen, and badges the view for all of them', async () => {
    await workbench.audit.getByText('No call yet').waitFor();
    await workbench.panelTab('Problems').click();
    await agent.call('write_file', { path: file('run.sh'), content: 'echo' });
    await agent.call('create_directory', { path: file('drafts') });
    await workbench.statusItem('2 denied').waitFor();
    const badge = workbench.panelTab('Portcullis').locator('.badge-content');
    await badge.filter({ hasText: '2' }).waitFor();
    const notices = (await workbench.notifications()).filter({ hasText: 'was denied' });
    await notices.first().waitFor();
    expect(await notices.count()).toBe(1);
    expect(await notices.first().innerText()).toContain('write_file');
    await workbench.screenshot('first-denial');
    await notices.first().getByRole('button', { name: 'Show', exact: true }).click();
    await row('create_directory').waitFor();
    await badge.waitFor({ state: 'hidden' });
    expect(await button('Denied').getAttribute('aria-pressed')).toBe('true');
    await button('Clear Filter').click();
  });

  it('shows calls and denials over time, in words too', async () => {
    for (let index = 0; index < READS; index++) await agent.call('read_text_file', { path: file('notes.md') });
    await count(`${READS + 2} of ${READS + 2} calls`).waitFor();
    expect(await chart().getAttribute('aria-label')).toMatch(/^Calls: 14, denied: 2, from /);
    expect(await chart().getByRole('option').count()).toBe(60);
    await workbench.screenshot('audit-view');
  });

  it('filters to a stretch of time with the keys alone, and back', async () => {
    await chart().focus();
    await workbench.page.keyboard.press('End');
    const active = workbench.audit.locator('g.active');
    for (let step = 0; step < 60 && !/calls: [1-9]/.test((await active.getAttribute('aria-label')) ?? ''); step++)
      await workbench.page.keyboard.press('ArrowLeft');
    const calls = Number(/calls: (\d+)/.exec((await active.getAttribute('aria-label')) ?? '')?.[1]);
    await workbench.page.keyboard.press('Enter');
    await count(`${calls} of 14 calls`).waitFor();
    expect(await chart().getByRole('option', { selected: true }).count()).toBe(1);
    await workbench.screenshot('audit-range');
    await workbench.page.keyboard.press('Escape');
    await count('14 of 14 calls').waitFor();
  });

  it('filters to a stretch of time with a click, and to times up to now', async () => {
    const denied = chart()
      .getByRole('option', { name: /denied: [1-9]/ })
      .first();
    await denied.click();
    await row('write_file').waitFor();
    await workbench.audit.getByRole('combobox', { name: 'Time' }).selectOption('15m');
    await count('14 of 14 calls').waitFor();
    await button('Clear Filter').click();
  });

  it('groups the calls by tool, with counts, and opens a group with the keys', async () => {
    await button('Group by Tool').click();
    await tree().waitFor();
    const heads = workbench.audit.locator('tr.group');
    expect(await heads.allInnerTexts()).toEqual([
      expect.stringMatching(/read_text_file\s*calls: 12, denied: 0/),
      expect.stringMatching(/create_directory\s*calls: 1, denied: 1/),
      expect.stringMatching(/write_file\s*calls: 1, denied: 1/),
    ]);
    await tree().focus();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('ArrowRight');
    await row('write_file').waitFor();
    expect(await heads.last().getAttribute('aria-expanded')).toBe('true');
    await workbench.screenshot('audit-groups');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.audit.locator('tr.call.active').waitFor();
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.audit.locator('tr.group.active', { hasText: 'write_file' }).waitFor();
    await workbench.page.keyboard.press('ArrowLeft');
    await row('write_file').waitFor({ state: 'detached' });
    expect(await heads.last().getAttribute('aria-expanded')).toBe('false');
    await button('Group by Tool').click();
    await grid().waitFor();
  });

  it('follows the newest calls until the reader goes further down, and says so; the rows stay under the eye', async () => {
    const follows = (): Promise<string | null> => button('Follow').getAttribute('aria-pressed');
    const newCalls = workbench.audit.locator('.new-calls:not([hidden])');
    expect(await follows()).toBe('true');
    await grid().focus();
    await workbench.page.keyboard.press('End');
    await expect.poll(follows).toBe('false');
    const eldest = row('write_file');
    const before = await eldest.boundingBox();
    await agent.call('read_text_file', { path: file('notes.md') });
    await newCalls.filter({ hasText: '1 new' }).waitFor();
    expect(await eldest.boundingBox()).toEqual(before);
    await button('Follow').press('Enter');
    await newCalls.waitFor({ state: 'detached' });
    await expect.poll(follows).toBe('true');
    await agent.call('read_text_file', { path: file('notes.md') });
    await count('16 of 16 calls').waitFor();
    expect(await follows()).toBe('true');
    await button('Follow').press('Enter');
    expect(await follows()).toBe('false');
    await agent.call('read_text_file', { path: file('notes.md') });
    await newCalls.filter({ hasText: '1 new' }).press('Enter');
    await expect.poll(follows).toBe('true');
  });

  it('is back with its filter and its calls after it was hidden', async () => {
    await button('Denied').press('Enter');
    await count('2 of 17 calls').waitFor();
    await workbench.panelTab('Problems').click();
    await workbench.page.locator('iframe.webview.ready').waitFor({ state: 'hidden' });
    await workbench.panelTab('Portcullis').click();
    await count('2 of 17 calls').waitFor();
    expect(await button('Denied').getAttribute('aria-pressed')).toBe('true');
    await button('Clear Filter').click();
    await row('read_text_file').waitFor();
  });

  it('lets the tool of a denied call through, as an edit that is not saved', async () => {
    await workbench.audit.getByRole('textbox', { name: /^Filter by/ }).fill('tool:create');
    await row('create_directory').click();
    await side().getByText('(default deny)').waitFor();
    await button('Allow This Tool').press('Enter');
    await workbench.line('"create_directory": {}').waitFor();
    await workbench.revert();
    await button('Clear Filter').click();
  });

  it('shows the record of a call beside it, and follows the keys', async () => {
    await row('write_file').click();
    await side().getByText('Only .md and .txt files may be written.').waitFor();
    expect(await side().innerText()).toMatch(/Policy version\s+[0-9a-f]{12}/);
    expect(await side().innerText()).toMatch(/Arguments, without their values\s+path, content/);
    expect(await side().innerText()).toMatch(/Hash in the chain\s+[0-9a-f]{64}/);
    await workbench.screenshot('audit-details');
    await workbench.page.keyboard.press('Home');
    await side().getByRole('heading', { name: 'Call: read_text_file' }).waitFor();
    expect(await side().innerText()).toMatch(/Latency\s+[\d.]+ ms/);
  });

  it('copies a call as a case of a policy test, and says what has to be filled in', async () => {
    await row('write_file').click();
    await side().getByText('Only .md and .txt').waitFor();
    await button('Copy as Test Case').click();
    const notice = (await workbench.notifications()).filter({ hasText: 'is on the clipboard' });
    expect(await notice.innerText()).toContain('path, content');
    await workbench.page.keyboard.press('Escape');
    const test = { policy: 'policy.json', cases: ['HERE'] };
    await writeFile(path.join(workbench.folder, 'x.policy-test.json'), json(test));
    await workbench.openFile('x.policy-test.json');
    await workbench.placeCursorAfter('x.policy-test.json', '"HERE"');
    for (let key = 0; key < '"HERE"'.length; key++) await workbench.page.keyboard.press('Backspace');
    await workbench.page.keyboard.press('Control+v');
    await workbench.save();
    const text = await readFile(path.join(workbench.folder, 'x.policy-test.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      cases: [
        {
          call: { tool: 'write_file' },
          expect: { decision: 'deny', rule: '/tools/write_file/require/args.path-regex' },
        },
      ],
    });
    await workbench.screenshot('audit-test-case');
  });

  it('adds a limit for the tool, as an edit that is not saved', async () => {
    await button('Add a Limit').click();
    await workbench.line('write_file_rate').waitFor();
    await workbench.revert();
  });

  it('shows what is used of limits', async () => {
    await button('Limits').click();
    const limits = workbench.audit.getByRole('complementary', { name: 'Limits' });
    await limits.getByText('15 of 20 used in this day').waitFor();
    expect(await limits.getByRole('meter').getAttribute('aria-valuenow')).toBe('75');
    await agent.call('read_text_file', { path: file('notes.md') });
    await limits.getByText('16 of 20 used in this day').waitFor();
    await workbench.screenshot('audit-limits');
    await limits.getByRole('button', { name: /reads/ }).click();
    await workbench.statusItem(/\(\d+ selected\)/).waitFor();
  });

  it('exports the log as the command line does', async () => {
    await workbench.run('Portcullis: Export Audit Log…');
    await workbench.picks.filter({ hasText: 'Denied calls' }).click();
    await workbench.picks.filter({ hasText: 'CSV' }).click();
    const name = workbench.page.locator('.quick-input-widget input').first();
    // The dialog writes its proposal over what was typed before.
    await expect.poll(() => name.inputValue(), { timeout: 30_000 }).toMatch(/audit\.csv$/);
    await name.fill(path.join(workbench.folder, 'denied.csv'));
    await workbench.page.keyboard.press('Enter');
    await (await workbench.notifications()).filter({ hasText: 'The audit log is in' }).waitFor();
    const text = await readFile(path.join(workbench.folder, 'denied.csv'), 'utf8');
    expect(text).toMatch(/^seq,at,grant,client/);
    expect(text.trim().split('\r\n')).toHaveLength(3);
    await workbench.page.keyboard.press('Escape');
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'audit-view-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'audit-view-high-contrast' },
    { theme: 'Default High Contrast Light', className: 'hc-light', picture: 'audit-view-high-contrast-light' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await workbench.setTheme(theme, className);
    await workbench.audit.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    await row('write_file').click();
    await side().getByText('Only .md and .txt').waitFor();
    await workbench.screenshot(picture);
  });
});
