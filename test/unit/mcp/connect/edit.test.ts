/** Every client's format: one entry more, nothing else changed; again is nothing; out again is what was. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changed, entryAt, valuesOf, withEntry, withoutEntry } from '../../../../server/src/mcp/connect/edit.ts';
import { governedEntry, leadsToGateway } from '../../../../server/src/mcp/connect/governed.ts';
import { serversIn } from '../../../../server/src/mcp/connect/places.ts';
import { HOSTS } from '../../../../server/src/mcp/hosts/table.ts';

const fixtures = path.join(import.meta.dirname, '../../../fixtures/hosts');
const samples: Readonly<Record<string, string>> = {
  vscode: 'vscode.jsonc',
  'claude-code': 'claude-code.json',
  'claude-desktop': 'claude-desktop.json',
  cursor: 'cursor.json',
  windsurf: 'windsurf.json',
  cline: 'cline.json',
  zed: 'zed.jsonc',
  codex: 'codex.toml',
};
const to = { launcher: '/state dir/bin/portcullis', server: 'files', folder: '/project/"app"', state: '/state dir' };

describe.each(HOSTS.map((host) => [host.label, host] as const))('%s', (_, host) => {
  const text = readFileSync(path.join(fixtures, samples[host.id] ?? ''), 'utf8');
  const entry = governedEntry(host.entry, host.id, to);
  const { at } = host.entry;

  test('gets one entry more, which it reads as a gateway; every line that was there stays', () => {
    const after = withEntry(host, text, at, 'files-governed', entry) ?? '';
    const before = valuesOf(host, text) ?? {};
    expect(valuesOf(host, after)).toEqual(changed(before, [...at, 'files-governed'], entry));
    const lines = after.split('\n').map((line) => line.replace(/,$/, ''));
    for (const line of text.includes('\n  ') ? text.split('\n') : []) expect(lines).toContain(line.replace(/,$/, ''));
    const found = serversIn(host, after, '/project/"app"').find(({ name }) => name === 'files-governed');
    expect(found && leadsToGateway(found.launch)).toBe(true);
    expect(after).not.toMatch(/Bearer pcl_|token"?: *"pcl_/);
  });

  test('connected again it stays as it is; out again it is what it was', () => {
    const after = withEntry(host, text, at, 'files-governed', entry) ?? '';
    expect(withEntry(host, after, at, 'files-governed', entry)).toBe(after);
    expect(withoutEntry(host, after, at, 'files-governed')).toBe(text);
  });

  test('a file that is not there, is empty, or has no servers yet gets what it needs', () => {
    for (const empty of ['', '\n', ...(host.format === 'toml' ? ['model = "m"'] : ['{}', '{ "a": 1 } // end\n'])]) {
      const after = withEntry(host, empty, at, 'x', entry) ?? '';
      expect(entryAt(valuesOf(host, after) ?? {}, at, 'x')).toEqual(entry);
    }
  });
});

test('another launcher replaces the entry', () => {
  const [cursor] = HOSTS.filter(({ id }) => id === 'cursor');
  if (!cursor) throw new Error('no such host');
  const old = withEntry(cursor, '', ['mcpServers'], 'x', { command: 'a', args: [] }) ?? '';
  const after = withEntry(cursor, old, ['mcpServers'], 'x', { command: 'b', args: [] }) ?? '';
  expect(JSON.parse(after)).toEqual({ mcpServers: { x: { command: 'b', args: [] } } });
});

test.each([
  [{}, '{ "mcpServers": '],
  [{}, '[1]'],
  [{}, '{ "mcpServers": [] }'],
  [{ format: 'toml' } as const, 'mcpServers = {}\n'],
  [{ format: 'toml' } as const, 'a = \n'],
])('what cannot be edited safely is not: %j %j', (format, text) => {
  expect(withEntry(format, text, ['mcpServers'], 'x', { command: 'a' })).toBeUndefined();
});

test('a remark stays with what it is about, a tab stays a tab, Windows line ends stay', () => {
  const text = '\uFEFF{\r\n\t"mcpServers": {\r\n\t\t"a": {"command": "x"} // the first\r\n\t}\r\n}\r\n';
  const after = withEntry({}, text, ['mcpServers'], 'b', { command: 'y' });
  expect(after).toBe(
    '\uFEFF{\r\n\t"mcpServers": {\r\n\t\t"a": {"command": "x"}, // the first\r\n\t\t"b": {\r\n\t\t\t"command": "y"\r\n\t\t}\r\n\t}\r\n}\r\n',
  );
});

test.each(['// mine', '/* mine */', '/* a */ // b'])('the remark %s stays in the line that it is about', (remark) => {
  const text = `{\n  "mcpServers": {\n    "a": {}, ${remark}\n  }\n}\n`;
  const after = withEntry({}, text, ['mcpServers'], 'x', { command: 'c' }) ?? '';
  expect(after).toContain(`"a": {}, ${remark}\n    "x"`);
});
