/**
 * Runs the in-host suite inside the extension host of a real VS Code and counts its tests.
 */
import { runTests } from '@vscode/test-electron';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeWorkspace } from '../../test/vscode/workspace.ts';
import { buildSuite, root } from '../bundles.mts';
import { atLeastOneFailure, none, type Count } from './count.mts';

const launcher = path.join(root, 'test', 'vscode', 'host', 'launch.mts');

export interface HostRun {
  /** The folder that is loaded as the extension under development. */
  readonly extension: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The suite opens a throw-away workspace, so that a test may write to it. */
export async function runInHost({ extension, env = {} }: HostRun): Promise<Count> {
  const reports = path.join(root, 'out', 'reports');
  await mkdir(reports, { recursive: true });
  const report = path.join(reports, 'host.json');
  await rm(report, { force: true });
  const workspace = await mkdtemp(path.join(os.tmpdir(), 'portcullis-workspace-'));
  try {
    await writeWorkspace(workspace, root);
    const passed = await launch(extension, workspace, { ...env, PORTCULLIS_SUITE_REPORT: report });
    const count = await readReport(report);
    return passed ? count : atLeastOneFailure(count);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function launch(extension: string, workspace: string, env: Record<string, string>): Promise<boolean> {
  const desktop = process.env['PORTCULLIS_TEST_DESKTOP'] !== undefined;
  try {
    await runTests({
      // Without an executable, test-electron downloads desktop VS Code: what a CI with open network access runs.
      ...(desktop ? {} : { vscodeExecutablePath: launcher }),
      extensionDevelopmentPath: extension,
      extensionTestsPath: await buildSuite(),
      extensionTestsEnv: env,
      launchArgs: [workspace],
    });
    return true;
  } catch (error) {
    console.error(String(error));
    return false;
  }
}

async function readReport(file: string): Promise<Count> {
  try {
    return { ...none, ...(JSON.parse(await readFile(file, 'utf8')) as Partial<Count>) };
  } catch {
    // The suite ended before it could report; the failed run says why.
    return none;
  }
}
