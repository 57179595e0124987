/**
 * Finds the policies of a workspace folder: `policy.json` and `*.policy.json` in it and in its `.mcp` folder. Not deeper: what a governed
 * server may write below the folder must not become its policy.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { looksLikePolicy, MAX_BYTES, readJson } from '../../policy/index.ts';
import type { PolicyFile } from '../../mcp/index.ts';

/** In the order of their paths. A file that cannot be read or is another product's is left out. */
export async function findPolicies(folder: string): Promise<readonly PolicyFile[]> {
  const found: PolicyFile[] = [];
  for (const place of [folder, path.join(folder, '.mcp')]) {
    const names = await readdir(place).catch(() => []);
    for (const name of names.sort()) {
      const policy = isPolicyName(name) ? await readPolicyFile(path.join(place, name)) : undefined;
      if (policy) found.push(policy);
    }
  }
  return found;
}

function isPolicyName(name: string): boolean {
  return name === 'policy.json' || name.endsWith('.policy.json');
}

/** Also of a policy with errors: it belongs to its server, whose calls are then denied. */
async function readPolicyFile(file: string): Promise<PolicyFile | undefined> {
  try {
    const { size } = await stat(file);
    const bytes = size > MAX_BYTES ? new Uint8Array() : await readFile(file);
    const named = path.basename(file) !== 'policy.json';
    if (!named && !looksLikePolicy(Buffer.from(bytes).toString('utf8'))) return undefined;
    const server = serverOf(bytes);
    return server === undefined ? { path: file } : { path: file, server };
  } catch {
    return undefined;
  }
}

function serverOf(bytes: Uint8Array): string | undefined {
  const reading = readJson(bytes);
  const server = reading.ok && reading.root.kind === 'object' ? reading.root.members.get('server')?.value : undefined;
  return server?.kind === 'string' ? server.value : undefined;
}
