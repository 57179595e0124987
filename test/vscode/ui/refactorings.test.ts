/** A refactoring of many entries, as a person makes it: chosen at the cursor, looked at, agreed to. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

const TITLE = /^Add the recommended rules for all \d+ uncovered tools$/;

describe('refactorings', () => {
  stopAtFirstFailure();
  let workbench: Workbench;

  beforeAll(async () => void (workbench = await Workbench.open()));
  afterAll(async () => await workbench?.close());

  it('are offered for the tool at the cursor', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('14 tools').waitFor();
    await workbench.placeCursorAfter('policy.json', '"write_fi');
    await workbench.run('Refactor...');
    await workbench.action('Hide this tool').waitFor();
    await workbench.action(/^Hide all \d+ tools of the category/).waitFor();
    await workbench.screenshot('refactor');
  });

  it('that are about many tools are shown before they are made', async () => {
    await workbench.action(TITLE).click();
    await workbench.planned('policy.json').waitFor();
    await workbench.planned('"edit_file"').waitFor();
    expect(await workbench.line('"edit_file"').count()).toBe(0);
  });

  it.each([
    ['Light Modern', 'vs', 'refactor-preview-light'],
    ['Default High Contrast', 'hc-black', 'refactor-preview-high-contrast'],
    ['Dark Modern', 'vs-dark', 'refactor-preview'],
  ])('are previewed well in %s', async (theme, className, name) => {
    await workbench.setTheme(theme, className);
    await workbench.screenshot(name);
    expect(await workbench.planned('"edit_file"').isVisible()).toBe(true);
  });

  it('are made when a person agrees to them', async () => {
    await workbench.planned('policy.json').locator('.edit-checkbox').click();
    await workbench.page.getByRole('button', { name: 'Apply' }).first().click();
    await workbench.line('"edit_file"').waitFor();
    await workbench.page.locator('.tab.active.dirty').waitFor();
    await workbench.screenshot('refactor-done');
  });
});
