import { readdir, stat, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../../server/src/catalog/tool.ts';
import type { Launch, ServerDefinition } from '../../../server/src/mcp/definition.ts';
import { defaultCacheFolder, loadSnapshot, saveSnapshot, snapshotKey } from '../../../server/src/mcp/snapshot.ts';
import { makeFolder } from '../../support/folder.ts';

const catalog: Catalog = {
  server: 's',
  tools: [{ name: 'a', inputSchema: { type: 'object' } }],
  readAt: 5,
  source: 'live',
};

test('what was saved is loaded, as a snapshot, and only its owner can read it', async () => {
  await using folder = await makeFolder();
  const cache = folder.file('deep/cache');
  await saveSnapshot(cache, 'k', catalog);
  await saveSnapshot(cache, 'k', { ...catalog, readAt: 6 });
  expect(await loadSnapshot(cache, 'k')).toEqual({ ...catalog, readAt: 6, source: 'snapshot' });
  const files = await readdir(cache);
  expect(files).toHaveLength(1);
  expect((await stat(`${cache}/${files[0]}`)).mode & 0o077).toBe(0);
});

test.each([
  '',
  '{',
  'null',
  '{"format":0}',
  '{"format":1,"catalog":{"server":"s","tools":7,"readAt":1}}',
  '{"format":1}',
])('a damaged file is an absent one: %s', async (content) => {
  await using folder = await makeFolder();
  await saveSnapshot(folder.path, 'k', catalog);
  const [file] = await readdir(folder.path);
  await writeFile(folder.file(file!), content);
  expect(await loadSnapshot(folder.path, 'k')).toBeUndefined();
  expect(await loadSnapshot(folder.path, 'other')).toBeUndefined();
});

test('a folder that cannot be written is an error, and leaves no draft', async () => {
  await using folder = await makeFolder({ 'k.tools.json/occupied': '' });
  await expect(saveSnapshot(folder.path, 'k', catalog)).rejects.toThrow();
  expect(await readdir(folder.path)).toEqual(['k.tools.json']);
});

describe('the key', () => {
  const definition = (launch: Partial<Launch>, folder = '/app', name = 's'): ServerDefinition => ({
    name,
    launch: { kind: 'stdio', command: 'c', args: ['a'], env: { TOKEN: 'x' }, ...launch } as Launch,
    origin: { host: 'vscode', folder },
    settings: { mode: 'enforce', methods: {}, timeout: 60 },
  });
  const key = snapshotKey(definition({}));

  test('changes with what is started or reached, and where', () => {
    const others = [
      definition({ command: 'd' }),
      definition({ args: ['b'] }),
      definition({ env: { OTHER: 'x' } }),
      definition({}, '/lib'),
      definition({}, '/app', 't'),
      definition({ kind: 'http', url: 'https://h', headers: {} }),
    ];
    expect(new Set([key, ...others.map(snapshotKey)]).size).toBe(others.length + 1);
  });

  test('but not with the value of a variable or header', () => {
    expect(snapshotKey(definition({ env: { TOKEN: 'y' } }))).toBe(key);
  });
});

test('the platform says where such files stand', () => {
  expect(defaultCacheFolder({}, '/home/me', 'linux')).toBe('/home/me/.cache/portcullis');
  expect(defaultCacheFolder({ XDG_CACHE_HOME: '/c' }, '/home/me', 'linux')).toBe('/c/portcullis');
  expect(defaultCacheFolder({}, '/Users/me', 'darwin')).toBe('/Users/me/Library/Caches/portcullis');
  expect(defaultCacheFolder({ LOCALAPPDATA: '/l' }, '/u', 'win32')).toBe('/l/portcullis/Cache');
});
