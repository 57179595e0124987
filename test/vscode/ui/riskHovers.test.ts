/** Ten tools of three real servers, and two of a pretend exchange, as a person reads of their risk in a real VS Code. Each leaves a picture in out/screenshots. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../host/paths.mts';
import { json } from '../workspace.ts';
import { isInView, Workbench } from './workbench.ts';

/** What the hover says of each tool: its heading, and the evidence with the words that it quotes. */
const EXPECTED = {
  files: {
    read_text_file: ['○ low risk · Read', 'begins with the verb "read"', 'says "Read the complete contents of a…"'],
    write_file: ['◔ medium risk · Write, also Destructive', 'the verb "write"', 'destructiveHint: true'],
    move_file: [
      '◔ medium risk · Write, also Destructive',
      'the verb "move"',
      'says "Move or rename files and directories"',
    ],
  },
  memory: {
    create_entities: ['◔ medium risk · Write', 'the verb "create"', 'says "Create multiple new entities in the…"'],
    delete_entities: ['● critical risk · Destructive', 'the verb "delete"', 'says "Delete multiple entities and their'],
    search_nodes: ['○ low risk · Read', 'the verb "search"', 'says "Search for nodes in the knowledge…"'],
  },
  everything: {
    'get-env': ['◔ medium risk · Read', 'the verb "get"', 'It reads secrets: "env" in the name.'],
    'gzip-file-as-resource': [
      '◔ medium risk · Write (medium confidence)',
      'says "Compresses a single file using gzip…"',
    ],
    'toggle-simulated-logging': ['◔ medium risk · Write', 'the verb "toggle"', 'says "Toggles simulated'],
    'trigger-long-running-operation': ['◑ high risk · Execute (medium confidence)', 'begins with the verb "trigger"'],
  },
  exchange: {
    binance_us_withdraw_crypto: ['● critical risk · Financial', 'the verb "withdraw"', 'says "Withdraw an asset to an'],
    binance_us_cancel_all_open_orders: [
      '● critical risk · Destructive, also Financial',
      'joins "cancel" with "orders"',
    ],
  },
} as const;

/** The other tools are allowed outright: where that is dangerous, a finding stands above the risk. */
const RULES: Readonly<Record<string, object>> = { binance_us_cancel_all_open_orders: { action: 'require_approval' } };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({ prepare });
});

afterAll(() => workbench?.close());

it.each(Object.entries(EXPECTED))('says the risk and the evidence of the tools of %s', async (name, tools) => {
  await open(name);
  for (const [tool, [heading, ...evidence]] of Object.entries<readonly string[]>(tools)) {
    const hover = await workbench.hover(tool);
    expect(await hover.locator('h3').innerText(), tool).toBe(heading);
    for (const words of evidence) {
      const place = hover.locator('p', { hasText: words });
      expect(await isInView(place, hover), `"${words}" of ${tool} in plain sight`).toBe(true);
    }
    await workbench.picture(`risk-${tool}`);
    await leave(hover);
  }
});

it.each([
  { theme: 'Light Modern', className: 'vs', picture: 'light' },
  { theme: 'Default High Contrast', className: 'hc-black', picture: 'high-contrast' },
])('can be read in $theme', async ({ theme, className, picture }) => {
  await workbench.setTheme(theme, className);
  for (const [name, tool] of [
    ['files', 'write_file'],
    ['exchange', 'binance_us_withdraw_crypto'],
  ] as const) {
    await open(name);
    const hover = await workbench.hover(tool);
    await workbench.picture(`risk-${tool}-${picture}`);
    await leave(hover);
  }
});

/** A policy for each server, which lists the tools to look at. */
async function prepare(folder: string): Promise<void> {
  const server = (file: string, ...args: string[]): object => ({
    type: 'stdio',
    command: process.execPath,
    args: [path.join(projectRoot, file), ...args],
  });
  const published = (name: string): string => `node_modules/@modelcontextprotocol/server-${name}/dist/index.js`;
  const servers = {
    files: server(published('filesystem'), path.join(folder, 'files')),
    memory: server(published('memory')),
    everything: server(published('everything')),
    exchange: server('out/examples/binance.js'),
  };
  await rm(path.join(folder, 'policy.json'));
  await writeFile(path.join(folder, '.vscode', 'mcp.json'), json({ servers }));
  for (const [name, tools] of Object.entries(EXPECTED)) {
    const entries = Object.fromEntries(Object.keys(tools).map((tool) => [tool, RULES[tool] ?? {}]));
    const policy = { version: '1', server: name, default: 'deny', tools: entries };
    await writeFile(path.join(folder, `${name}.policy.json`), json(policy));
  }
}

/** Until the server's tools are known. */
async function open(name: string): Promise<void> {
  await workbench.openFile(`${name}.policy.json`);
  await workbench.lens(new RegExp(`^${name} · \\d+ tools`)).waitFor();
}

async function leave(hover: Locator): Promise<void> {
  await workbench.page.mouse.move(640, 785);
  await hover.waitFor({ state: 'hidden' });
}
