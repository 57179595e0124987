#!/usr/bin/env node
/**
 * Stands in for the `code` executable in `runTests({ vscodeExecutablePath })` of @vscode/test-electron: boots VS Code's
 * server, opens the workbench in a headless browser with the given extension and test entry, passes their console on,
 * and exits with the tests' code.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { attachConsole } from './console.mts';
import { proveCompletion } from './proof.mts';
import { startServer, type VsCodeServer } from './server.mts';
import { launchBrowser, newPage, workbenchUrl } from './workbench.mts';
import type { Browser } from 'playwright-core';

/** The workbench's own codes are 0 (passed) and 1 (failed). */
const exit = { interrupted: 130, timedOut: 124, pageLost: 70, serverLost: 71, unproven: 72 } as const;

const timeLimit = Number(process.env['VSCODE_HOST_TIMEOUT'] ?? 300_000);

interface Launch {
  readonly folder?: string;
  readonly extension: string;
  readonly tests: string;
  readonly trusted: boolean;
}

function readArguments(argv: readonly string[]): Launch {
  // Switches of desktop VS Code that mean nothing here are accepted and ignored.
  const { values, positionals } = parseArgs({ args: [...argv], strict: false, allowPositionals: true });
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
  if (typeof extension !== 'string' || typeof tests !== 'string') {
    throw new Error('Both --extensionDevelopmentPath=… and --extensionTestsPath=… are needed.');
  }
  const folder = positionals[0] === undefined ? {} : { folder: path.resolve(positionals[0]) };
  const trusted = values['disable-workspace-trust'] === true;
  return { ...folder, extension: path.resolve(extension), tests: path.resolve(tests), trusted };
}

async function main(): Promise<number> {
  const launch = readArguments(process.argv.slice(2));
  const proof = await proveCompletion(launch.tests);
  const extensionsDir = process.env['PORTCULLIS_EXTENSIONS_DIR'];
  const server = await startServer({
    trusted: launch.trusted,
    ...(extensionsDir === undefined ? {} : { extensionsDir }),
  });
  const browser = await launchBrowser();
  try {
    const code = await runInWorkbench(server, browser, { ...launch, tests: proof.entry });
    if (code !== 0 || proof.isGiven()) return code;
    console.error('The extension host ended without finishing the tests.');
    return exit.unproven;
  } finally {
    await browser.close();
    await server.stop();
    await proof.discard();
  }
}

async function runInWorkbench(server: VsCodeServer, browser: Browser, launch: Launch): Promise<number> {
  const page = await newPage(browser);
  const finished = new Promise<number>((resolve) => {
    void attachConsole(page, resolve);
    page.on('crash', () => resolve(exit.pageLost));
    page.on('close', () => resolve(exit.pageLost));
    void server.died.then(() => resolve(exit.serverLost));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(exit.interrupted));
    setTimeout(() => resolve(exit.timedOut), timeLimit).unref();
  });
  const payload = { extensionDevelopmentPath: launch.extension, extensionTestsPath: launch.tests };
  await page.goto(workbenchUrl(server, { ...launch, payload }), { timeout: 60_000 });
  const code = await finished;
  if (code > 1) console.error(`The run ended with ${code}: ${nameOf(code)}.`);
  if (code === exit.serverLost) console.error(`What the server printed:\n${server.log()}`);
  return code;
}

function nameOf(code: number): string {
  return Object.entries(exit).find(([, value]) => value === code)?.[0] ?? 'unknown';
}

process.exitCode = await main();
