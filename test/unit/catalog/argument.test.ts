import { describe, expect, it } from 'vitest';
import { argumentPaths, type ArgumentPath } from '../../../server/src/catalog/index.ts';

function listed(schema: unknown): readonly string[] {
  return argumentPaths(schema).map((argument) => argument.path);
}

function argument(schema: unknown, path: string): ArgumentPath {
  const found = argumentPaths(schema).find((candidate) => candidate.path === path);
  if (!found) throw new Error(`${path} is not listed`);
  return found;
}

describe('argumentPaths', () => {
  it('lists nested keys and array items, shallow ones first', () => {
    const schema = {
      type: 'object',
      properties: {
        filter: { type: 'object', properties: { owner: { type: 'string' } } },
        rows: { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } },
      },
    };
    expect(listed(schema)).toEqual([
      'args.filter',
      'args.rows',
      'args.filter.owner',
      'args.rows[*]',
      'args.rows[*].id',
    ]);
  });

  it('quotes keys that are no plain names', () => {
    const schema = { properties: { 'a b': {}, 'x"y': {}, $ok: {}, '1st': {}, '': {} } };
    expect(listed(schema)).toEqual(['args["a b"]', 'args["x\\"y"]', 'args.$ok', 'args["1st"]', 'args[""]']);
  });

  it('knows type, requirement, words and bounds', () => {
    const schema = {
      type: 'object',
      required: ['amount'],
      properties: {
        amount: {
          type: ['number', 'null'],
          minimum: 0,
          maximum: 10,
          default: 1,
          description: 'How much',
          examples: [5],
        },
        side: { enum: ['buy', 'sell'] },
        kind: { const: 'x' },
      },
    };
    expect(argument(schema, 'args.amount')).toMatchObject({
      types: ['number', 'null'],
      required: true,
      minimum: 0,
      maximum: 10,
      default: 1,
      description: 'How much',
      examples: [5],
    });
    expect(argument(schema, 'args.side')).toMatchObject({ types: ['string'], required: false, enum: ['buy', 'sell'] });
    expect(argument(schema, 'args.kind')).toMatchObject({ types: ['string'], const: 'x', enum: ['x'] });
  });

  it('follows references and puts the words beside them first', () => {
    const schema = {
      properties: {
        a: { $ref: '#/$defs/money', description: 'mine' },
        b: { $ref: '#price' },
        c: { $ref: 'https://example.test/x' },
      },
      $defs: {
        money: { type: 'number', minimum: 1, description: 'theirs' },
        other: { $anchor: 'price', type: 'integer' },
      },
    };
    expect(argument(schema, 'args.a')).toMatchObject({ types: ['number'], minimum: 1, description: 'mine' });
    expect(argument(schema, 'args.b').types).toEqual(['integer']);
    expect(argument(schema, 'args.c').types).toEqual([]);
  });

  it('joins allOf and unites anyOf', () => {
    const schema = {
      properties: {
        both: {
          allOf: [
            { type: 'number', minimum: 1 },
            { type: 'integer', minimum: 5, maximum: 9 },
          ],
        },
        one: { anyOf: [{ type: 'string', enum: ['a'] }, { enum: ['b', 1] }] },
        optional: { anyOf: [{ type: 'string', format: 'uri' }, { type: 'null' }] },
      },
    };
    expect(argument(schema, 'args.both')).toMatchObject({ types: ['integer'], minimum: 5, maximum: 9 });
    expect(argument(schema, 'args.one')).toMatchObject({ types: ['string', 'integer'], enum: ['a', 'b', 1] });
    expect(argument(schema, 'args.optional')).toMatchObject({ types: ['string', 'null'], format: 'uri' });
  });

  it('merges the keys of alternatives, and requires only what all of them require', () => {
    const schema = {
      oneOf: [
        { properties: { kind: { const: 'a' }, x: { type: 'string' } }, required: ['kind', 'x'] },
        { properties: { kind: { const: 'b' }, y: { type: 'string' } }, required: ['kind'] },
      ],
    };
    expect(argument(schema, 'args.kind')).toMatchObject({ enum: ['a', 'b'], required: true });
    expect(argument(schema, 'args.x').required).toBe(false);
    expect(argument(schema, 'args.y').required).toBe(false);
  });

  it('reads tuples of both drafts', () => {
    const paths = ['args.t', 'args.t[*]', 'args.t[0]', 'args.t[1]'];
    expect(listed({ properties: { t: { prefixItems: [{ type: 'string' }, { type: 'number' }] } } })).toEqual(paths);
    const draft07 = { properties: { t: { items: [{ type: 'string' }, { type: 'number' }] } } };
    expect(listed(draft07)).toEqual(paths);
    expect(argument(draft07, 'args.t[*]').types).toEqual(['string', 'number']);
  });

  it('stops at the first repetition of a recursive schema', () => {
    const schema = {
      $ref: '#/$defs/tree',
      $defs: {
        tree: {
          type: 'object',
          properties: { name: {}, children: { type: 'array', items: { $ref: '#/$defs/tree' } } },
        },
      },
    };
    expect(listed(schema)).toEqual([
      'args.name',
      'args.children',
      'args.children[*]',
      'args.children[*].name',
      'args.children[*].children',
    ]);
  });

  it.each([undefined, null, true, false, 'object', 7, [], {}, { properties: [] }, { type: 'nonsense' }])(
    'finds nothing in %j',
    (schema) => {
      expect(listed(schema)).toEqual([]);
    },
  );

  it('ignores inherited keys and lists own ones that look like them', () => {
    const schema: unknown = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"number"}}}',
    );
    expect(listed(schema)).toEqual(['args.__proto__', 'args.constructor']);
    expect(argument(schema, 'args.__proto__').types).toEqual(['string']);
  });
});

