/** A client that goes around the policy: from the finding, over the change that is shown, to files that go around it no more. */
import path from 'node:path';
import type { CodeAction } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { discoverServers } from '../../server/src/mcp/index.ts';
import type { ConnectPlan, RouteTarget } from '../../server/src/protocol/connect.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import { connectClient, type OpenDocument, type TestClient } from './support/client.ts';
import { fakeRuntime, FOLDER, type FakeRuntime } from './support/runtime.ts';
import { TOOLS } from './support/view.ts';

const POLICY = '{ "version": "1", "default": "deny", "server": "fi|les", "tools": { "read_file": {} } }';
const PULLS = { textDocument: { diagnostic: {} } };
const ROUTES = { capabilities: PULLS, initialization: { trusted: true, routeCommand: 'route' } };
const serve = { command: 'serve', args: [] };
const governed = { command: '/state/bin/portcullis', args: ['gateway', '--stdio', '--server', 'files'] };

/** The clients' files are read as they are on a disk. */
function runtimeWith(files: Readonly<Record<string, object>>): FakeRuntime {
  const runtime = fakeRuntime(TOOLS);
  const user = { home: '/home/me', platform: 'linux', env: {} } as const;
  for (const [file, value] of Object.entries(files)) runtime.files.set(path.join(FOLDER, file), json(value));
  const readConfiguration = async (): Promise<FakeRuntime['configured']> => {
    const discovery = await discoverServers([FOLDER], { readFile: runtime.readFile, user });
    return { ...runtime.configured, servers: discovery.servers, entries: discovery.entries };
  };
  return { ...runtime, readConfiguration };
}

const json = (value: object): string => JSON.stringify(value, undefined, 2);

async function openPolicy(client: TestClient): Promise<OpenDocument> {
  await client.servers.until(({ servers }) => servers.length > 0);
  return await client.open(POLICY);
}

async function codes(client: TestClient, uri: string): Promise<readonly unknown[]> {
  return (await client.pull(uri)).map(({ code }) => code);
}

async function routes(client: TestClient, { uri, position }: OpenDocument): Promise<readonly CodeAction[]> {
  const params = { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } };
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
  return actions.filter(({ title }) => title.startsWith('Route'));
}

describe('a client whose configuration starts the server', () => {
  it('is reported at the policy, with the entry', async () => {
    await using client = await connectClient(
      runtimeWith({ '.cursor/mcp.json': { mcpServers: { files: serve } } }),
      ROUTES,
    );
    const { uri } = await openPolicy(client);
    const found = (await client.pull(uri)).find(({ code }) => code === 'not-through-gateway');
    expect(found?.message).toContain('Cursor (.cursor/mcp.json)');
    expect(found?.relatedInformation).toEqual([
      {
        location: {
          uri: `file://${FOLDER}/.cursor/mcp.json`,
          range: { start: { line: 2, character: 4 }, end: { line: 5, character: 5 } },
        },
        message: 'Cursor reaches the server itself by "files"',
      },
    ]);
  });

  it('is routed through the gateway by what is shown first, and the finding is gone', async () => {
    const runtime = runtimeWith({ '.cursor/mcp.json': { mcpServers: { files: serve } } });
    await using client = await connectClient(runtime, ROUTES);
    const at = await openPolicy(client);
    const [action] = await routes(client, at);
    expect(action).toMatchObject({ title: 'Route Cursor through the gateway (.cursor/mcp.json)…', kind: 'quickfix' });
    const target = action?.command?.arguments?.[0] as RouteTarget;
    expect(target).toEqual({ folder: FOLDER, client: 'cursor', scope: 'folder', server: 'files' });
    const params = { ...target, launcher: '/state/bin/portcullis', state: '/state', action: 'route' };
    const plan = await client.connection.sendRequest<ConnectPlan>(languageMessages.planConnection, params);
    if (plan.kind !== 'changes') throw new Error(plan.problem);
    expect(await codes(client, at.uri)).toContain('not-through-gateway');
    await client.connection.sendRequest(languageMessages.applyChanges, { folder: FOLDER, changes: plan.changes });
    expect(runtime.files.get(`${FOLDER}/.cursor/mcp.json`)).not.toContain('"files":');
    expect(await codes(client, at.uri)).not.toContain('not-through-gateway');
  });

  it('is one action for each file, and none where the editor cannot show the change', async () => {
    const files = {
      '.cursor/mcp.json': { mcpServers: { files: serve, again: serve } },
      '.mcp.json': { mcpServers: { files: serve } },
    };
    await using client = await connectClient(runtimeWith(files), ROUTES);
    const titles = (await routes(client, await openPolicy(client))).map(({ title }) => title);
    expect(titles).toEqual([
      'Route Claude Code through the gateway (.mcp.json)…',
      'Route Cursor through the gateway (.cursor/mcp.json)…',
    ]);
    await using plain = await connectClient(runtimeWith(files), { capabilities: PULLS });
    const at = await openPolicy(plain);
    expect(await codes(plain, at.uri)).toContain('not-through-gateway');
    expect(await routes(plain, at)).toEqual([]);
  });

  it('counts in the files of the user, too', async () => {
    const files = {
      'portcullis.json': { servers: { files: serve } },
      '../home/me/.cursor/mcp.json': { mcpServers: { elsewhere: serve } },
    };
    await using client = await connectClient(runtimeWith(files), ROUTES);
    const at = await openPolicy(client);
    const found = (await client.pull(at.uri)).find(({ code }) => code === 'not-through-gateway');
    expect(found?.message).toContain('Cursor (your own mcp.json)');
    expect((await routes(client, at)).map(({ command }) => command?.arguments?.[0] as RouteTarget)).toEqual([
      { folder: FOLDER, client: 'cursor', scope: 'user', server: 'files' },
    ]);
  });
});

it('nothing is said of entries that lead to the gateway, or to another server', async () => {
  const files = {
    'portcullis.json': { servers: { files: serve } },
    '.cursor/mcp.json': { mcpServers: { 'files-governed': governed, other: { command: 'other' } } },
  };
  await using client = await connectClient(runtimeWith(files), ROUTES);
  const { uri } = await openPolicy(client);
  expect(await codes(client, uri)).not.toContain('not-through-gateway');
});
