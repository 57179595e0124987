/** Policy tests in the Test Explorer: found, run, what failed and why, and which rules of the policy no case reaches. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { json } from '../workspace.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

const FILE = 'notes.policy-test.json';

const policyTest = {
  policy: 'policy.json',
  cases: [
    {
      name: 'Notes are read',
      call: { tool: 'read_file', arguments: { path: 'notes.md' } },
      expect: { decision: 'allow' },
    },
    {
      name: 'Nothing is moved',
      call: { tool: 'move_file', arguments: { source: 'notes.md', destination: 'gone.md' } },
      expect: { decision: 'deny', rule: '(hidden)' },
    },
    {
      name: 'Programs are not written',
      call: { tool: 'write_file', arguments: { path: 'run.sh', content: '' } },
      expect: { decision: 'allow' },
    },
  ],
};

describe('policy tests in the Test Explorer', () => {
  stopAtFirstFailure();
  let workbench: Workbench;

  beforeAll(async () => {
    const prepare = async (folder: string): Promise<void> => await writeFile(path.join(folder, FILE), json(policyTest));
    workbench = await Workbench.open({ prepare });
  });
  afterAll(async () => await workbench?.close());

  it('lists the cases of a file that is open', async () => {
    await workbench.openFile(FILE);
    await workbench.runGlyph.waitFor();
    await workbench.run('Testing: Focus on Test Explorer View');
    await workbench.testItem(FILE).click();
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.testItem('Nothing is moved').waitFor();
  });

  it('runs them, and shows at the case what was decided instead', async () => {
    await workbench.run('Test: Run All Tests');
    await workbench.testItem(/Programs are not written.*Failed/).waitFor();
    await workbench.testItem(/Notes are read.*Passed/).waitFor();
    // Whether VS Code opens the results by itself depends on how long the run took.
    await workbench.run('Test: Show Output');
    await workbench.testResult('Programs are not written').click();
    await workbench.testDifference.waitFor();
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'policy-tests-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'policy-tests-high-contrast' },
    { theme: 'Dark Modern', className: 'vs-dark', picture: 'policy-tests' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await workbench.setTheme(theme, className);
    await workbench.screenshot(picture);
  });

  it('shows which rules of the policy no case reaches', async () => {
    await workbench.run('Test: Run All Tests with Coverage');
    await workbench.covered(/policy\.json.*%/).waitFor();
    await workbench.covered(/policy\.json/).dblclick();
    await workbench.uncoveredLine.waitFor();
    await workbench.screenshot('policy-tests-coverage');
  });

  it('runs again on save, once that was asked for', async () => {
    await workbench.run('Test: Start Continuous Run');
    await workbench.picks.filter({ hasText: /^Run/ }).first().click();
    await workbench.page.keyboard.press('Enter');
    const policy = path.join(workbench.folder, 'policy.json');
    await workbench.tab('policy.json').click();
    await writeFile(policy, (await readFile(policy, 'utf8')).replace('(md|txt)', '(md|txt|sh)'));
    await workbench.line('(md|txt|sh)').waitFor();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type(' ');
    await workbench.save();
    await workbench.testItem(/Programs are not written.*Passed/).waitFor();
  });
});
