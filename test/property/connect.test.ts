/** Connecting a client is one entry more, whatever else its file says and however it is written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changed, valuesOf, withEntry, withoutEntry } from '../../server/src/mcp/connect/edit.ts';

const scalars = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const names = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a', 'b.c', '__proto__', 'x y', '"'));
const servers = fc.dictionary(names, fc.dictionary(names, scalars, { maxKeys: 3 }), { maxKeys: 4 });
const entries = fc.record(
  { command: fc.string(), args: fc.array(fc.string(), { maxLength: 4 }) },
  { noNullPrototype: true },
);
const indents = fc.constantFrom(undefined, 1, 2, 4, '\t');

/** JSON as people and products lay it out, with remarks at line ends. */
const texts = fc
  .record({
    rest: fc.dictionary(names, scalars, { maxKeys: 3 }),
    servers,
    indent: indents,
    remark: fc.boolean(),
    crlf: fc.boolean(),
  })
  .map(({ rest, servers: listed, indent, remark, crlf }) => {
    const text = JSON.stringify({ ...rest, mcpServers: listed }, null, indent);
    const remarked = remark ? text.replaceAll(/([,{])\n/g, '$1 // why, and "how"\n') : text;
    return crlf ? remarked.replaceAll('\n', '\r\n') : remarked;
  });

test('JSON: before plus one entry; idempotent; out again says what it said', () => {
  fc.assert(
    fc.property(texts, names, entries, (text, name, entry) => {
      const before = valuesOf({}, text) ?? {};
      const after = withEntry({}, text, ['mcpServers'], name, entry) ?? '';
      expect(valuesOf({}, after)).toEqual(changed(before, ['mcpServers', name], entry));
      expect(withEntry({}, after, ['mcpServers'], name, entry)).toBe(after);
      const isNew = !Object.hasOwn(Object(before['mcpServers']) as object, name);
      if (isNew) expect(valuesOf({}, withoutEntry({}, after, ['mcpServers'], name) ?? '')).toEqual(before);
    }),
    { numRuns: 500 },
  );
});

test('TOML: the text stays as it is in front of one table more, and comes back', () => {
  const heads = fc.constantFrom(
    '',
    '# only a remark',
    'model = "m"\n',
    '[mcp_servers.a]\ncommand = "x"\n\n[other]\n',
    'a = 1\r\n[t]\r\n',
  );
  fc.assert(
    fc.property(heads, names, entries, (text, name, entry) => {
      fc.pre(name !== 'a');
      const format = { format: 'toml' } as const;
      const after = withEntry(format, text, ['mcp_servers'], name, entry) ?? '';
      expect(after.startsWith(text)).toBe(true);
      expect(valuesOf(format, after)).toEqual(changed(valuesOf(format, text) ?? {}, ['mcp_servers', name], entry));
      expect(withEntry(format, after, ['mcp_servers'], name, entry)).toBe(after);
      expect(valuesOf(format, withoutEntry(format, after, ['mcp_servers'], name) ?? '')).toEqual(
        valuesOf(format, text),
      );
    }),
    { numRuns: 300 },
  );
});
