/** A call that waits for a person, decided by one in a real VS Code, with a real MCP server behind and a real client in front. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../client.ts';
import { connectAtLens } from './agent.ts';
import { json, policy } from '../workspace.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

const approval = { timeout: 600, message: 'Does the agent need a new folder?', remember: 'session' };
const asking = {
  ...policy,
  tools: { ...policy.tools, create_directory: { action: 'require_approval', approval } },
};

describe('approvals and grants, in the hands of a person', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let agent: Agent;
  /** Whose name would be a link that runs a command. */
  let stranger: Agent;
  /** Outcomes of calls in their order. */
  let answer: Promise<{ readonly text: string; readonly isError: boolean }>;
  const folderFor = (name: string): string => path.join(workbench.folder, 'files', name);
  const call = (name: string): void => {
    answer = agent.call('create_directory', { path: folderFor(name) });
    answer.catch(() => undefined);
  };
  const review = (): Promise<void> => workbench.audit.getByRole('button', { name: 'Review…' }).click();
  const choose = (label: string | RegExp): Promise<void> => workbench.picks.filter({ hasText: label }).first().click();

  beforeAll(async () => {
    const prepare = (folder: string): Promise<void> => writeFile(path.join(folder, 'policy.json'), json(asking));
    workbench = await Workbench.open({ prepare });
  });

  afterAll(async () => {
    await agent?.close().catch(() => undefined);
    await stranger?.close().catch(() => undefined);
    await workbench?.close();
  });

  it('stands on top of the panel and in the status bar, with the time that is left', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('Start Gateway').click();
    await workbench.lens('Stop Gateway').waitFor();
    agent = await connectAtLens(workbench, '13 of 14 tools');
    const name = '[Review…](command:workbench.action.terminal.new)';
    stranger = await connectAtLens(workbench, '13 of 14 tools', 'files', name);
    call('drafts\u202E');
    await workbench.statusItem('1 to approve').waitFor();
    const row = workbench.audit.getByRole('region', { name: 'Calls that wait for your approval' });
    expect(await row.innerText()).toMatch(/story-agent wants to call create_directory of files[\s\S]*\d+:\d\d left/);
    await workbench.screenshot('approval-panel');
  });

  it('shows all of it to whoever reviews it, what hides in the arguments made visible', async () => {
    await review();
    await workbench.line('drafts\\u202e').waitFor();
    await workbench.line('Does the agent need a new folder?').waitFor();
    await workbench.picks.filter({ hasText: 'Allow for This Session' }).waitFor();
    await workbench.page
      .locator('.quick-input-title', { hasText: /Approve create_directory\? \d+:\d\d left/ })
      .waitFor();
    await workbench.screenshot('approval-dark');
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'approval-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'approval-high-contrast' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await workbench.setTheme(theme, className);
    await workbench.screenshot(picture);
  });

  it('is denied with what the person says to the agent', async () => {
    await choose('Deny with a Message…');
    await workbench.page.locator('.quick-input-message', { hasText: 'agent' }).waitFor();
    await workbench.page.keyboard.type('Use the folder that is there.');
    await workbench.page.keyboard.press('Enter');
    expect(await answer).toMatchObject({ isError: true });
    expect((await answer).text).toContain('The person says: Use the folder that is there.');
    expect(existsSync(folderFor('drafts\u202E'))).toBe(false);
    await workbench.statusItem('1 denied').waitFor();
  });

  it('is allowed once, and the same call asks again', async () => {
    call('once');
    await review();
    await choose('Allow Once');
    expect((await answer).isError).toBe(false);
    expect(existsSync(folderFor('once'))).toBe(true);
    // Else what is clicked next may still be about the call that was decided.
    await workbench.statusItem('1 to approve').waitFor({ state: 'detached' });
    call('once');
    await workbench.statusItem('1 to approve').waitFor();
  });

  it('is allowed for the session, and the same call passes', async () => {
    await workbench.statusItem('1 to approve').click();
    await choose('Allow for This Session');
    expect((await answer).isError).toBe(false);
    call('once');
    expect((await answer).isError).toBe(false);
    await workbench.audit.locator('tr.call', { hasText: 'Approved' }).nth(1).waitFor();
    await workbench.screenshot('approval-decided');
  });

  it('is denied from the panel, and the review closes', async () => {
    call('other');
    await review();
    await workbench.picks.filter({ hasText: 'Allow Once' }).waitFor();
    await workbench.audit.getByRole('button', { name: 'Deny', exact: true }).click();
    expect((await answer).text).toContain('refused');
    await workbench.picks.first().waitFor({ state: 'hidden' });
    await workbench.audit.getByRole('button', { name: 'Review…' }).waitFor({ state: 'detached' });
  });

  it('is told by a notification where nobody looks at the panel', async () => {
    await workbench.page.keyboard.press('Control+j');
    await workbench.page.locator('.part.panel').waitFor({ state: 'hidden' });
    answer = stranger.call('create_directory', { path: folderFor('unseen') });
    answer.catch(() => undefined);
    await workbench.statusItem('1 to approve').waitFor();
    const notice = (await workbench.notifications()).filter({ hasText: 'waits for your approval' }).first();
    await notice.waitFor();
    expect(await notice.innerText()).toContain('[Review…] (command:');
    expect(await notice.locator('.notification-list-item-message a').count()).toBe(0);
    await workbench.screenshot('approval-notification');
    await notice.getByRole('button', { name: 'Review…' }).click();
    await choose('Write a Rule…');
    expect((await answer).isError).toBe(true);
    await workbench.statusItem(/\(\d+ selected\)/).waitFor();
  });

  it('shuts out a client whose grant is revoked in the editor', async () => {
    await workbench.run('Portcullis: Manage Grants…');
    await choose('New Grant…');
    await workbench.page.locator('.quick-input-title', { hasText: 'New Grant (1/4)' }).waitFor();
    await workbench.page.keyboard.type('visitor');
    await workbench.page.keyboard.press('Enter');
    await workbench.picks.filter({ hasText: 'files' }).waitFor();
    await workbench.page.getByRole('button', { name: 'OK', exact: true }).click();
    await choose('In a day');
    await choose("The servers' policies");
    await (await workbench.notifications()).filter({ hasText: 'visitor is on the clipboard' }).first().waitFor();
    await workbench.run('Portcullis: Manage Grants…');
    await workbench.picks.filter({ hasText: 'visitor' }).waitFor();
    await workbench.screenshot('grants');
    await choose('visitor');
    await choose('Revoke');
    await workbench.page.locator('.notification-list-item', { hasText: 'visitor is revoked' }).first().waitFor();
  });
});
