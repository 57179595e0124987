/**
 * What the extension host writes to its console, and how its test run ended, as the workbench tells its driver.
 */
import { format } from 'node:util';
import type { Page } from 'playwright-core';

/** Lines of VS Code itself that come with every run of this host and say nothing about the extension. */
const noise = [
  /open-vsx\.org|extensions gallery|builtin extensions/,
  /AgentHost|AccountPolicyGate|authentication provider/,
  /connection token|Creating a socket|grace time/,
  /spdlog|native-watchdog/,
  /ServiceWorker|Creation of workbench contribution/,
];

/** Prints the extension host's console; calls `onExit` with the code of the test run. */
export async function attachConsole(page: Page, onExit: (code: number) => void): Promise<void> {
  const print = (severity: string, args: readonly unknown[]): void => {
    // The console's arguments arrive unformatted, as they were given: ('%s passed', 3).
    const line = format(...args);
    if (severity === 'error' || severity === 'info' || severity === 'warn') {
      if (!noise.some((pattern) => pattern.test(line))) console.log(line);
    }
  };
  await page.exposeFunction('codeAutomationLog', print);
  await page.exposeFunction('codeAutomationExit', onExit);
}
