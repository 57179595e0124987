/** A policy that is tried before it is enforced: what it would deny passes and is seen, values are kept on a person's word, and an edit is held against what was recorded. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../client.ts';
import { connectAtLens } from './agent.ts';
import { json } from '../workspace.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('observe mode', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let agent: Agent;

  beforeAll(async () => {
    workbench = await Workbench.open({
      prepare: (folder) =>
        writeFile(path.join(folder, 'portcullis.json'), json({ servers: { files: { mode: 'observe' } } })),
    });
  });
  afterAll(async () => {
    await agent?.close().catch(() => undefined);
    await workbench?.close();
  });

  const row = (name: RegExp) => workbench.page.getByRole('treeitem', { name }).first();

  it('says in the lens and in the status bar that nothing is enforced', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('Start Gateway').click();
    await workbench.lens('Observe mode: nothing is enforced').waitFor();
    await workbench.statusItem('Not enforcing').waitFor();
    await workbench.lens('14 of 14 tools').waitFor();
  });

  it('asks once whether values may be kept', async () => {
    const notices = await workbench.notifications();
    const offer = notices.filter({ hasText: 'shall Portcullis keep values of arguments' });
    await offer.waitFor();
    await workbench.screenshot('observe-offer');
    await offer.getByRole('button', { name: 'Keep for 7 Days' }).click();
    await offer.waitFor({ state: 'detached' });
  });

  it('lets pass what the policy denies, and shows it', async () => {
    agent = await connectAtLens(workbench, '14 of 14 tools');
    const script = path.join(workbench.folder, 'files', 'run.sh');
    await agent.call('read_text_file', { path: path.join(workbench.folder, 'files', 'notes.md') });
    expect((await agent.call('write_file', { path: script, content: 'echo' })).isError).toBe(false);
    expect(existsSync(script)).toBe(true);
    await workbench.audit.getByText('Would deny').first().waitFor();
    await workbench.screenshot('observe');
  });

  it('holds an edit that is not saved against what was recorded, by the values that were kept', async () => {
    await workbench.placeCursorAfter('policy.json', '(md|txt');
    await workbench.page.keyboard.type('|sh');
    await workbench.run('What Would This Edit Have Changed in the Last Week?');
    await row(/^write_file, denied → allowed · 1 call/).waitFor();
    await workbench.page.getByText('2 calls of files in the last week: 1 would be decided otherwise').waitFor();
    await workbench.screenshot('replay');
  });

  it('leads from a change to the rule', async () => {
    await row(/^write_file, denied → allowed/).click();
    await workbench.statusItem(/Ln \d+, Col \d+ \(\d+ selected\)/).waitFor();
  });
});
