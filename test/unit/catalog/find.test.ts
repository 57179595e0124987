import { describe, expect, it } from 'vitest';
import { findArgument } from '../../../server/src/catalog/index.ts';

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

const find = (path: string) => findArgument(schema, path);

describe('findArgument', () => {
  it('finds declared keys and elements', () => {
    expect(find('args.owner')).toMatchObject({ kind: 'found', argument: { path: 'args.owner', types: ['string'] } });
    expect(find('args.filter.tags[*]')).toMatchObject({
      kind: 'found',
      argument: { path: 'args.filter.tags[*]', types: ['string'] },
    });
    expect(find('args.filter.tags[3]')).toMatchObject({ kind: 'found', argument: { path: 'args.filter.tags[3]' } });
    expect(find('args.pair[0]')).toMatchObject({ kind: 'found', argument: { types: ['string'] } });
  });

  it('finds the arguments themselves', () => {
    expect(find('args')).toMatchObject({ kind: 'found', argument: { path: 'args', types: ['object'] } });
  });

  it('takes the schema of further keys for keys that are not listed', () => {
    expect(find('args.headers.X-Any')).toMatchObject({
      kind: 'found',
      argument: { path: 'args.headers.X-Any', types: ['string'] },
    });
    expect(find('args.patterned.x-1')).toMatchObject({ kind: 'found', argument: { types: ['number'] } });
  });

  it.each(['args.anything.x', 'args.options.x', 'args.extensible.other', 'args.anything[0].x', 'tool.name', 'args.'])(
    'is open at %s',
    (path) => {
      expect(find(path)).toEqual({ kind: 'open' });
    },
  );

  it('names the parent and its keys when a key is absent', () => {
    expect(find('args.filter.tag')).toEqual({
      kind: 'absent',
      parent: 'args.filter',
      parentTypes: ['object'],
      missing: { kind: 'key', key: 'tag' },
      keys: ['tags'],
    });
    expect(find('args.ownr')).toMatchObject({ kind: 'absent', parent: 'args', missing: { key: 'ownr' } });
  });

  it('does not step into values of another kind', () => {
    expect(find('args.owner.name')).toMatchObject({
      kind: 'absent',
      parent: 'args.owner',
      parentTypes: ['string'],
      keys: [],
    });
    expect(find('args.owner[0]')).toMatchObject({ kind: 'absent', missing: { kind: 'element' } });
    expect(find('args.pair[1]')).toMatchObject({ kind: 'absent', parent: 'args.pair', missing: { kind: 'element' } });
  });

  it('says of a tool without arguments that any is absent, and of a tool without a schema nothing', () => {
    const step = 'args.x';
    expect(findArgument({ type: 'object', properties: {} }, step)).toMatchObject({ kind: 'absent', keys: [] });
    expect(findArgument({ type: 'object' }, step)).toEqual({ kind: 'open' });
    expect(findArgument(undefined, step)).toEqual({ kind: 'open' });
  });

  it('does not take inherited names for keys', () => {
    expect(find('args.constructor')).toMatchObject({ kind: 'absent' });
    expect(find('args.__proto__')).toMatchObject({ kind: 'absent' });
  });
});