describe('argumentPaths on hostile schemas', () => {
  it.each([
    ['a reference to itself', { $ref: '#' }],
    ['a loop of references', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }],
    ['an alternative to itself', { anyOf: [{ $ref: '#' }, { allOf: [{ $ref: '#' }] }] }],
  ])('ends on %s', (_, schema) => {
    expect(listed(schema)).toEqual([]);
  });

  it('keeps what a loop adds to', () => {
    const schema = {
      properties: { v: { $ref: '#/$defs/v' } },
      $defs: { v: { anyOf: [{ $ref: '#/$defs/v' }, { type: 'string' }] } },
    };
    expect(argument(schema, 'args.v').types).toEqual(['string']);
  });

  it('lists a bounded number of paths from references that double at each level', () => {
    const $defs: Record<string, unknown> = { d40: { type: 'string' } };
    for (let level = 39; level >= 0; level--) {
      const $ref = `#/$defs/d${level + 1}`;
      $defs[`d${level}`] = { allOf: [{ $ref }, { $ref }], properties: { l: { $ref }, r: { $ref } } };
    }
    expect(argumentPaths({ $ref: '#/$defs/d0', $defs }).length).toBeLessThanOrEqual(2_000);
  });

  it('bounds the work on wide and deep schemas', () => {
    const wide = {
      properties: Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`p${index}`, { type: 'string' }])),
    };
    let deep: unknown = { type: 'string' };
    for (let level = 0; level < 10_000; level++)
      deep = level % 2 ? { properties: { a: deep } } : { anyOf: [deep, deep] };
    const branches = { anyOf: Array.from({ length: 5_000 }, () => ({ $ref: '#/$defs/wide' })), $defs: { wide } };
    const begun = performance.now();
    expect(argumentPaths(wide).length).toBe(2_000);
    expect(argumentPaths(deep).length).toBeLessThanOrEqual(32);
    expect(argumentPaths(branches).length).toBe(2_000);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
