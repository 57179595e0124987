/** A server that is slow, dead or huge never keeps the editor waiting: what is known is used, and every request is answered. */
import { describe, expect, it } from 'vitest';
import { pathToFileURL } from 'node:url';
import type { ServersParams } from '../../server/src/protocol/language.ts';
import { largeToolList } from '../bench/support/large.ts';
import { connectClient, type OpenDocument, type TestClient } from './support/client.ts';
import { definition, fakeRuntime } from './support/runtime.ts';
import { TOOLS } from './support/view.ts';

const POLICY = '{ "version": "1", "default": "deny", "tools": { "read_fi|le": { } } }';

/** Asks for everything that an editor asks for while its user types. Settles only when all is answered. */
async function type(client: TestClient, at: OpenDocument): Promise<readonly unknown[]> {
  const textDocument = { uri: at.uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const requests = [
    'codeLens',
    'inlayHint',
    'semanticTokens/full',
    'documentSymbol',
    'references',
    'definition',
    'documentLink',
  ];
  await client.change(at.uri, 2, POLICY.replace('|', '').replace('{ }', '{  }'));
  return await Promise.all([
    client.complete(at),
    client.hover(at),
    client.pull(at.uri),
    ...requests.map((name) =>
      client.connection.sendRequest(`textDocument/${name}`, {
        textDocument,
        range,
        position: at.position,
        context: { includeDeclaration: true },
      }),
    ),
  ]);
}

const pulls = { capabilities: { textDocument: { diagnostic: {} } } };

describe('every request is answered', () => {
  it('while a server takes for ever to list its tools', async () => {
    const runtime = fakeRuntime([]);
    runtime.answer = () => new Promise(() => undefined);
    await using client = await connectClient(runtime, pulls);
    const at = await client.open(POLICY);
    await client.servers.until(({ servers }) => servers.some(({ tools }) => tools.state === 'listing'));
    expect(await type(client, at)).toHaveLength(10);
    expect(await client.hover(at)).toContain('are being read');
  });

  it('when a server is dead', async () => {
    const runtime = fakeRuntime([]);
    runtime.answer = () => Promise.reject(new Error('The command was not found.'));
    await using client = await connectClient(runtime, pulls);
    const at = await client.open(POLICY);
    await client.servers.until(({ servers }) => servers.some(({ tools }) => tools.state === 'failed'));
    expect(await type(client, at)).toHaveLength(10);
    expect(await client.hover(at)).toContain('The command was not found.');
  });

  it('with the list that was saved, while the new one is on its way', async () => {
    const runtime = fakeRuntime([]);
    runtime.saved.set('files', { server: 'files', tools: TOOLS, readAt: 1, source: 'snapshot' });
    runtime.answer = () => new Promise(() => undefined);
    await using client = await connectClient(runtime, pulls);
    const at = await client.open(POLICY);
    await client.servers.until(({ servers }) => servers.some(({ tools }) => tools.count === TOOLS.length));
    expect(await client.hover(at)).toContain('low risk');
  });

  it('with a list of 344 tools and 2 MB', async () => {
    const tools = largeToolList(344).map((tool) => ({
      ...tool,
      description: `${tool.description} ${'x'.repeat(6_000)}`,
    }));
    expect(JSON.stringify(tools).length).toBeGreaterThan(2_000_000);
    await using client = await connectClient(fakeRuntime(tools), pulls);
    const at = await client.open(POLICY);
    await client.live();
    expect(await type(client, at)).toHaveLength(10);
  });
});

describe('wherever a policy lies', () => {
  it('works on a file outside of every folder, and on a text that is no file', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS), pulls);
    for (const uri of [pathToFileURL('/elsewhere/policy.json').href, 'untitled:Untitled-1']) {
      const at = await client.open(POLICY, { uri });
      await client.live();
      expect(await client.hover(at)).toContain('low risk');
    }
  });

  it("keeps each folder's policy with the folder's own server, in a workspace of several", async () => {
    const runtime = fakeRuntime([]);
    const second = definition('notes');
    const origin = { ...second.origin, file: '/second/.mcp.json', folder: '/second' };
    runtime.configured = {
      ...runtime.configured,
      servers: [...runtime.configured.servers, { ...second, origin }],
      policies: [{ path: '/project/policy.json' }, { path: '/second/policy.json' }],
    };
    await using client = await connectClient(runtime, {
      folders: ['/project', '/second'],
      capabilities: { workspace: { workspaceFolders: true } },
    });
    const pairs = (told: ServersParams): unknown => told.servers.map(({ name, policyUri }) => [name, policyUri]);
    expect(pairs(await client.servers.until(({ servers }) => servers.length > 0))).toEqual([
      ['files', 'file:///project/policy.json'],
      ['notes', 'file:///second/policy.json'],
    ]);
    // Without the first folder, the second is as it was.
    runtime.configured = {
      ...runtime.configured,
      servers: runtime.configured.servers.slice(1),
      policies: runtime.configured.policies.slice(1),
    };
    const event = { added: [], removed: [{ uri: 'file:///project', name: 'project' }] };
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    const later = await client.servers.until(({ servers }) => servers.length === 1);
    expect(pairs(later)).toEqual([['notes', 'file:///second/policy.json']]);
  });

  it('knows which server is meant in a workspace of several folders', async () => {
    const runtime = fakeRuntime([]);
    const second = definition('notes');
    runtime.configured = {
      ...runtime.configured,
      servers: [
        ...runtime.configured.servers,
        { ...second, origin: { ...second.origin, file: '/second/.mcp.json', folder: '/second' } },
      ],
      policies: [
        { path: '/project/policy.json', server: 'files' },
        { path: '/second/policy.json', server: 'notes' },
      ],
    };
    runtime.answer = ({ name }) => Promise.resolve([{ name: 'read_file', description: `Of ${name}.` }]);
    await using client = await connectClient(runtime, pulls);
    const policyFor = (server: string): string => POLICY.replace('{', `{ "server": "${server}",`);
    const first = await client.open(policyFor('files'));
    const other = await client.open(policyFor('notes'), { uri: 'file:///second/policy.json' });
    await client.servers.until(({ servers }) => servers.every(({ tools }) => tools.state === 'live'));
    expect(await client.hover(first)).toContain('Of files.');
    expect(await client.hover(other)).toContain('Of notes.');
  });
});
