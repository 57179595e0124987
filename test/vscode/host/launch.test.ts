import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const launcher = path.join(import.meta.dirname, 'launch.mts');
const extension = path.join(import.meta.dirname, 'stub-extension');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-launch-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `body` as the test entry inside the extension host. */
function launch(body: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const tests = path.join(folder, 'tests.js');
  writeFileSync(tests, `exports.run = async () => { ${body} };`);
  const args = [`--extensionDevelopmentPath=${extension}`, `--extensionTestsPath=${tests}`, folder];
  return spawnSync(process.execPath, [launcher, '--disable-workspace-trust', ...args], { encoding: 'utf8' });
}

describe('the launcher of in-host tests', () => {
  it('passes the console on and reports a pass', () => {
    const { status, stdout } = launch(`console.log('%d folder', require('vscode').workspace.workspaceFolders.length);`);
    expect(stdout).toContain('1 folder');
    expect(status).toBe(0);
  });

  it('does not take an extension host that died half-way for a pass', () => {
    const { status, stderr } = launch('process.exit(0);');
    expect(stderr).toContain('without finishing the tests');
    expect(status).not.toBe(0);
  });
});
