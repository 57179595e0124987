import { describe, expect, test } from 'vitest';
import {
  acceptChanges,
  lockServer,
  readableTool,
  changedTools,
  type LockedServer,
  type Tool,
} from '../../../server/src/catalog/index.ts';
import { sha256 } from '../../../server/src/mcp/index.ts';

const tool = (name: string, description: string): Tool => ({ name, description });
const lock = (tools: readonly Tool[], definition = 'd'): LockedServer => lockServer(definition, tools, sha256);

const before = lock([tool('same', 'S'), tool('old', 'Renamed.'), tool('grown', 'G'), tool('gone', 'Gone.')]);
const now = lock(
  [tool('fresh', 'F'), tool('same', 'S'), tool('new-name', 'Renamed.'), tool('grown', 'G\u202E, and more')],
  'e',
);

const said = (from: LockedServer | undefined, to: LockedServer): readonly string[] =>
  changedTools(from, to).map(({ kind, name, fields, hidden }) => [kind, name, ...fields, ...hidden].join(' '));

describe('the changes of a server', () => {
  test('begin with what hides something; a renamed tool is one change', () => {
    expect(said(before, now)).toEqual([
      'changed grown description \u202E',
      'new fresh',
      'renamed new-name',
      'gone gone',
    ]);
  });

  test('are all new without a lock, and none where all is as it was', () => {
    expect(said(undefined, lock([tool('a', 'A'), tool('b', 'B')]))).toEqual(['new a', 'new b']);
    expect(said(before, before)).toEqual([]);
  });
});

describe('what is pinned', () => {
  const changes = changedTools(before, now);

  test('is the list itself once all of it and the definition are accepted', () => {
    const pinned = acceptChanges(before, now, { changes, definition: true });
    expect(pinned.definition).toBe('e');
    expect(new Map([...pinned.tools].sort())).toEqual(new Map([...now.tools].sort()));
  });

  test.each([
    ['changed', { added: [], lost: [] }],
    ['new', { added: ['fresh'], lost: [] }],
    ['renamed', { added: ['new-name'], lost: ['old'] }],
    ['gone', { added: [], lost: ['gone'] }],
  ] as const)('changes by no more than the %s tool that was accepted', (kind, { added, lost }) => {
    const accepted = changes.filter((change) => change.kind === kind);
    const pinned = acceptChanges(before, now, { changes: accepted, definition: false });
    const names = [...before.tools.keys(), ...added].filter((name) => !lost.some((each) => each === name));
    expect([...pinned.tools.keys()].sort()).toEqual(names.sort());
    expect(pinned.definition).toBe('d');
    const differing = [...pinned.tools].filter(([name, { hash }]) => hash !== before.tools.get(name)?.hash);
    expect(differing.map(([name]) => name)).toEqual(kind === 'changed' ? ['grown'] : added);
  });

  test('holds how the server is started from the first tool on', () => {
    const first = changedTools(undefined, now).slice(0, 1);
    expect(acceptChanges(undefined, now, { changes: first, definition: false }).definition).toBe('e');
  });
});

test('a definition is shown whole, with what hides in it written out', () => {
  const long = `${'x'.repeat(100_000)}\u200B`;
  expect(readableTool(tool('long', long))).toContain(`${'x'.repeat(100_000)}\\u{200B}"`);
  expect(readableTool(undefined)).toBe('');
});
