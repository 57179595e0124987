/** Rules written in the builder's forms in a real VS Code: by the tool's schema, by keys alone, refused where wrong, undone, compared, and left for the text and back. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../host/paths.mts';
import { json } from '../workspace.ts';
import { examine } from './axe.ts';
import { cutOff, tabTo } from './pageProbes.ts';
import { isInView, stopAtFirstFailure, Workbench } from './workbench.ts';

/** Laid out by hand, so that a change which touches more than it should is seen. */
const POLICY = `{
  "version": "1",
  "server":  "bank",
  "default": "deny",
  "all_tools": { "limits": [{ "counter": "calls", "window": "minute", "max": 60 }] },
  "tools": {
    "get_account":   {},
    "transfer_funds": {
      "deny_if": [ { "path": "args.amount",  "op": "gt", "value": 10, "on_deny": "Ask the treasurer." } ]
    },
    "list_payees": {}
  }
}
`;

const CONFLICT = POLICY.replace(
  '    "list_payees": {}\n',
  '<<<<<<< ours\n    "list_payees": {}\n=======\n    "list_payees": { "action": "deny" }\n>>>>>>> theirs\n',
);

const TOOLS = [
  { name: 'get_account', description: 'Reads one account.', inputSchema: { type: 'object', properties: {} } },
  { name: 'list_payees', description: 'Lists payees.', inputSchema: { type: 'object', properties: {} } },
  {
    name: 'transfer_funds',
    description: 'Transfers money to an account.',
    inputSchema: {
      type: 'object',
      required: ['amount', 'to'],
      properties: {
        amount: { type: 'number', minimum: 0, maximum: 5000 },
        to: { type: 'string', description: 'An IBAN.' },
        currency: { enum: ['EUR', 'USD', 'GBP'] },
        on: { type: 'string', format: 'date' },
        urgent: { type: 'boolean' },
        details: { type: 'object' },
      },
    },
  },
];

