/** What runs when: nothing for another product's policy.json, a gateway for the folder that is meant, and nothing when its window is gone. */
import { glob, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../host/paths.mts';
import { alive, startedBelow } from '../processes.ts';
import { json, writeWorkspace } from '../workspace.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

/** Seconds that a closed window has to come back in. */
const GRACE = 1;

describe('windows and folders', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let second: Workbench;
  let parent = '';

  beforeAll(async () => {
    workbench = await Workbench.open({ prepare: withoutPolicies, reconnectionGrace: GRACE });
    parent = path.dirname(workbench.folder);
  });
  afterAll(async () => await workbench?.close());

  it('is not there in a folder without policies', async () => {
    await workbench.openFile('package.json');
    // VS Code's own part for JSON has come by then, and so has all else that JSON wakes.
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await expect(traces(workbench)).resolves.toEqual([]);
  });

  it("is woken by another product's policy.json, and starts nothing for it", async () => {
    await writeFile(path.join(workbench.folder, 'policy.json'), json({ Version: '2012-10-17', Statement: [] }));
    await workbench.openFile('policy.json');
    await expect.poll(() => traces(workbench), { timeout: 30_000 }).not.toEqual([]);
    await expect(ours(workbench)).resolves.toEqual([]);
    await expect(workbench.page.locator('.squiggly-error, .squiggly-warning').count()).resolves.toBe(0);
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

  it('serves one folder from two windows, under the same limits', async () => {
    second = await workbench.another({ workspace: path.join(parent, 'both.code-workspace') });
    await second.openFile('first.policy.json');
    await second.lens('Start Gateway').click();
    await second.statusItem('Gateway on').waitFor();
    await expect(served(workbench)).resolves.toEqual([['first'], ['first']]);
    const states = (await gateways(workbench)).map(({ command }) => /--state (\S+)/.exec(command)?.[1]);
    expect(new Set(states).size).toBe(1);
  });

  it('goes on in the second window when the first is closed, and leaves nothing when that is closed, too', async () => {
    const before = await ours(workbench);
    expect(before.some(({ command }) => command.includes('dist/guard.js'))).toBe(true);
    await workbench.page.close();
    await expect.poll(() => served(workbench), { timeout: 30_000 }).toEqual([['first']]);
    await second.statusItem('Gateway on').waitFor();
    await second.page.close();
    await expect.poll(() => alive(before.map(({ pid }) => pid)), { timeout: 30_000 }).toEqual([]);
    await expect(ours(workbench)).resolves.toEqual([]);
  });
});

/** Nothing but another product's file, with a mistake in it. */
async function withoutPolicies(folder: string): Promise<void> {
  await rm(folder, { recursive: true });
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "name": }');
}

/** What the extension has left on disk: its log, as soon as it is activated. */
async function traces({ dataDir }: Workbench): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const file of glob('**/portcullis.portcullis*', { cwd: dataDir })) found.push(file);
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

async function gateways(workbench: Workbench): ReturnType<typeof startedBelow> {
  return (await ours(workbench)).filter(({ command }) => command.includes('portcullis.js gateway'));
}

/** The servers of each gateway, as its command line says. */
async function served(workbench: Workbench): Promise<readonly (readonly string[])[]> {
  return (await gateways(workbench)).map(({ command }) =>
    [...command.matchAll(/--server (\S+)/g)].map(([, name]) => name ?? ''),
  );
}
