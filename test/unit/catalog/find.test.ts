import { describe, expect, it } from 'vitest';
import { findArgumentAt, type ArgumentStep } from '../../../server/src/catalog/index.ts';

const schema = {
  type: 'object',
  properties: {
    owner: { type: 'string' },
    filter: {
      type: 'object',
      properties: { tags: { type: 'array', items: { type: 'string' } } },
      additionalProperties: false,
    },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    anything: {},
    options: { type: 'object', properties: {} },
    extensible: { type: 'object', properties: { known: { type: 'string' } }, additionalProperties: true },
    patterned: { type: 'object', patternProperties: { '^x-': { type: 'number' } }, additionalProperties: false },
    pair: { type: 'array', prefixItems: [{ type: 'string' }], items: false },
  },
};

function find(...names: readonly (string | number | null)[]) {
  const steps = names.map((name): ArgumentStep => {
    if (name === null) return { kind: 'every' };
    return typeof name === 'string' ? { kind: 'key', key: name } : { kind: 'index', index: name };
  });
  return findArgumentAt(schema, steps);
}

describe('findArgumentAt', () => {
  it('finds declared keys and elements', () => {
    expect(find('owner')).toMatchObject({ kind: 'found', argument: { path: 'args.owner', types: ['string'] } });
    expect(find('filter', 'tags', null)).toMatchObject({
      kind: 'found',
      argument: { path: 'args.filter.tags[*]', types: ['string'] },
    });
    expect(find('filter', 'tags', 3)).toMatchObject({ kind: 'found', argument: { path: 'args.filter.tags[3]' } });
    expect(find('pair', 0)).toMatchObject({ kind: 'found', argument: { types: ['string'] } });
  });

  it('finds the arguments themselves', () => {
    expect(find()).toMatchObject({ kind: 'found', argument: { path: 'args', types: ['object'] } });
  });

  it('takes the schema of further keys for keys that are not listed', () => {
    expect(find('headers', 'X-Any')).toMatchObject({
      kind: 'found',
      argument: { path: 'args.headers.X-Any', types: ['string'] },
    });
    expect(find('patterned', 'x-1')).toMatchObject({ kind: 'found', argument: { types: ['number'] } });
  });

  it.each([[['anything', 'x']], [['options', 'x']], [['extensible', 'other']], [['anything', 0, 'x']]])(
    'is open at %j',
    (names) => {
      expect(find(...names)).toEqual({ kind: 'open' });
    },
  );

  it('names the parent and its keys when a key is absent', () => {
    expect(find('filter', 'tag')).toEqual({
      kind: 'absent',
      parent: 'args.filter',
      parentTypes: ['object'],
      missing: { kind: 'key', key: 'tag' },
      keys: ['tags'],
    });
    expect(find('ownr')).toMatchObject({ kind: 'absent', parent: 'args', missing: { key: 'ownr' } });
  });

  it('does not step into values of another kind', () => {
    expect(find('owner', 'name')).toMatchObject({
      kind: 'absent',
      parent: 'args.owner',
      parentTypes: ['string'],
      keys: [],
    });
    expect(find('owner', 0)).toMatchObject({ kind: 'absent', missing: { kind: 'element' } });
    expect(find('pair', 1)).toMatchObject({ kind: 'absent', parent: 'args.pair', missing: { kind: 'element' } });
  });

  it('says of a tool without arguments that any is absent, and of a tool without a schema nothing', () => {
    const step: readonly ArgumentStep[] = [{ kind: 'key', key: 'x' }];
    expect(findArgumentAt({ type: 'object', properties: {} }, step)).toMatchObject({ kind: 'absent', keys: [] });
    expect(findArgumentAt({ type: 'object' }, step)).toEqual({ kind: 'open' });
    expect(findArgumentAt(undefined, step)).toEqual({ kind: 'open' });
  });

  it('does not take inherited names for keys', () => {
    expect(find('constructor')).toMatchObject({ kind: 'absent' });
    expect(find('__proto__')).toMatchObject({ kind: 'absent' });
  });
});
