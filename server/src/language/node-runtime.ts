/** The real runtime: disk, processes and network of the machine the language server runs on. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import {
  defaultCacheFolder,
  discoverServers,
  listTools,
  loadSnapshot,
  resolveLaunch,
  saveSnapshot,
  snapshotKey,
  type ConfigProblem,
  type PolicyFile,
} from '../mcp/index.ts';
import { looksLikePolicy, MAX_BYTES } from '../policy/index.ts';
import type { Log } from '../ports.ts';
import { readDraft } from './document/draft.ts';
import { scalarAt } from './document/place.ts';
import { POLICY_FOLDERS, type Configuration, type Runtime, type Snapshots } from './runtime.ts';

export function nodeRuntime(log: Log): Runtime {
  const home = homedir();
  return {
    readFile: (file) => readText(file).catch(() => undefined),
    readConfiguration: (folders) => readConfiguration(folders, home),
    async listTools(server, { signal, resolveInput }) {
      const resolver = {
        env: process.env,
        home,
        input: resolveInput,
        readFile: (file: string) => readFile(file, 'utf8'),
      };
      const launch = await resolveLaunch(server, resolver);
      const timeout = server.settings.timeout * 1_000;
      const { catalog } = await listTools(launch, { server: server.name, log, signal, timeout });
      return catalog;
    },
    openSnapshots: (folder) => snapshotsIn(folder ?? defaultCacheFolder(process.env, home)),
  };
}

async function readConfiguration(folders: readonly string[], home: string): Promise<Configuration> {
  const user = { home, platform: process.platform, env: process.env };
  const { servers, inputs, problems } = await discoverServers(folders, { readFile: readText, user });
  const policies = await Promise.all(
    folders.flatMap((folder) => POLICY_FOLDERS.map((sub) => policiesIn(path.join(folder, sub)))),
  );
  return { servers, inputs, policies: policies.flat(), problems: problems.map(problemLine) };
}

/** As the gateway finds them: a bare `policy.json` only when its content is one; a named one also while it has errors. */
async function policiesIn(folder: string): Promise<readonly PolicyFile[]> {
  const names = await readdir(folder).catch(() => []);
  const found: PolicyFile[] = [];
  for (const name of names.filter(isPolicyName).toSorted()) {
    const file = path.join(folder, name);
    const text = await readText(file).catch(() => undefined);
    if (text !== undefined && (name !== 'policy.json' || looksLikePolicy(text)))
      found.push({ path: file, ...serverIn(text) });
  }
  return found;
}

function isPolicyName(name: string): boolean {
  return name === 'policy.json' || name.endsWith('.policy.json');
}

function serverIn(text: string): { server?: string } {
  const server = scalarAt(readDraft(text), ['server']);
  return typeof server === 'string' ? { server } : {};
}

/** `undefined` when there is no such file. A file larger than any policy may be is not read. */
async function readText(file: string): Promise<string | undefined> {
  try {
    if ((await stat(file)).size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}

function snapshotsIn(folder: string): Snapshots {
  return {
    read: (server) => loadSnapshot(folder, snapshotKey(server)),
    write: (server, catalog) => saveSnapshot(folder, snapshotKey(server), catalog),
  };
}

function problemLine({ file, line, column, message }: ConfigProblem): string {
  return `${file}:${line}:${column} ${message}`;
}
