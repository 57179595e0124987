/** Broken and hostile documents and tools: every feature answers, none throws. */
import { MarkupKind } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../server/src/catalog/tool.ts';
import { complete } from '../../server/src/language/features/completion.ts';
import { useEverything } from './support/everything.ts';
import { fuzzCase } from './support/fuzz.ts';
import { known, TOOLS, viewOf } from './support/view.ts';

const POLICY = `{ "version": "1", "default": "deny", "hide": ["delete_*"],
  "tools": { "transfer_funds": { "deny_if": [{ "path": "args.amount", "op": "gt", "value": 100 }],
    "limits": [{ "counter": "sum", "window": "day", "max": 10 }] }, "*": {} } }`;

describe('every feature', () => {
  // `npm run fuzz:language` goes on from here.
  it('answers in 500 mutated documents, and offers no edit that breaks JSON', { timeout: 60_000 }, () => {
    const findings = Array.from({ length: 500 }, (_, seed) => fuzzCase(seed)).filter((found) => found !== undefined);
    expect(findings).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['no object', '[]'],
    ['a number', '42'],
    ['deep nesting', '{"tools":'.repeat(1_000)],
    [
      'prototype keys',
      '{ "tools": { "__proto__": {}, "constructor": { "deny_if": [{ "path": "args.toString", "op": "hasOwnProperty" }] } } }',
    ],
  ])(
    'answers for %s',
    (_, text) => void useEverything(viewOf(text), { line: 0, character: text.length }, known(TOOLS)),
  );

  it('answers for a policy of 4 MiB', { timeout: 60_000 }, () => {
    const entries = Array.from({ length: 9_000 }, (_, index) => `"tool_${index}": { "reason": "${'x'.repeat(400)}" }`);
    const view = viewOf(`{ "version": "1", "default": "deny", "tools": { ${entries.join(',\n')} } }`);
    useEverything(view, { line: 4_000, character: 3 }, known(TOOLS));
  });

  it('answers for tools with hostile schemas and names', () => {
    const loop: Record<string, unknown> = { type: 'object', properties: { self: { $ref: '#' } } };
    const hostile: readonly Tool[] = [
      { name: '__proto__', inputSchema: loop },
      { name: 'transfer_funds', inputSchema: { $ref: '#/nowhere' }, description: '\u202e\u0000' },
      { name: 'transfer_funds', inputSchema: 'no schema' },
      { name: '\ud800', inputSchema: null },
      { name: 'x'.repeat(100_000), inputSchema: { properties: { [`${'"'.repeat(2_000)}`]: true } } },
    ];
    for (let character = 0; character < 40; character++)
      useEverything(viewOf(POLICY), { line: 1, character }, known(hostile));
  });

  it('offers no name of a hundred thousand letters', () => {
    const view = viewOf('{ "tools": { "" } }');
    const { items } = complete(view, { line: 0, character: 14 }, known([{ name: 'x'.repeat(100_000) }]), {
      snippets: false,
      markup: MarkupKind.PlainText,
    });
    expect(items).toEqual([]);
  });
});

/** Objects in objects, each with one more key. */
function nested(depth: number): object {
  return depth === 0 ? { type: 'string' } : { type: 'object', properties: { inner: nested(depth - 1) } };
}

const POINT = { type: 'object', properties: { x: { type: 'number' }, y: { type: 'number' } } };

describe('schemas as real servers have them', () => {
  const paths = (inputSchema: unknown): readonly string[] => {
    const tools = known([{ name: 'tool', inputSchema }]);
    const text = '{ "tools": { "tool": { "require": [{ "path": "" }] } } }';
    const position = { line: 0, character: text.indexOf('""') + 1 };
    const view = viewOf(text);
    useEverything(view, position, tools);
    const { items } = complete(view, position, tools, { snippets: true, markup: MarkupKind.Markdown });
    return items.map(({ label }) => label).filter((label) => label.startsWith('args'));
  };

  it.each([
    ['a schema that contains itself', { type: 'object', properties: { self: { $ref: '#' } } }, 'args.self'],
    [
      'two that contain each other',
      {
        $defs: { a: { properties: { b: { $ref: '#/$defs/b' } } }, b: { properties: { a: { $ref: '#/$defs/a' } } } },
        $ref: '#/$defs/a',
      },
      'args.b.a',
    ],
    ['21 levels', nested(21), `args${'.inner'.repeat(21)}`],
    [
      '205 properties',
      { properties: Object.fromEntries(Array.from({ length: 205 }, (_, n) => [`key${n}`, {}])) },
      'args.key204',
    ],
    ['anyOf', { anyOf: [POINT, { properties: { z: {} } }] }, 'args.z'],
    ['oneOf', { oneOf: [{ properties: { z: {} } }, POINT] }, 'args.y'],
    ['allOf', { allOf: [POINT, { properties: { z: {} } }] }, 'args.z'],
    [
      'draft-07',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        definitions: { p: POINT },
        properties: { at: { $ref: '#/definitions/p' } },
      },
      'args.at.x',
    ],
    [
      '2020-12',
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $defs: { p: POINT },
        properties: { at: { type: 'array', prefixItems: [{ $ref: '#/$defs/p' }] } },
      },
      'args.at[0].x',
    ],
  ])('offers the arguments of %s', (_, schema, path) => expect(paths(schema)).toContain(path));

  it.each([
    ['an empty schema', {}],
    ['true', true],
    ['null', null],
    ['no schema', undefined],
    ['a list', []],
  ])('has nothing to offer for %s, and answers', (_, schema) => expect(paths(schema)).toEqual([]));
});
