/** What a person has to review: every tool that is not pinned as it is, once, and renames told from new ones. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { lockServer, pinOf, unreviewedTools, type Tool } from '../../../server/src/catalog/index.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const pin = (tool: Tool): string => pinOf(tool, sha256);

function tool(name: string, description = `Does ${name}.`): Tool {
  return { name, description, inputSchema: { type: 'object' } };
}

const read = tool('read');
const locked = lockServer('as-defined', [read, tool('write'), tool('list', 'Lists.')], sha256);

test.each<readonly [string, readonly Tool[], unknown]>([
  ['as reviewed', [read, tool('write')], undefined],
  ['fewer than reviewed', [], undefined],
  ['new', [read, tool('send')], { new: ['send'], changed: [], renamed: [] }],
  ['changed', [tool('read', 'Reads all.'), tool('write')], { new: [], changed: ['read'], renamed: [] }],
  [
    'another name, the rest the same',
    [read, tool('index', 'Lists.')],
    { new: [], changed: [], renamed: [{ from: 'list', to: 'index' }] },
  ],
  [
    'the pinned one is still there: no rename',
    [tool('list', 'Lists.'), tool('index', 'Lists.')],
    { new: ['index'], changed: [], renamed: [] },
  ],
  ['two of one name cannot be pinned', [tool('send'), tool('send')], undefined],
  ['a name that objects inherit', [tool('constructor')], { new: ['constructor'], changed: [], renamed: [] }],
])('%s', (_what, tools, expected) => {
  expect(unreviewedTools(locked, tools, pin)).toEqual(expected);
});

test('a server that nobody has reviewed: all of its tools are new', () => {
  expect(unreviewedTools(undefined, [read, tool('send')], pin)).toEqual({
    new: ['read', 'send'],
    changed: [],
    renamed: [],
  });
});
