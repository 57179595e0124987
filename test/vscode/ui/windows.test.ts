/** What runs when: nothing for another product's policy.json, a gateway for the folder that is meant, and nothing when its window is gone. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../host/paths.mts';
import { alive, startedBelow } from '../processes.ts';
import { json, writeWorkspace } from '../workspace.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('windows and folders', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let parent = '';

  beforeAll(async () => {
    workbench = await Workbench.open();
    parent = path.dirname(workbench.folder);
  });
  afterAll(async () => await workbench?.close());

  it("starts nothing for another product's policy.json", async () => {
    const folder = path.join(parent, 'cloud');
    await mkdir(folder);
    await writeFile(path.join(folder, 'policy.json'), json({ Version: '2012-10-17', Statement: [] }));
    await workbench.visit({ folder });
    await workbench.openFile('policy.json');
    await expect.poll(() => runningOurs(workbench), { timeout: 30_000 }).toBe(1);
    await expect(ours(workbench)).resolves.toEqual([]);
  });

  it('pairs each of two folders with its own server, and serves the one whose policy was clicked', async () => {
    await twoFolders(parent);
    await workbench.visit({ workspace: path.join(parent, 'both.code-workspace') });
    await workbench.openFile('second.policy.json');
    await workbench.lens('Start Gateway').click();
    await workbench.statusItem('Gateway on').waitFor();
    await expect(served(workbench)).resolves.toEqual([['second']]);
    await workbench.screenshot('two-folders');
  });

  it("leads from the other folder's policy to a gateway for that one", async () => {
    await workbench.openFile('first.policy.json');
    await workbench.lens('serve this one instead').click();
    await expect.poll(() => served(workbench), { timeout: 30_000 }).toEqual([['first']]);
    await workbench.statusItem('Gateway on').waitFor();
  });

  it('leaves nothing running when the window goes, and no second gateway when it comes again', async () => {
    const before = await ours(workbench);
    expect(before.some(({ command }) => command.includes('dist/guard.js'))).toBe(true);
    await workbench.visit({ workspace: path.join(parent, 'both.code-workspace') });
    await expect.poll(() => alive(before.map(({ pid }) => pid)), { timeout: 30_000 }).toEqual([]);
    await workbench.lens('Start Gateway').click();
    await workbench.statusItem('Gateway on').waitFor();
    await expect(served(workbench)).resolves.toEqual([['first']]);
    const servers = (await ours(workbench)).filter(({ command }) => command.includes('dist/server.js'));
    expect(servers).toHaveLength(1);
  });
});

/** How many extensions of ours VS Code has activated, once it has activated others. */
async function runningOurs(workbench: Workbench): Promise<number> {
  await workbench.run('Developer: Show Running Extensions');
  const rows = workbench.page.locator('.runtime-extensions-editor .monaco-list-row');
  await rows.first().waitFor();
  const found = await rows.filter({ hasText: 'Portcullis' }).count();
  await workbench.page.keyboard.press('Escape');
  return found;
}

/** Two folders, each with a server of its own, and the file of a workspace with both. */
async function twoFolders(parent: string): Promise<void> {
  for (const name of ['first', 'second']) {
    const folder = path.join(parent, name);
    await writeWorkspace(folder, projectRoot, { server: name, policy: `${name}.policy.json` });
  }
  await writeFile(
    path.join(parent, 'both.code-workspace'),
    json({ folders: [{ path: 'first' }, { path: 'second' }], settings: {} }),
  );
}

/** What the extension has started: programs of its own, and what these start in the folders. */
async function ours({ dataDir, folder }: Workbench): ReturnType<typeof startedBelow> {
  const programs = /dist\/(?:server|portcullis|guard)\.js/;
  const parent = path.dirname(folder);
  return (await startedBelow(dataDir)).filter(({ command }) => programs.test(command) || command.includes(parent));
}

/** The servers of each gateway, as its command line says. */
async function served(workbench: Workbench): Promise<readonly (readonly string[])[]> {
  const gateways = (await ours(workbench)).filter(({ command }) => command.includes('portcullis.js gateway'));
  return gateways.map(({ command }) => [...command.matchAll(/--server (\S+)/g)].map(([, name]) => name ?? ''));
}
