/** An excerpt answers for the paths that it was made for, and holds nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parsePath,
  readJson,
  visitValues,
  writeJson,
  type JsonObject,
  type ParsedPath,
} from '../../../server/src/policy/index.ts';
import { excerptOf } from '../../../server/src/replay/index.ts';
import { objectOf } from './recorded.ts';

const names = ['a', 'b', 'c'];
const json = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 1.5, 'Planted'),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3 }),
})).object;
const step = fc.oneof(
  fc.constantFrom(...names).map((name) => `.${name}`),
  fc.integer({ min: 0, max: 3 }).map((index) => `[${String(index)}]`),
  fc.constant('[*]'),
);
const paths = fc.array(
  fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => `args${steps.join('')}`),
  {
    minLength: 1,
    maxLength: 4,
  },
);

function parsed(text: string): ParsedPath {
  const reading = parsePath(text);
  if (!reading.ok) throw new Error(text);
  return reading.path;
}

const named = (texts: readonly string[]) => new Map(texts.map((text) => [text, parsed(text)]));

function found(args: JsonObject, text: string): readonly string[] {
  const values: string[] = [];
  const call = {
    arguments: args,
    tool: '',
    upstream: 'unchecked',
    caller: { grantId: '', grantLabel: '', session: '' },
  } as const;
  visitValues(parsed(text), call, (value) => values.push(typeof value === 'object' ? writeJson(value) : String(value)));
  return values;
}

function excerptObject(text: string): JsonObject {
  const reading = readJson(text);
  if (!reading.ok || reading.root.kind !== 'object') throw new Error(text);
  return reading.root;
}

describe('an excerpt', () => {
  test('has for each path what the arguments have', () => {
    fc.assert(
      fc.property(json, paths, (value, texts) => {
        const args = objectOf(value);
        const excerpt = excerptOf(args, named(texts), () => false);
        expect(excerpt.paths).toEqual([...new Set(texts)]);
        const kept = excerptObject(excerpt.args);
        for (const text of texts) expect(found(kept, text)).toEqual(found(args, text));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['other members', ['args.a'], { a: 1, b: 'Planted' }, '{"a":1}'],
    ['other items', ['args.a[1]'], { a: ['Planted', 2, 'Planted'] }, '{"a":[null,2]}'],
    ['other members of items', ['args.a[*].b'], { a: [{ b: 1, c: 'Planted' }, 'Planted'] }, '{"a":[{"b":1},false]}'],
    ['a value where a path leads on', ['args.a.b'], { a: 'Planted' }, '{"a":false}'],
    ['items where a name is meant', ['args.a.b'], { a: ['Planted'] }, '{"a":[]}'],
  ])('leaves out %s', (_, texts, args, expected) => {
    expect(excerptOf(objectOf(args), named(texts), () => false).args).toBe(expected);
  });

  test('holds nothing at a path whose value must not be kept, and says why', () => {
    const args = objectOf({ a: 'Planted', b: 'x'.repeat(5_000), c: 1 });
    const isSecret = (value: { readonly kind: string }) => value.kind === 'string';
    expect(excerptOf(args, named(['args.a', 'args.b', 'args.c']), isSecret)).toEqual({
      paths: ['args.c'],
      withheld: { 'args.a': 'redacted', 'args.b': 'too large' },
      args: '{"c":1}',
    });
  });

  test('is not kept where all of it together is too large', () => {
    const texts = Array.from({ length: 6 }, (_, index) => `args.a[${String(index)}]`);
    const args = objectOf({ a: texts.map(() => 'x'.repeat(4_000)) });
    const { paths: kept, withheld, args: text } = excerptOf(args, named(texts), () => false);
    expect([kept, text]).toEqual([[], '{}']);
    expect(Object.keys(withheld)).toEqual(texts);
  });
});
