/** What every editor is tried on: a policy with a misspelt tool, its real MCP server, and what the editor printed that it got. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { json, policy, writeWorkspace } from '../vscode/workspace.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Seen {
  readonly diagnostics: readonly string[];
  /** After the misspelt tool was mended. */
  readonly mended: readonly string[];
  readonly hover: string;
  readonly completion: readonly string[];
}

/**
 * Runs the editor in the policy's folder, with `portcullis` on its path; its script prints `Seen` as JSON.
 * Environment of the script: POLICY, the file; FOLDER, the workspace.
 */
export async function seenIn(program: string, args: readonly string[]): Promise<Seen> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portcullis-editor-'));
  try {
    await writeWorkspace(folder, root);
    const file = path.join(folder, 'policy.json');
    await writeFile(file, json({ ...policy, tools: { ...policy.tools, wirte_file: {} } }));
    await installed(folder);
    const { stdout } = await promisify(execFile)(program, args, { env: environment(folder, file), cwd: folder });
    return JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1)) as Seen;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `portcullis` as a person has it who has installed it. */
async function installed(folder: string): Promise<void> {
  const program = path.join(folder, 'portcullis');
  await writeFile(
    program,
    `#!/bin/sh\nexec "${process.execPath}" "${path.join(root, 'dist', 'portcullis.js')}" "$@"\n`,
  );
  await chmod(program, 0o755);
}

function environment(folder: string, file: string): NodeJS.ProcessEnv {
  const own = { HOME: folder, XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder, POLICY: file, FOLDER: folder };
  return { ...process.env, ...own, PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}` };
}
