/** A first-time user: servers are configured, and no policy was ever written. */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('in a workspace without a policy', () => {
  stopAtFirstFailure();
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open({ prepare: async (folder) => await rm(path.join(folder, 'policy.json')) });
  });
  afterAll(async () => await workbench?.close());

  it('offers a policy where the calls will stand', async () => {
    await workbench.run('Portcullis: Show Audit');
    await workbench.audit.getByText('No policy yet').waitFor();
    await workbench.audit.getByRole('button', { name: 'Create Policy' }).waitFor();
    await workbench.run('Explorer: Focus on MCP Servers View');
    await workbench.page.getByText('No server has a policy yet').waitFor();
    await workbench.screenshot('no-policy-panel');
  });

  it('says what is missing when the gateway is started, once', async () => {
    await workbench.run('Portcullis: Start Gateway');
    const messages = await workbench.notifications();
    await messages.filter({ hasText: 'No policy belongs to a configured MCP server (files).' }).waitFor();
    expect(await messages.count()).toBe(1);
    await workbench.screenshot('no-policy');
  });

  it('shows the policies that fit the tools of the only server before one is made', async () => {
    const messages = workbench.page.locator('.notifications-center .notification-list-item');
    await messages.getByRole('button', { name: 'Create Policy' }).click();
    await workbench.picks.filter({ hasText: /Recommended.*10 allowed, 4 limited/ }).waitFor();
    await workbench.line('"edit_file": { "limits"').waitFor();
    await workbench.screenshot('create-policy');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.line('"hide": ["create_directory", "edit_file", "move_file", "write_file"]').waitFor();
    expect(existsSync(path.join(workbench.folder, 'policy.json'))).toBe(false);
  });

  it('makes the one that is taken', async () => {
    await workbench.page.keyboard.press('ArrowUp');
    await workbench.line('"edit_file": { "limits"').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.tab', { hasText: 'files.policy.json' }).waitFor({ state: 'detached' });
    await workbench.lens('14 tools').waitFor();
    const written = JSON.parse(await readFile(path.join(workbench.folder, 'policy.json'), 'utf8')) as unknown;
    expect(written).toMatchObject({ server: 'files', default: 'deny', tools: { read_text_file: {}, edit_file: {} } });
  });

  it('starts the gateway with it', async () => {
    await workbench.lens('Start Gateway').click();
    await workbench.statusItem('Gateway on').waitFor();
  });
});
