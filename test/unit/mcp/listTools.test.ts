import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listTools } from '../../../server/src/mcp/listTools.ts';
import { ToolSession, type ListOptions, type ToolListing } from '../../../server/src/mcp/toolSession.ts';
import type { ResolvedLaunch } from '../../../server/src/mcp/transport.ts';
import { collectingLog } from '../../support/servers/log.ts';
import {
  eraLaunch,
  realLaunch,
  startEraServer,
  startEverything,
  startStub,
  stubLaunch,
  stubTool,
} from '../../support/servers/start.ts';
import type { StubOptions } from '../../support/servers/behaviour.mts';

const list = (launch: ResolvedLaunch, options: Partial<ListOptions> = {}): Promise<ToolListing> =>
  listTools(launch, { server: 'stub', log: collectingLog().log, ...options });
const listStub = (stub: StubOptions, options: Partial<ListOptions> = {}): Promise<ToolListing> =>
  list(stubLaunch(stub), options);
const names = ({ catalog }: ToolListing): readonly string[] => catalog.tools.map(({ name }) => name);

describe('the tools of real servers', () => {
  test('server-everything, over each transport, gives one and the same list', async () => {
    const overStdio = await list(realLaunch('everything'));
    expect(names(overStdio)).toContain('echo');
    expect(overStdio.offers).toEqual({ resources: true, prompts: true });
    for (const kind of ['http', 'sse'] as const) {
      await using server = await startEverything(kind);
      expect((await list(server.launch)).catalog.tools).toEqual(overStdio.catalog.tools);
    }
  });

  test('server-filesystem and server-memory', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'files-'));
    expect(names(await list(realLaunch('filesystem', [folder])))).toContain('read_text_file');
    const memory = realLaunch('memory', [], { MEMORY_FILE_PATH: path.join(folder, 'memory.json') });
    const listing = await list(memory);
    expect(names(listing)).toContain('create_entities');
    expect(listing.catalog.tools[0]?.inputSchema).toHaveProperty('properties');
  });
});

describe('a list', () => {
  test('of 5,000 tools on 50 pages is read whole, in order', async () => {
    const found = names(await listStub({ tools: 5_000, pageSize: 100 }));
    expect(found).toHaveLength(5_000);
    expect(found.at(-1)).toBe('tool_5000');
  });

  test('keeps two tools of one name', async () => {
    expect(names(await listStub({ tools: [stubTool('a'), stubTool('a')] }))).toEqual(['a', 'a']);
  });

  test('leaves malformed tools out and says so; strange schemas stay', async () => {
    const tools = [null, { name: 7 }, { name: '' }, { name: 'odd', inputSchema: 'none', title: 1 }, stubTool('good')];
    const { log, entries } = collectingLog();
    const listing = await listStub({ tools }, { log });
    expect(listing.catalog.tools[0]).toEqual({ name: 'odd', inputSchema: 'none' });
    expect(names(listing)).toEqual(['odd', 'good']);
    expect(listing.problems).toEqual([
      'Tool 1 was left out: it is not an object.',
      'Tool 2 was left out: its name is not a string.',
      'Tool 3 was left out: its name is empty.',
    ]);
    expect(entries.filter(({ level }) => level === 'warn')).toHaveLength(3);
  });

  test('that repeats a cursor ends there', async () => {
    const listing = await listStub({ tools: 2, cursorLoop: true });
    expect(listing.problems).toEqual([expect.stringContaining('may be incomplete')]);
  });

  test('of more than 1,000 pages is refused', async () => {
    await expect(listStub({ tools: 1_002, pageSize: 1 })).rejects.toMatchObject({ code: 'too-large' });
  });

  test('of a server without tools is empty', async () => {
    expect(names(await listStub({ capabilities: {}, tools: [] }))).toEqual([]);
  });

  test('carries the time of reading and the server', async () => {
    const { catalog } = await listStub({}, { clock: () => 5 });
    expect(catalog).toMatchObject({ server: 'stub', readAt: 5, source: 'live' });
  });
});

test.each(['stdio', 'sse'] as const)('a changed list is told while the session lasts: %s', async (kind) => {
  const options = { changedTools: [stubTool('new')], listChangedAfterList: true };
  await using running = kind === 'sse' ? await startStub({ kind }, options) : undefined;
  let onChanged = (): void => undefined;
  const changed = new Promise<void>((resolve) => (onChanged = resolve));
  const launch = running?.launch ?? stubLaunch(options);
  const session = await ToolSession.open(launch, { server: 'stub', log: collectingLog().log, onChanged });
  expect(names(await session.list())).toEqual(['echo']);
  await changed;
  expect(names(await session.list())).toEqual(['new']);
  await session.close();
});

describe.each(['stdio', 'http'] as const)('a server that speaks nothing but 2026-07-28: %s', (kind) => {
  test('is listed, and tells of changes', async () => {
    await using server = kind === 'http' ? await startEraServer({ eras: 'modern' }) : undefined;
    const launch = server?.launch ?? eraLaunch({ eras: 'modern' });
    const listing = await list(launch);
    expect(names(listing)).toContain('echo');
    expect(listing.offers).toEqual({ resources: true, prompts: true });
  });
});

test('a lost connection is told with its reason', async () => {
  await using server = await startStub({ kind: 'sse' });
  const lost = new Promise<Error>((onLost) => {
    const session = ToolSession.open(server.launch, { server: 'stub', log: collectingLog().log, onLost });
    void session.then(() => server.stop());
  });
  expect(await lost).toMatchObject({ code: 'died' });
});

describe('failures', () => {
  test('a server that dies at once', async () => {
    const launch = {
      kind: 'stdio',
      command: process.execPath,
      args: ['-e', 'console.error("no key"); process.exit(3)'],
      env: {},
    };
    const failure = list(launch as ResolvedLaunch);
    await expect(failure).rejects.toMatchObject({ code: 'died' });
    await expect(failure).rejects.toThrow(/exit code 3.*\n {2}no key/);
  });

  test('a server that says nothing', async () => {
    const failure = listStub({ hangOnMethods: ['initialize'] }, { timeout: 200 });
    await expect(failure).rejects.toMatchObject({ code: 'timeout' });
    await expect(failure).rejects.toThrow('did not answer initialize within 0.2 s');
  });

  test('a server that hangs on the list', async () => {
    // It runs already: only the list can be late.
    await using server = await startStub({ kind: 'http' }, { hangOnMethods: ['tools/list'] });
    await expect(list(server.launch, { timeout: 2_000 })).rejects.toThrow('did not answer tools/list within 2 s');
  });

  test('a program that prints something else', async () => {
    const launch = { kind: 'stdio', command: process.execPath, args: ['-p', '1+1; '], env: {} } as const;
    await expect(list(launch)).rejects.toMatchObject({ code: 'died' });
  });

  test('an unknown revision', async () => {
    await expect(listStub({ protocolVersion: '1999-01-01' })).rejects.toMatchObject({ code: 'garbage' });
  });

  test('the caller gives up', async () => {
    const signal = AbortSignal.timeout(300);
    await expect(listStub({ hangOnMethods: ['tools/list'] }, { signal })).rejects.toMatchObject({ code: 'closed' });
  });

  test('a web page instead of a server', async () => {
    await using server = await startStub({ kind: 'http', page: '<html>' });
    await expect(list(server.launch)).rejects.toThrow('answers, but not with MCP (content type: text/html)');
  });
});
