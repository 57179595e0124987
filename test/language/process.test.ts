/** The language server as a process of its own, with a real MCP server: what any editor gets over stdio. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CompletionList,
} from 'vscode-languageserver/node';
import { openConfigurationRatchet } from '../../server/src/gateway/index.ts';
import { languageMessages, type ServersParams } from '../../server/src/protocol/language.ts';
import type { LanguageServerOptions } from '../../server/src/protocol/languageOptions.ts';
import { AcceptedFiles } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { collectingLog } from '../support/servers/log.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MEMORY_SERVER = path.join(ROOT, 'node_modules/@modelcontextprotocol/server-memory/dist/index.js');
const POLICY = '{ "version": "1", "default": "deny", "tools": { "" } }';

let folder: Folder;

beforeAll(async () => {
  const memory = {
    command: process.execPath,
    args: [MEMORY_SERVER],
    env: { MEMORY_FILE_PATH: '${workspaceFolder}/memory.jsonl' },
  };
  folder = await makeFolder({ 'policy.json': POLICY, '.vscode/mcp.json': JSON.stringify({ servers: { memory } }) });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['server/src/language/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    outfile: folder.file('server.js'),
    logLevel: 'silent',
  });
});

afterAll(() => folder[Symbol.asyncDispose]());

/** Starts the server, opens the policy, waits for the tool list to be in `state`, and completes a tool name. */
async function toolNames(
  trusted: boolean,
  state: string,
  more: LanguageServerOptions = {},
): Promise<readonly string[]> {
  const env = { ...process.env, HOME: folder.path, USERPROFILE: folder.path };
  const server = spawn(process.execPath, [folder.file('server.js'), '--stdio'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const listed = new Promise<void>((resolve) =>
    connection.onNotification(languageMessages.servers, ({ servers }: ServersParams) => {
      if (servers.some(({ tools }) => tools.state === state)) resolve();
    }),
  );
  connection.listen();
  const initializationOptions: LanguageServerOptions = { trusted, cacheFolder: folder.file('cache'), ...more };
  const rootUri = pathToFileURL(folder.path).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    capabilities: {},
    initializationOptions,
  });
  await connection.sendNotification('initialized', {});
  const uri = pathToFileURL(folder.file('policy.json')).href;
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'json', version: 1, text: POLICY },
  });
  await listed;
  const position = { line: 0, character: POLICY.indexOf('""') + 1 };
  const list = await connection.sendRequest<CompletionList>('textDocument/completion', {
    textDocument: { uri },
    position,
  });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await once(server, 'exit');
  return list.items.map(({ label }) => label);
}

describe('a real server behind a real process', () => {
  it('completes the tools that the server lists, and remembers them', async () => {
    expect(await toolNames(true, 'live')).toEqual(expect.arrayContaining(['create_entities', 'read_graph']));
    expect(await readdir(folder.file('cache'))).toHaveLength(1);
  });

  it('serves the remembered list where it may start nothing', async () => {
    expect(await toolNames(false, 'snapshot')).toContain('create_entities');
  });

  it('starts no program that was put in the place of the one that a gateway has accepted', async () => {
    const user = { home: folder.path, platform: process.platform, env: {} };
    const accepted = new AcceptedFiles(folder.file('state'));
    const ratchet = openConfigurationRatchet({ folder: folder.path, user, accepted, log: collectingLog().log });
    await ratchet.look();
    ratchet.begin();
    const write = `fs.writeFileSync(${JSON.stringify(folder.file('ran'))}, '')`;
    const memory = { command: process.execPath, args: ['-e', write] };
    await folder.write('.vscode/mcp.json', JSON.stringify({ servers: { memory } }));
    await toolNames(true, 'failed', { stateFolder: folder.file('state') });
    expect(existsSync(folder.file('ran'))).toBe(false);
  });
});
