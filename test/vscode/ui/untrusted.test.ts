/** A workspace that nobody vouched for: policies can be read and edited, and nothing that the workspace names is started. */
import { glob, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startedBelow } from '../processes.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('in an untrusted workspace', () => {
  stopAtFirstFailure();
  let workbench: Workbench;

  beforeAll(async () => void (workbench = await Workbench.open({ trusted: false })));
  afterAll(async () => await workbench?.close());

  it('recognises and checks the policy', async () => {
    await workbench.statusItem('Restricted Mode').waitFor();
    await workbench.openFile('policy.json');
    await workbench.statusItem('MCP Policy').waitFor();
    await workbench.placeCursorAfter('policy.json', '"defa');
    await workbench.page.keyboard.type('z');
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await workbench.revert();
  });

  it('starts nothing, and says why where the user looks', async () => {
    await workbench.lens('Start Gateway').click();
    const message = (await workbench.notifications()).filter({ hasText: 'not trusted' });
    await message.waitFor();
    await message.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await workbench.run('Notifications: Hide Notifications');
    await workbench.run('Portcullis: Show Audit');
    await workbench.audit.getByText('This workspace is not trusted').waitFor();
    await workbench.screenshot('untrusted');
    await expect(startedGateways(workbench)).resolves.toEqual([]);
  });

  it('says so above the servers', async () => {
    await workbench.run('Explorer: Focus on MCP Servers View');
    await workbench.page.locator('.tree-explorer-viewlet-tree-view', { hasText: 'not trusted' }).first().waitFor();
    await workbench.page
      .getByRole('treeitem', { name: /^files, / })
      .first()
      .click();
    await workbench.screenshot('untrusted-servers');
  });

  it('says so once where there is no server', async () => {
    const configuration = path.join(workbench.folder, '.vscode', 'mcp.json');
    const text = await readFile(configuration, 'utf8');
    await rm(configuration);
    const view = workbench.page.locator('.pane', { hasText: 'MCP Servers' }).filter({ hasText: 'not trusted' });
    await view.getByText('This folder is not trusted').waitFor();
    await view.getByText('This workspace is not trusted').waitFor({ state: 'detached' });
    await workbench.screenshot('untrusted-no-server');
    await writeFile(configuration, text);
    await workbench.page
      .getByRole('treeitem', { name: /^files, / })
      .first()
      .waitFor();
  });

  it('says so to whoever wants to point a client at the gateway', async () => {
    await workbench.run('Notifications: Clear All Notifications');
    await workbench.run('Portcullis: Copy Client Configuration…');
    await (await workbench.notifications()).filter({ hasText: 'not trusted' }).first().waitFor();
    await workbench.run('Notifications: Hide Notifications');
  });

  it('has started no process but the language server', async () => {
    const programs = (await ours(workbench)).map(
      ({ command }) => /[\w-]+\.js/.exec(command.split('dist/')[1] ?? command)?.[0],
    );
    expect(programs).toEqual(['server.js']);
  });

  it('starts the gateway once the user trusts the workspace', async () => {
    await workbench.audit.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    const editor = workbench.page.locator('.workspace-trust-editor');
    await editor.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.statusItem('Restricted Mode').waitFor({ state: 'detached' });
    await workbench.run('View: Close Editor');
    await editor.waitFor({ state: 'detached' });
    await workbench.audit.getByRole('button', { name: 'Start Gateway' }).click();
    await workbench.statusItem('Gateway on').waitFor();
  });
});

/** What the extension has started: programs of its own, and what these start in the folder. */
async function ours({ dataDir, folder }: Workbench): ReturnType<typeof startedBelow> {
  const programs = /dist\/(?:server|portcullis|guard)\.js/;
  return (await startedBelow(dataDir)).filter(({ command }) => programs.test(command) || command.includes(folder));
}

/** A gateway leaves its token file behind. */
async function startedGateways(workbench: Workbench): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('**/local.token', { cwd: workbench.dataDir })) found.push(file);
  return found;
}
