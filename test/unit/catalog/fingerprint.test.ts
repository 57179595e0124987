import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  diffCatalogs,
  fingerprint,
  toolsByName,
  type Catalog,
  type Tool,
} from '../../../server/src/catalog/index.ts';

const same = (text: string): string => text;
const tool: Tool = {
  name: 'read',
  description: 'Reads.',
  inputSchema: { type: 'object', properties: { a: {}, b: {} } },
};

function catalog(...tools: readonly Tool[]): Catalog {
  return { server: 's', tools, readAt: 0, source: 'live' };
}

describe('fingerprint', () => {
  it('does not depend on the order of keys', () => {
    const turned: Tool = {
      inputSchema: { properties: { b: {}, a: {} }, type: 'object' },
      description: 'Reads.',
      name: 'read',
    };
    expect(fingerprint(turned, same)).toBe(fingerprint(tool, same));
  });

  it('covers every field, also those we do not know', () => {
    const changes: readonly object[] = [
      { title: 'x' },
      { description: 'Reads!' },
      { inputSchema: {} },
      { outputSchema: {} },
      { annotations: { readOnlyHint: true } },
      { icons: [] },
      { _meta: { a: 1 } },
    ];
    const seen = new Set(changes.map((change) => fingerprint({ ...tool, ...change }, same)));
    expect(seen.size).toBe(changes.length);
    expect(seen.has(fingerprint(tool, same))).toBe(false);
  });

  it('tells values apart that look alike', () => {
    const texts = [[], {}, [[]], [null], 'a', ['a'], { a: [] }, { a: {} }, 0, '0', null, false, ''].map(canonicalJson);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('survives any depth', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(canonicalJson(deep)).toHaveLength(200_001);
  });
});

describe('diffCatalogs', () => {
  it('finds what was added, removed and changed, and in which fields', () => {
    const grown: Tool = { ...tool, description: 'Reads more.', annotations: { readOnlyHint: true } };
    const changes = diffCatalogs(catalog(tool, { name: 'old', description: 'o' }), catalog({ name: 'new' }, grown));
    expect(changes.added.map((added) => added.name)).toEqual(['new']);
    expect(changes.removed.map((removed) => removed.name)).toEqual(['old']);
    expect(changes.changed).toEqual([
      { name: 'read', before: tool, after: grown, fields: ['annotations', 'description'] },
    ]);
    expect(changes.renamed).toEqual([]);
  });

  it('recognises a tool that only changed its name', () => {
    const changes = diffCatalogs(catalog(tool), catalog({ ...tool, name: 'fetch' }));
    expect(changes.renamed).toEqual([{ before: 'read', after: 'fetch' }]);
  });

  it('sees no change in a new order of tools and keys', () => {
    const other: Tool = { name: 'x' };
    expect(diffCatalogs(catalog(tool, other), catalog(other, { ...tool }))).toEqual({
      added: [],
      removed: [],
      changed: [],
      renamed: [],
    });
  });

  it('takes the first of two tools with one name', () => {
    expect(toolsByName(catalog(tool, { name: 'read', description: 'second' })).get('read')).toBe(tool);
  });
});
