/** The demo from a window without a folder: a folder for temporary files, which the person trusts, and which is gone in the end. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('the demo, with no folder open', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let folder: string;

  const tryIt = async (): Promise<void> => await workbench.run('Portcullis: Try It with a Demo Server');

  beforeAll(async () => void (workbench = await Workbench.open({ empty: true, trusted: false })));
  afterAll(async () => await workbench?.close());

  it('is offered where there is nothing to govern', async () => {
    await workbench.run('Portcullis: Show Audit');
    await workbench.audit.getByText('No folder is open').waitFor();
    await workbench.screenshot('no-folder');
  });

  it('opens a folder of its own', async () => {
    await workbench.audit.getByRole('button', { name: 'Try It with a Demo Server' }).click();
    await workbench.picks.filter({ hasText: 'In a temporary folder' }).click();
    await workbench.page.waitForURL(/folder=.*portcullis-demo-/);
    folder = new URL(workbench.page.url()).searchParams.get('folder') ?? '';
    await workbench.statusItem('Restricted Mode').waitFor();
    expect(existsSync(path.join(folder, 'policy.json'))).toBe(true);
  });

  it('starts nothing before the person trusts that folder, and goes on then', async () => {
    await tryIt();
    const message = (await workbench.notifications()).filter({ hasText: 'not trusted' });
    // By key: the bell's own hint lies above the button for a moment.
    await message.getByRole('button', { name: 'Manage Workspace Trust' }).press('Enter');
    const editor = workbench.page.locator('.workspace-trust-editor');
    await editor.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.tab('policy.json').waitFor();
    await workbench.statusItem('Gateway on').waitFor();
  });

  it('goes on, a second time, with what was deleted made anew', async () => {
    await workbench.run('Portcullis: Stop Gateway');
    await workbench.statusItem('Gateway off').waitFor();
    await rm(path.join(folder, 'portcullis.json'));
    await tryIt();
    await workbench.statusItem('Gateway on').waitFor();
    expect(existsSync(path.join(folder, 'portcullis.json'))).toBe(true);
  });

  it('is removed with its folder, which the window closes', async () => {
    await workbench.run('Portcullis: Remove the Demo');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove' }).click();
    await workbench.page.waitForURL((url) => !url.searchParams.has('folder'));
    expect(existsSync(folder)).toBe(false);
  });
});
