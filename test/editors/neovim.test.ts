/**
 * The language server in an editor that is not ours: Neovim, 0.7 or later, which speaks LSP without any plugin. `npm run test:editors`, with the
 * bundles built; Debian: `apt-get install neovim`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json, policy, writeWorkspace } from '../vscode/workspace.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Seen {
  readonly diagnostics: readonly string[];
  readonly mended: readonly string[];
  readonly hover: string;
  readonly completion: readonly string[];
}

describe('Neovim', () => {
  let folder: string;
  let seen: Seen;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'portcullis-neovim-'));
    await writeWorkspace(folder, root);
    const file = path.join(folder, 'policy.json');
    const tools = { ...policy.tools, wirte_file: {} };
    await writeFile(file, json({ ...policy, tools }));
    const env = {
      ...process.env,
      XDG_CACHE_HOME: folder,
      XDG_STATE_HOME: folder,
      POLICY: file,
      FOLDER: folder,
      NODE: process.execPath,
      PORTCULLIS: path.join(root, 'dist', 'portcullis.js'),
    };
    const script = path.join(import.meta.dirname, 'neovim.lua');
    const { stdout } = await promisify(execFile)('nvim', ['--headless', '--clean', '-c', `luafile ${script}`], {
      env,
      cwd: folder,
    });
    seen = JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1)) as Seen;
  });

  afterAll(async () => await rm(folder, { recursive: true, force: true }));

  it('is told of a tool that the running server does not list', () => {
    expect(seen.diagnostics.join('\n')).toContain('wirte_file');
  });

  it('takes the finding away when it is mended', () => {
    expect(seen.mended.join('\n')).not.toContain('wirte_file');
  });

  it('says on hover what a tool does and what is decided', () => {
    expect(seen.hover).toMatch(/medium risk[\s\S]*allowed only when/);
  });

  it("completes argument paths from the tool's schema", () => {
    expect(seen.completion).toContain('args.content');
  });
});
