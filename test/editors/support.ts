/** What every editor is tried on: a policy with a misspelt tool, its real MCP server, and what the editor printed that it got. */
import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, type Folder } from '../support/folder.ts';
import { json, policy, writeWorkspace } from '../vscode/workspace.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Seen {
  readonly diagnostics: readonly string[];
  /** After the misspelt tool was mended. */
  readonly mended: readonly string[];
  readonly hover: string;
  readonly completion: readonly string[];
}

/** `see`: runs the editor. */
export function describeEditor(name: string, see: () => Promise<Seen>): void {
  describe(name, () => {
    let seen: Seen;

    beforeAll(async () => {
      seen = await see();
    });

    it('is told of a tool that the running server does not list', () => {
      expect(seen.diagnostics.join('\n')).toContain('wirte_file');
    });

    it('takes the finding away when it is mended', () => {
      expect(seen.mended.join('\n')).not.toContain('wirte_file');
      expect(seen.mended.length).toBe(seen.diagnostics.length - 1);
    });

    it('says on hover what a tool does and what is decided', () => {
      expect(seen.hover).toMatch(/medium risk[\s\S]*allowed only when/);
    });

    it("completes argument paths from the tool's schema", () => {
      expect(seen.completion).toContain('args.content');
    });
  });
}

/**
 * Runs the editor in the policy's folder, with `portcullis` on its path; its script prints `Seen` as JSON.
 * Environment of the script: POLICY, the file; FOLDER, the workspace.
 */
export async function seenIn(program: string, args: readonly string[]): Promise<Seen> {
  await using folder = await makeFolder();
  await writeWorkspace(folder.path, root);
  const file = await folder.write('policy.json', json({ ...policy, tools: { ...policy.tools, wirte_file: {} } }));
  await install(folder);
  const options = { env: environment(folder.path, file), cwd: folder.path };
  const { stdout } = await promisify(execFile)(program, args, options);
  return JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1)) as Seen;
}

/** `portcullis` as a person has it who has installed it. */
async function install(folder: Folder): Promise<void> {
  const program = path.join(root, 'dist', 'portcullis.js');
  await chmod(await folder.write('portcullis', `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`), 0o755);
}

function environment(folder: string, file: string): NodeJS.ProcessEnv {
  const own = { HOME: folder, XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder, POLICY: file, FOLDER: folder };
  return { ...process.env, ...own, PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}` };
}
