/**
 * Runs inside VS Code's extension host: every `*.test.js` beside this bundle, under mocha. Tests import `describe` and
 * `it` from 'mocha' and `assert` from 'node:assert/strict'. The counts go to the file that PORTCULLIS_SUITE_REPORT names.
 */
import Mocha from 'mocha';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** VS Code calls this; a rejection makes the run fail. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: true, timeout: 60_000, forbidOnly: true });
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  for (const name of files.sort()) mocha.addFile(path.join(__dirname, name));
  const stats = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats ?? failedToStart));
  });
  report(stats);
  if (stats.failures > 0 || stats.passes === 0) throw new Error(`${stats.failures} of ${stats.tests} tests failed`);
}

const failedToStart = { suites: 0, tests: 0, passes: 0, pending: 0, failures: 1 } satisfies Mocha.Stats;

function report({ passes, failures, pending }: Mocha.Stats): void {
  const file = process.env['PORTCULLIS_SUITE_REPORT'];
  if (file === undefined) return;
  writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
}
