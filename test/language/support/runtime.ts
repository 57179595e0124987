/** A runtime without disk, processes or network, which says what was asked of it. */
import type { Catalog, Tool } from '../../../server/src/catalog/tool.ts';
import type { Configuration, ListOptions, Runtime } from '../../../server/src/language/runtime.ts';
import type { ServerDefinition } from '../../../server/src/mcp/definition.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/mcp/index.ts';

export const FOLDER = '/project';
export const POLICY_URI = 'file:///project/policy.json';

export function definition(name: string, command = 'serve'): ServerDefinition {
  return {
    name,
    launch: { kind: 'stdio', command, args: [], env: {} },
    origin: { host: 'vscode', file: `${FOLDER}/.vscode/mcp.json`, folder: FOLDER },
    settings: DEFAULT_SETTINGS,
  };
}

export interface FakeRuntime extends Runtime {
  /** Names of the servers that were started or contacted, in order. */
  readonly started: string[];
  /** What a new reading of the configuration gives. */
  configured: Configuration;
  readonly saved: Map<string, Catalog>;
  /** By the policy's path. */
  readonly reviewed: Map<string, Catalog>;
  readonly files: Map<string, string>;
  /** How a server answers; replace it to have one that is slow or dead. */
  answer: (server: ServerDefinition, options: ListOptions) => Promise<readonly Tool[]>;
}

/** One server, `files`, for the folder's policy.json. */
export function fakeRuntime(tools: readonly Tool[]): FakeRuntime {
  const runtime: FakeRuntime = {
    started: [],
    configured: {
      servers: [definition('files')],
      entries: [],
      inputs: [],
      policies: [{ path: `${FOLDER}/policy.json` }],
      tests: [],
      problems: [],
    },
    saved: new Map(),
    reviewed: new Map(),
    files: new Map(),
    answer: () => Promise.resolve(tools),
    readFile: (path) => Promise.resolve(runtime.files.get(path)),
    readConfiguration: () => Promise.resolve(runtime.configured),
    listTools: async (server, options) => {
      runtime.started.push(server.name);
      return { server: server.name, tools: await runtime.answer(server, options), readAt: 1, source: 'live' };
    },
    clientsAround: (folder) => ({
      folder,
      user: { home: '/home/user', platform: 'linux', env: {} },
      readFile: (file) => Promise.resolve(runtime.files.get(file)),
      exists: (file) => Promise.resolve([...runtime.files.keys()].some((known) => known.startsWith(file))),
    }),
    applyChanges: ({ changes }) => {
      for (const { file, after } of changes) if (after !== undefined) runtime.files.set(file, after);
      return Promise.resolve({ backups: [] });
    },
    openRecords: () => undefined,
    openSnapshots: () => ({
      read: ({ name }) => Promise.resolve(runtime.saved.get(name)),
      readReviewed: (policyFile) => Promise.resolve(runtime.reviewed.get(policyFile)),
      write: ({ name }, catalog) => {
        runtime.saved.set(name, catalog);
        return Promise.resolve();
      },
    }),
  };
  return runtime;
}
