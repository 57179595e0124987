/** A policy that is there: what the server's tools would change in it, seen before it is accepted, and undone with one key. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('bringing a policy up to date', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let before: string;

  const onDisk = async (): Promise<string> => await readFile(path.join(workbench.folder, 'policy.json'), 'utf8');

  beforeAll(async () => {
    workbench = await Workbench.open();
    before = await onDisk();
  });
  afterAll(async () => await workbench?.close());

  it('shows the difference, and leaves all as it is after Escape', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('14 tools').waitFor();
    await workbench.run('Portcullis: Create Policy for Server');
    await workbench.picks.filter({ hasText: /Recommended.*7 new \(5 allowed, 2 limited\)/ }).waitFor();
    await workbench.difference('"create_directory"').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.difference('"create_directory"').waitFor({ state: 'detached' });
    expect(await onDisk()).toBe(before);
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'update-policy-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'update-policy-high-contrast' },
    { theme: 'Dark Modern', className: 'vs-dark', picture: 'update-policy' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await workbench.setTheme(theme, className);
    await workbench.run('Portcullis: Create Policy for Server');
    await workbench.difference('"create_directory"').waitFor();
    await workbench.screenshot(picture);
    await workbench.page.keyboard.press('Escape');
    await workbench.difference('"create_directory"').waitFor({ state: 'detached' });
  });

  it('puts what is accepted into the editor as one edit, unsaved', async () => {
    await workbench.run('Portcullis: Create Policy for Server');
    await workbench.difference('"create_directory"').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.line('"create_directory": { "limits"').waitFor();
    expect(await onDisk()).toBe(before);
    await workbench.page.keyboard.press('Control+z');
    await workbench.line('"create_directory"').waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Control+y');
    await workbench.line('"create_directory": { "limits"').waitFor();
    await workbench.save();
    const written = JSON.parse(await onDisk()) as { tools: object };
    expect(written.tools).toMatchObject((JSON.parse(before) as { tools: object }).tools);
    expect(written.tools).toHaveProperty('create_directory');
  });

  it('says that there is nothing left to do', async () => {
    await workbench.run('Portcullis: Create Policy for Server');
    const messages = await workbench.notifications();
    await messages.filter({ hasText: 'policy.json is up to date with the 14 tools of files.' }).waitFor();
  });
});
