/** The fault-tolerant tree: the same as the strict reader's where both can read, sensible where only it can. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDraft, type DraftNode } from '../../server/src/language/document/draft.ts';
import { readJson, type JsonNode } from '../../server/src/policy/index.ts';

/** Both trees in one plain shape, with all positions. */
function ofDraft(node: DraftNode | undefined): unknown {
  if (node === undefined) return undefined;
  const { kind, start, end } = node;
  if (node.kind === 'array') return { kind, start, end, items: node.items.map(ofDraft) };
  if (node.kind !== 'object') return { kind, start, end, value: node.value };
  const members = node.members.map(({ key, value }) => [key.value, key.start, key.end, ofDraft(value)]);
  return { kind, start, end, members };
}

function ofStrict(node: JsonNode): unknown {
  const { kind, start, end } = node;
  if (node.kind === 'array') return { kind, start, end, items: node.items.map(ofStrict) };
  if (node.kind !== 'object') return { kind, start, end, value: node.kind === 'null' ? null : node.value };
  const members = [...node.members].map(([name, { key, value }]) => [name, key.start, key.end, ofStrict(value)]);
  return { kind, start, end, members };
}

const keysIn = (text: string): unknown => {
  const root = readDraft(text);
  return root?.kind === 'object' ? root.members.map(({ key }) => key.value) : undefined;
};

describe('the fault-tolerant tree', () => {
  it('agrees with the strict reader on every document that both can read', () => {
    const json = fc
      .jsonValue({ maxDepth: 6 })
      .chain((value) => fc.constantFrom(JSON.stringify(value), JSON.stringify(value, undefined, '\t')));
    fc.assert(
      fc.property(json, (text) => {
        const strict = readJson(text);
        if (strict.ok) expect(ofDraft(readDraft(text))).toEqual(ofStrict(strict.root));
      }),
    );
  });

  it('never throws, and keeps every part inside its parent, whatever the text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '"a"',
      '"b"',
      '1',
      'x',
      'true',
      '\\',
      '\n',
      ' ',
      '/*',
      '//',
      '🏰',
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (broken) => expectNested(readDraft(broken), 0, broken.length)),
      { numRuns: 2_000 },
    );
  });

  it('takes a string before a colon for a key, so that a missing value swallows nothing', () => {
    expect(keysIn('{ "default": "tools": {}, "hide": [] }')).toEqual(['default', 'tools', 'hide']);
  });

  it('goes on after a missing comma, a missing colon and an unquoted key', () => {
    expect(keysIn('{ "a": 1 "b" , c: 2, "d": {} }')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('closes what was left open when an outer bracket closes', () => {
    const root = readDraft('{ "tools": { "x": { "deny_if": [{ "path": "args.a" ] } }, "hide": [] }');
    expect(root?.kind === 'object' && root.members.map(({ key }) => key.value)).toEqual(['tools', 'hide']);
  });

  it('reads 100,000 opening brackets without a deep stack', () => {
    expect(readDraft('['.repeat(100_000))?.kind).toBe('array');
  });
});

function expectNested(node: DraftNode | undefined, from: number, to: number): void {
  if (node === undefined) return;
  expect(from <= node.start && node.start <= node.end && node.end <= to).toBe(true);
  if (node.kind === 'array') for (const item of node.items) expectNested(item, node.start, node.end);
  if (node.kind === 'object') for (const { value } of node.members) expectNested(value, node.start, node.end);
}
