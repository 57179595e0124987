/**
 * Finds the policies of a workspace folder: `policy.json` and `*.policy.json` in it and in its `.mcp` folder. Not deeper: what a governed
 * server may write below the folder must not become its policy.
 */
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { looksLikePolicy } from '../policy/recognise.ts';
import { readConfigFile } from './configFile.ts';
import type { PolicyFile } from './pairing.ts';

/** Where a workspace folder keeps its policies. */
export const POLICY_FOLDERS = ['.', '.mcp'];

/** In the order of their paths. A file that cannot be read or is another product's is left out. */
export async function findPolicies(folder: string): Promise<readonly PolicyFile[]> {
  const found = await Promise.all(POLICY_FOLDERS.map((place) => policiesIn(path.join(folder, place))));
  return found.flat();
}

/** Paths of the policy tests beside them, and in `tests`. */
export async function findPolicyTests(folder: string): Promise<readonly string[]> {
  const places = [...POLICY_FOLDERS, 'test', 'tests'].map((place) => path.join(folder, place));
  const names = await Promise.all(places.map((place) => readdir(place).catch(() => [])));
  return names.flatMap((found, index) =>
    found.filter((name) => name.endsWith('.policy-test.json')).map((name) => path.join(places[index] ?? folder, name)),
  );
}

async function policiesIn(folder: string): Promise<readonly PolicyFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names
    .filter(isPolicyName)
    .sort()
    .map((name) => path.join(folder, name));
  const read = await Promise.all(files.map((file) => readPolicyFile(file)));
  return read.filter((policy) => policy !== undefined);
}

function isPolicyName(name: string): boolean {
  return name === 'policy.json' || name.endsWith('.policy.json');
}

/** Also of a policy with errors: it belongs to its server, whose calls are then denied. Only a bare `policy.json` may be another product's. */
async function readPolicyFile(file: string): Promise<PolicyFile | undefined> {
  // Of a file too large to be read, the beginning tells what it is: its server must not stay without a reason for its denials.
  const text = await readConfigFile(file).catch(() => readHead(file));
  if (text === undefined) return undefined;
  if (path.basename(file) === 'policy.json' && !looksLikePolicy(text)) return undefined;
  const server = serverOf(text);
  return { path: file, ...(server !== undefined && { server }) };
}

async function readHead(file: string): Promise<string | undefined> {
  try {
    if (!(await stat(file)).isFile()) return undefined;
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return undefined;
  }
}

/** What `server` says, as far as a half-written text can be read. */
function serverOf(text: string): string | undefined {
  const root = parseTree(text);
  const value: unknown = root && findNodeAtLocation(root, ['server'])?.value;
  return typeof value === 'string' ? value : undefined;
}
