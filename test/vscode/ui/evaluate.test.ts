/** Trying a call out, in a real VS Code: from the lens above an entry to the decision and its trace, which follow what is typed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('evaluating a call', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  /** A line of the call or of the trace. */
  const shown = (text: string): Locator => workbench.page.locator('.view-line', { hasText: text }).first();

  beforeAll(async () => void (workbench = await Workbench.open()));
  afterAll(async () => await workbench?.close());

  it('says above the policy what it covers, and above an entry what it decides', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('14 tools').waitFor();
    await workbench.lens('uncovered').waitFor();
    // Not a link: it only says something.
    await workbench.page.locator('.codelens-decoration', { hasText: 'allowed under conditions' }).first().waitFor();
    await workbench.screenshot('lenses');
  });

  it('opens a call with the arguments of the tool, and the trace of the decision', async () => {
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Evaluate' }).last().click();
    await workbench.lens('Denied by /tools/write_file/require/args.path-regex').waitFor();
    await shown('"content": ""').waitFor();
    await shown('DENIED').waitFor();
    await shown('does not hold').waitFor();
    await workbench.screenshot('evaluate-denied');
  });

  it('decides anew as the call is typed', async () => {
    await shown('"path": ""').click();
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.page.keyboard.type('notes.md');
    await workbench.lens('Allowed').waitFor();
    await shown('ALLOWED').waitFor();
    await workbench.screenshot('evaluate');
  });

  it.each([
    ['Light Modern', 'vs', 'evaluate-light'],
    ['Default High Contrast', 'hc-black', 'evaluate-high-contrast'],
  ])('reads well in %s', async (theme, className, name) => {
    await workbench.setTheme(theme, className);
    await workbench.lens('Allowed').waitFor();
    await workbench.screenshot(name);
    expect(await shown('ALLOWED').isVisible()).toBe(true);
  });
});
