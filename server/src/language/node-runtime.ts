/** The real runtime: disk, processes and network of the machine the language server runs on. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { demandAccepted } from '../gateway/setup/demandAccepted.ts';
import {
  defaultCacheFolder,
  discoverServers,
  findPolicies,
  findPolicyTests,
  listTools,
  loadSnapshot,
  problemLine,
  readConfigFile,
  readPinned,
  resolveLaunch,
  reviewedKey,
  saveSnapshot,
  snapshotKey,
  type UserPlace,
} from '../mcp/index.ts';
import { applyChanges, surroundingsOnDisk } from '../mcp/connect/index.ts';
import type { Log } from '../ports.ts';
import { openRecords } from './replay/records.ts';
import type { Configuration, Runtime, Snapshots } from './runtime.ts';

export function nodeRuntime(log: Log): Runtime {
  const home = homedir();
  return {
    readFile: (file) => readConfigFile(file).catch(() => undefined),
    readConfiguration: (folders) => readConfiguration(folders, home),
    async listTools(server, { signal, resolveInput, stateFolder }) {
      await demandAccepted(server, {
        user: userHere(home),
        log,
        ...(stateFolder === undefined ? {} : { stateFolder }),
      });
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
    clientsAround: (folder) => surroundingsOnDisk(folder, userHere(home)),
    applyChanges: ({ changes, folder }) => applyChanges(changes, { workspace: folder }),
    openRecords,
    openSnapshots: (folder) => snapshotsIn(folder ?? defaultCacheFolder(process.env, home)),
  };
}

function userHere(home: string): UserPlace {
  return { home, platform: process.platform, env: process.env };
}

async function readConfiguration(folders: readonly string[], home: string): Promise<Configuration> {
  const discovery = await discoverServers(folders, { readFile: readConfigFile, user: userHere(home) });
  const { servers, entries, inputs, findings, problems } = discovery;
  const policies = await Promise.all(folders.map((folder) => findPolicies(folder)));
  const tests = await Promise.all(folders.map((folder) => findPolicyTests(folder)));
  const pinned = await Promise.all(folders.map(async (folder) => [folder, await readPinned(folder)] as const));
  return {
    servers,
    entries,
    inputs,
    findings,
    policies: policies.flat(),
    tests: tests.flat(),
    pinned: new Map(pinned),
    problems: problems.map(problemLine),
  };
}

function snapshotsIn(folder: string): Snapshots {
  return {
    read: (server) => loadSnapshot(folder, snapshotKey(server)),
    write: (server, catalog) => saveSnapshot(folder, snapshotKey(server), catalog),
    // The command line keeps it, and knows no folder but the platform's.
    readReviewed: (policyFile) => loadSnapshot(defaultCacheFolder(process.env, homedir()), reviewedKey(policyFile)),
  };
}
