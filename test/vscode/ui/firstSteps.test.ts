/** A first-time user: servers are configured, and no policy was ever written. */
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

  it('says what is missing when the gateway is started, once', async () => {
    await workbench.run('Portcullis: Start Gateway');
    const messages = await workbench.notifications();
    await messages.filter({ hasText: 'No policy belongs to a configured MCP server (files).' }).waitFor();
    expect(await messages.count()).toBe(1);
    await workbench.screenshot('no-policy');
  });

  it('writes a policy for the only server and puts the cursor where the tools belong', async () => {
    const messages = workbench.page.locator('.notifications-center .notification-list-item');
    await messages.getByRole('button', { name: 'Create Policy' }).click();
    await workbench.lens('14 tools').waitFor();
    const written = JSON.parse(await readFile(path.join(workbench.folder, 'policy.json'), 'utf8')) as unknown;
    expect(written).toEqual({ version: '1', server: 'files', default: 'deny', tools: {} });
    await workbench.page.keyboard.type('"read_te');
    await workbench.suggestions.filter({ hasText: 'read_text_file' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.line('"read_text_file": {}').waitFor();
    await workbench.save();
  });

  it('starts the gateway with it', async () => {
    await workbench.lens('Start Gateway').click();
    await workbench.statusItem('Gateway on').waitFor();
  });
});
