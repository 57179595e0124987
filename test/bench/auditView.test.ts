/**
 * The audit view with 100,000 calls in a real VS Code: how long the page is busy at a time while the calls come in, while they are scrolled and
 * filtered, and what memory they take. `npm run bench:audit-view` prints the figures. Nothing here asserts a time: machines differ.
 */
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openState } from '../../server/src/state/index.ts';
import { decided, ended } from '../unit/state/records.ts';
import { Workbench } from '../vscode/ui/workbench.ts';
import { inWords, scrollThrough, tasksDuring } from './support/pageTasks.ts';

const CALLS = 100_000;
const TOOLS = 734;

let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open();
  await workbench.openFile('policy.json');
  await workbench.lens('Start Gateway').click();
  await workbench.lens('Stop Gateway').waitFor();
  await workbench.lens('Stop Gateway').click();
  await workbench.lens('Start Gateway').waitFor();
  await fill(await stateFolder());
  await workbench.lens('Start Gateway').click();
  await workbench.audit.locator('.count', { hasText: /of \d+ calls/ }).waitFor();
}, 300_000);
afterAll(async () => await workbench?.close());

test(`${String(CALLS)} calls come in, are scrolled, filtered and grouped`, { timeout: 300_000 }, async () => {
  const before = await usedHeap();
  const { audit } = workbench;
  await report('while they came in', async () => {
    await audit.getByRole('button', { name: 'Load Older' }).click();
    await allAreThere();
  });
  let rows = 0;
  await report('while they were scrolled from end to end', async () => {
    rows = await scrollThrough(audit.locator('.calls'));
  });
  expect(rows).toBeLessThan(100);
  await report('while a filter was typed', async () => {
    await audit.getByRole('textbox', { name: /^Filter by/ }).pressSequentially('tool_7');
    await audit.locator('.count', { hasText: /^(?!100000 of)/ }).waitFor();
  });
  await report('while they were grouped by tool', async () => {
    await audit.getByRole('button', { name: 'Clear Filter' }).click();
    await audit.getByRole('button', { name: 'Group by Tool' }).click();
    await audit.getByRole('treegrid').waitFor();
  });
  await workbench.audit.getByRole('button', { name: 'Group by Tool' }).click();
  const mebibytes = ((await usedHeap()) - before) / 1_048_576;
  console.log(`The calls take ${mebibytes.toFixed(0)} MiB of the page's memory, with ${String(rows)} rows drawn.`);
  await comeBack();
});

const allAreThere = (): Promise<void> =>
  workbench.audit.locator('.count', { hasText: `${String(CALLS)} of ${String(CALLS)} calls` }).waitFor();

/** VS Code throws a hidden page away; this one comes back without its rows. */
async function comeBack(): Promise<void> {
  await workbench.page.keyboard.press('Control+j');
  await workbench.page.locator('.part.panel').waitFor({ state: 'hidden' });
  const start = performance.now();
  const took = (): string => `${(performance.now() - start).toFixed(0)} ms`;
  await workbench.page.keyboard.press('Control+j');
  await workbench.audit.locator('tr.call').first().waitFor();
  const first = took();
  await allAreThere();
  console.log(`Back from being hidden, the page shows its first rows after ${first}, and has all after ${took()}.`);
}

async function stateFolder(): Promise<string> {
  for await (const file of glob('**/portcullis.db', { cwd: workbench.dataDir }))
    return path.dirname(path.join(workbench.dataDir, file));
  throw new Error('The gateway has made no state.');
}

async function fill(folder: string): Promise<void> {
  let now = Date.now() - 7 * 86_400_000;
  const state = openState(folder, { clock: () => now });
  for (let index = 0; index < CALLS; index++) {
    now += 6_000;
    const tool = `tool_${String(index % TOOLS)}`;
    const isDenied = index % 25 === 0;
    const said = isDenied ? { rule: '(default deny)', message: 'No rule allows it.' } : { rule: '', message: '' };
    const decision = isDenied ? 'deny' : 'allow';
    state.audit.append(decided({ id: String(index), server: 'files', tool, decision, ...said }));
    if (!isDenied) state.audit.note(ended(String(index)));
  }
  await state.close();
}

async function report(when: string, work: () => Promise<unknown>): Promise<void> {
  console.log(`${when}: ${inWords(await tasksDuring(workbench.page, work))}.`);
}

/** In bytes, of the page's process, after its garbage was collected. */
async function usedHeap(): Promise<number> {
  await workbench.page.requestGC();
  return await workbench.audit.locator('body').evaluate(() => {
    const { performance: measured } = globalThis as unknown as Measured;
    return measured.memory?.usedJSHeapSize ?? 0;
  });
}

interface Measured {
  readonly performance: { readonly memory?: { readonly usedJSHeapSize: number } };
}