describe('the forms of the policy builder', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  const row = (tool: string): Locator => workbench.builder.locator(`tr[data-id="${tool}"]`);
  const pane = (): Locator => workbench.builder.locator('.rule-pane');
  const list = (name: string): Locator => pane().getByRole('region', { name });
  const cards = (name: string): Locator => list(name).locator('> .card');
  const openBuilder = async (): Promise<void> =>
    await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Open Policy Builder' }).click();
  const openText = async (): Promise<void> =>
    await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Open Policy as Text' }).click();
  /** What the focus is on, within the pane. */
  const focused = (): Locator => pane().locator(':focus');
  const policyTabs = (): Locator => workbench.page.getByRole('tab', { name: /policy\.json/ });
  const onDisk = (): Promise<string> => readFile(path.join(workbench.folder, 'policy.json'), 'utf8');

  beforeAll(async () => {
    workbench = await Workbench.open({ prepare });
  });
  afterAll(async () => await workbench?.close());

  it('opens at the tool whose rules the cursor stands in, in the place of the text', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('3 tools').waitFor();
    await workbench.placeCursorAfter('policy.json', '"op": "g');
    await openBuilder();
    await pane().getByRole('heading', { name: 'transfer_funds' }).waitFor();
    await cards('Denied when').getByText('denied if args.amount is more than 10').waitFor();
    await expect.poll(() => policyTabs().count()).toBe(1);
    expect(await row('transfer_funds').getAttribute('class')).toContain('active');
    await workbench.screenshot('forms-dark');
  });

  it('goes back to the text at the tool that is chosen, in the place of the builder', async () => {
    await row('list_payees').click({ position: { x: 300, y: 5 } });
    await pane().getByRole('heading', { name: 'list_payees' }).waitFor();
    await openText();
    await workbench.statusItem(/Ln 11, Col 18 \(13 selected\)|Ln 11/).waitFor();
    await expect.poll(() => policyTabs().count()).toBe(1);
    await openBuilder();
    await pane().getByRole('heading', { name: 'list_payees' }).waitFor();
  });

  it('writes a condition by the schema with keys alone, each step one small edit', async () => {
    const grid = workbench.builder.getByRole('grid');
    await row('transfer_funds').click({ position: { x: 300, y: 5 } });
    await grid.press('Enter');
    await expect.poll(() => focused().getAttribute('data-key')).toBe('["action","action"]');
    await list('Allowed only when')
      .getByRole('combobox', { name: 'Add a Requirement' })
      .selectOption({ label: 'args.currency in … (string)' });
    await list('Allowed only when').getByRole('button', { name: 'Add a Requirement' }).press('Enter');
    const card = cards('Allowed only when').first();
    await card.getByText('allowed only when args.currency is one of ["EUR"]').waitFor();
    await expect.poll(() => focused().getAttribute('data-key')).toBe('["path","require",0,"path"]');
    await card.getByRole('checkbox', { name: '"USD"' }).press('Space');
    await card.getByText('is one of ["EUR","USD"]').waitFor();
    await card.getByLabel('Told to the agent').fill('Only euros and dollars.');
    await card.getByLabel('Told to the agent').press('Tab');
    await workbench.builder.getByText('Changes take effect when the policy is saved.').waitFor();
    await workbench.screenshot('forms-condition');
  });

  it('says at the field what the text editor would say, and writes nothing of it', async () => {
    const value = cards('Denied when').first().getByLabel('Value', { exact: true });
    await value.fill('9007199254740993');
    await value.press('Tab');
    const problem = cards('Denied when').first().getByRole('alert');
    await problem.waitFor();
    expect(await problem.innerText()).toBe(
      'This number has more digits than JSON readers keep. Write it with fewer digits, or as a string.',
    );
    expect(await value.getAttribute('aria-invalid')).toBe('true');
    expect(await value.getAttribute('aria-describedby')).toContain(await problem.getAttribute('id'));
    expect((await examine(workbench.builder)).violations).toEqual([]);
    await workbench.screenshot('forms-refused');
    await value.fill('250');
    await value.press('Tab');
    await cards('Denied when').getByText('denied if args.amount is more than 250').waitFor();
    await problem.waitFor({ state: 'hidden' });
  });

  it('shows the difference before it is saved with one click', async () => {
    await workbench.builder.getByRole('button', { name: 'Show Changes' }).click();
    await workbench.difference('"require": [').waitFor();
    await workbench.screenshot('forms-difference');
    await workbench.page.keyboard.press('Control+w');
    await pane().getByRole('heading', { name: 'transfer_funds' }).waitFor();
  });

  it('undoes each change in its turn, to the byte', async () => {
    await workbench.builder.getByRole('grid').focus();
    for (const left of ['is one of ["EUR","USD"]', 'is one of ["EUR","USD"]', 'is one of ["EUR"]']) {
      await workbench.page.keyboard.press('Control+z');
      await cards('Allowed only when').getByText(left, { exact: false }).waitFor();
    }
    await workbench.page.keyboard.press('Control+z');
    await cards('Allowed only when').first().waitFor({ state: 'detached' });
    await workbench.builder.locator('.unsaved').waitFor({ state: 'hidden' });
    await workbench.page.keyboard.press('Control+s');
    expect(await onDisk()).toBe(POLICY);
  });

  it('takes back in a field what was typed there alone, and saves what stands in one without leaving it', async () => {
    const told = cards('Denied when').first().getByLabel('Told to the agent');
    await told.press('End');
    await workbench.page.keyboard.type(' Twice.');
    await workbench.page.keyboard.press('Control+z');
    await expect.poll(() => told.inputValue()).not.toContain('Twice');
    await told.fill('Ask first.');
    await workbench.page.keyboard.press('Control+s');
    await expect.poll(onDisk).toBe(POLICY.replace('Ask the treasurer.', 'Ask first.'));
    expect(await focused().getAttribute('data-key')).toBe('["on_deny","deny_if",0,"on_deny"]');
    for (const key of ['Control+z', 'Control+s']) await workbench.page.keyboard.press(key);
    await expect.poll(onDisk).toBe(POLICY);
  });

  it('follows the text beside it: what is typed, broken, conflicting after a merge, and reverted', async () => {
    const inState = (state: string): Promise<void> =>
      row('list_payees').locator(`button.${state}[aria-pressed="true"]`).waitFor();
    const broken = workbench.builder.getByRole('heading', { name: 'The text is no valid policy' });
    await workbench.run('View: Split Editor Right');
    await openText();
    await workbench.placeCursorAfter('policy.json', '"list_payees": {');
    // All at once: completion would have its say in what is typed.
    await workbench.page.keyboard.insertText(' "action": "deny" ');
    await inState('deny');
    await workbench.page.keyboard.type('!');
    await broken.waitFor();
    await workbench.page.keyboard.press('Backspace');
    await row('list_payees').locator('button[data-state="hide"]').click();
    await workbench.line('"hide": [').waitFor();
    await workbench.run('File: Revert File');
    await inState('allow');
    await writeFile(path.join(workbench.folder, 'policy.json'), CONFLICT);
    await broken.waitFor();
    await workbench.screenshot('builder-beside-conflict');
    await writeFile(path.join(workbench.folder, 'policy.json'), POLICY);
    await inState('allow');
    await workbench.line('"version"').click();
    await workbench.run('View: Close All Editors in Group');
    await row('transfer_funds').click({ position: { x: 300, y: 5 } });
  });

  it('has a person asked, limits calls, and says what it comes to', async () => {
    await pane().getByLabel('Action').selectOption({ label: 'require_approval' });
    await pane().getByLabel('Seconds to answer').fill('60');
    await pane().getByLabel('Seconds to answer').press('Tab');
    await pane().getByText('Needs approval').waitFor();
    await list('Rate limit').getByRole('button', { name: 'Add a Rate Limit' }).click();
    await cards('Rate limit').getByText('at most 30 calls in 60 seconds per grant').waitFor();
    await workbench.page.keyboard.press('Control+s');
    await workbench.builder.locator('.unsaved').waitFor({ state: 'hidden' });
    expect(JSON.parse(await onDisk())).toMatchObject({
      tools: { transfer_funds: { action: 'require_approval', approval: { timeout: 60 }, rate_limit: { max: 30 } } },
    });
    expect(await onDisk()).toContain('"path": "args.amount",  "op": "gt", "value": 10,');
  });

  it('edits the limits of every tool', async () => {
    await workbench.builder.getByRole('button', { name: /at most 60/ }).click();
    await pane().getByRole('heading', { name: 'Every Tool' }).waitFor();
    const most = cards('Quotas').first().getByLabel('At most');
    await most.fill('90');
    await most.press('Tab');
    await cards('Quotas').getByText('at most 90 calls per minute').waitFor();
    await workbench.page.keyboard.press('Control+s');
    await workbench.builder.locator('.unsaved').waitFor({ state: 'hidden' });
    await most.press('Escape');
    await pane().waitFor({ state: 'hidden' });
    await workbench.run('View: Close Primary Side Bar');
  });

  it.each([
    { name: 'zoom-200', width: 640, height: 400 },
    { name: 'narrow', width: 400, height: 700 },
  ])('is all there at $name: nothing cut off, the table and the form by keys', async ({ name, width, height }) => {
    await workbench.page.setViewportSize({ width, height });
    await tabTo(workbench.page, workbench.builder, /^Tools, the most/);
    for (const key of ['End', 'Enter']) await workbench.page.keyboard.press(key);
    await expect.poll(() => focused().getAttribute('data-key')).toBe('["action","action"]');
    await workbench.screenshot(`forms-${name}`);
    expect(await cutOff(workbench.builder)).toEqual([]);
    await list('Quotas').getByRole('button', { name: 'Add a Quota' }).focus();
    expect(await isInView(list('Quotas').getByRole('button', { name: 'Add a Quota' }), pane())).toBe(true);
    await workbench.page.keyboard.press('Escape');
    await pane().waitFor({ state: 'hidden' });
    expect(await workbench.builder.getByRole('grid').evaluate(hasFocus)).toBe(true);
    await workbench.screenshot(`builder-${name}`);
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
  });

  it.each([
    { theme: 'Light Modern', className: 'vs', picture: 'forms-light' },
    { theme: 'Default High Contrast', className: 'hc-black', picture: 'forms-high-contrast' },
    { theme: 'Default High Contrast Light', className: 'hc-light', picture: 'forms-high-contrast-light' },
  ])('can be read in $theme', async ({ theme, className, picture }) => {
    await workbench.setTheme(theme, className);
    await workbench.builder.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    await row('transfer_funds').click({ position: { x: 300, y: 5 } });
    await workbench.builder.getByRole('grid').press('Enter');
    await cards('Rate limit').first().waitFor();
    expect((await examine(workbench.builder)).violations).toEqual([]);
    await workbench.screenshot(picture);
  });
});

/** Runs in the page. */
const hasFocus = (element: unknown): boolean =>
  (element as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement === element;

async function prepare(folder: string): Promise<void> {
  const stub = path.join(projectRoot, 'test', 'support', 'servers', 'stub.mts');
  const server = {
    type: 'stdio',
    command: process.execPath,
    args: [stub, JSON.stringify({ name: 'bank', tools: TOOLS })],
  };
  await rm(path.join(folder, 'iam'), { recursive: true });
  await writeFile(path.join(folder, '.vscode', 'mcp.json'), json({ servers: { bank: server } }));
  await writeFile(path.join(folder, 'policy.json'), POLICY);
}
