/** Trying a call out, in a real VS Code: from the lens above an entry to the decision and its trace, which follow what is typed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('evaluating a call', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  /** A line of the call or of the trace. */
  const shown = (text: string): Locator => workbench.page.locator('.view-line', { hasText: text }).first();

  beforeAll(async () => void (workbench = await Workbench.open({ settings: { 'editor.inlayHints.enabled': 'on' } })));
  afterAll(async () => await workbench?.close());

  it('says above the policy what it covers, and above an entry what it decides', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('14 tools').waitFor();
    await workbench.lens('uncovered').waitFor();
    // Not a link: it only says something.
    await workbench.page.locator('.codelens-decoration', { hasText: 'allowed under conditions' }).first().waitFor();
    await workbench.line('◔ medium').waitFor();
    await workbench.screenshot('lenses');
  });

  it('says on a condition what it means', async () => {
    const hover = await workbench.hover('"regex"');
    expect(await hover.innerText()).toMatch(/Allowed only when args\.path matches/);
    await workbench.picture('hover-condition');
    await workbench.page.mouse.move(640, 785);
    await hover.waitFor({ state: 'hidden' });
  });

  it('leads from the name of a tool to what its server says of it', async () => {
    await workbench.placeCursorAfter('policy.json', '"write_fi');
    await workbench.page.keyboard.press('F12');
    await shown('"inputSchema"').waitFor();
    await workbench.screenshot('tool-document');
    await workbench.page.keyboard.press('Control+w');
    await workbench.lens('14 tools').waitFor();
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
