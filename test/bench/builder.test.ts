/**
 * The policy builder with hundreds and thousands of tools in a real VS Code: for how long at a time its page is busy while it opens, is
 * scrolled, filtered, changed and follows the text beside it. `npm run bench:builder` prints the least of several rounds, since whatever
 * else the machine does only adds to them. Nothing here asserts a time: machines differ.
 */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { projectRoot } from '../vscode/host/paths.mts';
import { Workbench } from '../vscode/ui/workbench.ts';
import { json } from '../vscode/workspace.ts';
import { inWords, scrollThrough, tasksDuring, type Task } from './support/pageTasks.ts';

const ROUNDS = 3;
/** Tools that are changed together. */
const SELECTED = 500;
/** CSS pixels. */
const ROW = 28;

const POLICY = `{
  "version": "1",
  "server": "exchange",
  "default": "deny",
  "all_tools": { "limits": [{ "counter": "calls", "window": "minute", "max": 60 }] },
  "tools": { "tool_1": {} }
}
`;

type Step = readonly [name: string, run: (builder: Workbench['builder']) => Promise<void>];

test.each([734, 5_000])('%i tools', { timeout: 600_000 }, async (count) => {
  const workbench = await Workbench.open({ prepare: (folder) => prepare(folder, count) });
  try {
    const rounds: Rounds = new Map();
    await workbench.openFile('policy.json');
    await workbench.lens(`${String(count)} tools`).waitFor();
    rounds.set('opened', [await tasksDuring(workbench.page, () => open(workbench, count))]);
    await showTextBeside(workbench);
    for (let round = 0; round < ROUNDS; round++) await measure(workbench, stepsOf(workbench), rounds);
    for (const [step, all] of rounds) console.log(`${String(count)} tools, ${step}: ${inWords(leastOf(all))}.`);
  } finally {
    await workbench.close();
  }
});

async function open(workbench: Workbench, count: number): Promise<void> {
  await workbench.run('Portcullis: Open Policy Builder');
  await workbench.builder.getByText(`${String(count)} of ${String(count)} tools`).waitFor();
}

/** Each change is followed there, too. */
async function showTextBeside(workbench: Workbench): Promise<void> {
  await workbench.run('View: Close Primary Side Bar');
  await workbench.run('View: Split Editor Right');
  await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Open Policy as Text' }).last().click();
  await workbench.line('"version"').waitFor();
}

type Rounds = Map<string, (readonly Task[])[]>;

async function measure({ builder, page }: Workbench, steps: readonly Step[], rounds: Rounds): Promise<void> {
  for (const [name, run] of steps) {
    const tasks = await tasksDuring(page, () => run(builder));
    rounds.set(name, [...(rounds.get(name) ?? []), tasks]);
  }
}

function stepsOf(workbench: Workbench): readonly Step[] {
  const { page } = workbench;
  return [
    [
      'scrolled from end to end',
      async (builder) => expect(await scrollThrough(builder.locator('.tools'))).toBeLessThan(100),
    ],
    [
      'a search typed',
      async (builder) => {
        await builder.getByRole('textbox', { name: /^Filter by/ }).pressSequentially('tool_17');
        await builder.locator('.count', { hasText: /^(11|111) of/ }).waitFor();
        await builder.getByRole('button', { name: 'Clear Filter' }).click();
      },
    ],
    [
      `${String(SELECTED)} selected and hidden`,
      async (builder) => {
        await selectMany(builder);
        await builder
          .getByRole('group', { name: 'Change the selected tools' })
          .getByRole('button', { name: 'Hide' })
          .click();
        await builder.locator('.outcome', { hasText: `${String(SELECTED)} tools changed.` }).waitFor();
        await workbench.line('"hide": [').waitFor();
      },
    ],
    [
      'an edit in the text beside it',
      async (builder) => {
        await workbench.line('"version"').click({ position: { x: 40, y: 8 } });
        await page.keyboard.press('End');
        await page.keyboard.type('  ');
        await builder.locator('.unsaved').waitFor();
      },
    ],
    [
      'reverted',
      async (builder) => {
        await workbench.run('File: Revert File');
        await builder.locator('.unsaved').waitFor({ state: 'hidden' });
        await builder.getByRole('button', { name: 'Clear Selection' }).click();
      },
    ],
  ];
}

/** From the first row to the last of them, by Shift and a click. */
async function selectMany(builder: Workbench['builder']): Promise<void> {
  const rowAt = (index: number): Locator => builder.locator(`tr[aria-rowindex="${String(index + 2)}"]`);
  const place = { position: { x: 12, y: 12 } };
  await builder.getByRole('grid').press('Home');
  await rowAt(0).click(place);
  await builder.locator('.tools').evaluate(scrollTo, (SELECTED - 3) * ROW);
  await rowAt(SELECTED - 1).click({ ...place, modifiers: ['Shift'] });
  await builder.getByText(`${String(SELECTED)} selected`).waitFor();
}

/** Runs in the page. */
function scrollTo(scroller: unknown, top: number): void {
  (scroller as { scrollTop: number }).scrollTop = top;
}

/** Of the round whose longest task is the shortest. */
const leastOf = (rounds: readonly (readonly Task[])[]): readonly Task[] =>
  rounds.toSorted(([a], [b]) => (a?.processor ?? 0) - (b?.processor ?? 0))[0] ?? [];

async function prepare(folder: string, count: number): Promise<void> {
  const stub = path.join(projectRoot, 'test', 'support', 'servers', 'stub.mts');
  const options = JSON.stringify({ name: 'exchange', tools: count });
  const server = { type: 'stdio', command: process.execPath, args: [stub, options] };
  await rm(path.join(folder, 'iam'), { recursive: true });
  await writeFile(path.join(folder, '.vscode', 'mcp.json'), json({ servers: { exchange: server } }));
  await writeFile(path.join(folder, 'policy.json'), POLICY);
}
