/** The first five minutes of somebody who has nothing: an empty folder, the demo, a denied call, the rule changed, the call allowed, all removed. */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('the first five minutes', () => {
  stopAtFirstFailure();
  let workbench: Workbench;

  const file = (name: string): string => path.join(workbench.folder, name);
  const row = (tool: string, decision: RegExp) =>
    workbench.audit.locator('tr.call', { hasText: tool }).filter({ hasText: decision }).first();
  const allowOnce = async (): Promise<void> => {
    await workbench.audit.getByRole('button', { name: 'Review…' }).click();
    await workbench.picks.filter({ hasText: 'Allow Once' }).first().click();
    await workbench.statusItem('1 to approve').waitFor({ state: 'detached' });
  };
  const notice = async (text: string, button: string): Promise<void> => {
    const message = workbench.page.locator('.notification-list-item', { hasText: text }).first();
    await message.getByRole('button', { name: button }).click();
  };

  const step = (title: string) => workbench.page.locator('.getting-started-step', { hasText: title });
  const isDone = async (title: string): Promise<boolean> => await step(title).getByRole('checkbox').first().isChecked();

  beforeAll(async () => {
    // But for the folder in which the tests choose the theme.
    const prepare = async (folder: string): Promise<void> => {
      for (const name of ['files', 'iam', 'policy.json', '.vscode/mcp.json'])
        await rm(path.join(folder, name), { recursive: true });
    };
    workbench = await Workbench.open({ prepare });
  });
  afterAll(async () => await workbench?.close());

  const openWalkthrough = async (): Promise<void> => {
    await workbench.run('Welcome: Open Walkthrough');
    await workbench.picks.filter({ hasText: 'The First Five Minutes' }).click();
  };

  const closeWalkthrough = async (): Promise<void> =>
    await workbench
      .tab('Welcome')
      .getByRole('button', { name: /^Close/ })
      .click();

  it('begin with a walkthrough, whose pictures need the room of a side bar', async () => {
    await workbench.run('View: Toggle Primary Side Bar Visibility');
    await openWalkthrough();
    await step('Try it').getByRole('button', { name: 'Try It' }).waitFor();
    await workbench.walkthroughPicture.getByText('cancel_order').waitFor();
    await workbench.screenshot('five-1-walkthrough');
  });

  it('do not count a step that was given up', async () => {
    await step('Try it').getByRole('button', { name: 'Try It' }).click();
    await workbench.picks.filter({ hasText: 'In this folder' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.picks.first().waitFor({ state: 'hidden' });
    expect(await isDone('Try it')).toBe(false);
  });

  it('offer the demo where there is nothing to start', async () => {
    await closeWalkthrough();
    await workbench.run('Portcullis: Show Audit');
    await workbench.audit.getByText('No MCP server is configured').waitFor();
    await workbench.screenshot('no-server');
    await workbench.audit.getByRole('button', { name: 'Try It with a Demo Server' }).click();
  });

  it('say what will be created before it is', async () => {
    await workbench.picks.filter({ hasText: 'In this folder' }).waitFor();
    expect(existsSync(file('portcullis.json'))).toBe(false);
    await workbench.picks.filter({ hasText: 'In this folder' }).click();
  });

  it('bring a policy and a gateway that serves it', async () => {
    await workbench.tab('policy.json').waitFor();
    await workbench.run('View: Toggle Primary Side Bar Visibility');
    await workbench.statusItem('Gateway on').waitFor();
    await workbench.lens('of 12 tools').waitFor();
    expect((await readdir(workbench.folder)).sort()).toEqual(['.vscode', 'policy.json', 'portcullis.json']);
    await workbench.audit.getByText('No call yet').waitFor();
    await workbench.screenshot('five-2-gateway');
  });

  it('complete the names of the demo tools', async () => {
    await workbench.placeCursorAfter('policy.json', '"tools": {');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('"upd');
    await workbench.suggestions.filter({ hasText: 'update_stock' }).first().waitFor();
    await workbench.screenshot('five-3-completion');
    await workbench.page.keyboard.press('Escape');
    await workbench.revert();
  });

  it('show a call of each kind of decision, one of which waits for the person', async () => {
    await workbench.notifications();
    await notice('The demo shop is behind the gateway', 'Make Demo Calls');
    const waiting = workbench.audit.getByRole('region', { name: 'Calls that wait for your approval' });
    await waiting.getByText('refund_order').first().waitFor();
    await row('list_products', /Allowed/).waitFor();
    await row('run_report', /Denied/).waitFor();
    await row('change_price', /Denied/).waitFor();
    await row('delete_customer', /Denied|Hidden/).waitFor();
    await row('cancel_order', /Denied/).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.screenshot('five-4-calls');
    await allowOnce();
    await row('refund_order', /Approved/).waitFor();
  });

  it('lead from a denied call to a rule that allows it, which a person accepts', async () => {
    await row('cancel_order', /Denied/).dblclick();
    await workbench.picks.filter({ hasText: 'Allow this tool' }).waitFor();
    await workbench.screenshot('five-5-fix');
    await workbench.picks.filter({ hasText: 'Allow this tool' }).click();
    await workbench.line('"cancel_order"').waitFor();
    await workbench.save();
    await workbench.statusItem('Policy edit waits').click();
    const question = workbench.page.locator('.monaco-dialog-box', { hasText: 'cancel_order' });
    await question.waitFor();
    await workbench.screenshot('five-6-accept');
    await question.getByRole('button', { name: 'Accept' }).click();
    await question.waitFor({ state: 'detached' });
  });

  it('end with the call allowed', async () => {
    await workbench.run('Portcullis: Make Demo Calls');
    await row('cancel_order', /Allowed/).waitFor();
    await allowOnce();
    await workbench.screenshot('five-7-allowed');
  });

  it('have ticked off what was done, and nothing else', async () => {
    await openWalkthrough();
    await step('Point an agent').waitFor();
    const steps = ['Try it', 'Write down', 'Start the gateway', 'Point an agent', 'See each decision'];
    await expect.poll(async () => await Promise.all(steps.map(isDone))).toEqual([true, true, true, false, true]);
    await closeWalkthrough();
  });

  it('can be reported, and be removed without a trace', async () => {
    await workbench.run('Portcullis: Report State');
    await workbench.line('Portcullis: state').waitFor();
    await workbench.line('host').getByText('server-distro, remote').waitFor();
    await workbench.screenshot('report-state');
    await workbench.run('Portcullis: Remove the Demo');
    const question = workbench.page.locator('.monaco-dialog-box', { hasText: 'Remove the demo?' });
    await question.getByText('portcullis.json: deleted').waitFor();
    await workbench.screenshot('remove-demo');
    await question.getByRole('button', { name: 'Remove' }).click();
    await workbench.statusItem('Gateway off').waitFor();
    await (await workbench.notifications()).filter({ hasText: 'The demo was removed.' }).waitFor();
    expect(await readdir(workbench.folder)).toEqual(['.vscode']);
  });
});
