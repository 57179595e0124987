/**
 * Runs one project of vitest.config.mts and counts its tests.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../bundles.mts';
import { runTool } from './command.mts';
import { atLeastOneFailure, none, type Count } from './count.mts';

/** `files`: only these of the project. */
export async function runVitest(
  project: string,
  env: NodeJS.ProcessEnv = {},
  files: readonly string[] = [],
): Promise<Count> {
  const report = path.join(root, 'out', 'reports', `${project}.json`);
  await mkdir(path.dirname(report), { recursive: true });
  await rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runTool('vitest', ['run', '--project', project, ...reporters, ...files], env);
  const count = await readReport(report);
  return code === 0 ? count : atLeastOneFailure(count);
}

async function readReport(file: string): Promise<Count> {
  try {
    const report = JSON.parse(await readFile(file, 'utf8')) as Record<string, number>;
    const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report;
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    // vitest ended before it could report; its exit code and its output say why.
    return none;
  }
}
