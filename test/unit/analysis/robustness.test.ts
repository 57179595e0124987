/** Half-typed, damaged and hostile documents: analysis never throws, and no fix makes a valid document invalid. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../server/src/analysis/index.ts';
import { applyFix, policy, serverWith, tool } from './support.ts';

const known = serverWith(
  tool('pay', { amount: { type: 'number' }, tags: { type: 'array', items: { enum: ['a', 'b'] } } }),
  tool('delete_it', { $loop: { $ref: '#' } }),
  {
    name: 'hostile',
    inputSchema: { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#' }] } } },
  },
  { name: 'not a name\u202E', inputSchema: 7 },
);

const text = fc.constantFrom(
  'pay',
  'pya',
  'delete_*',
  '*',
  'hostile',
  'x',
  '__proto__',
  'args.amount',
  'args.tags[*]',
  'args.amuont.x',
  'client.name',
  'eq',
  'gt',
);
const value = fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text, { maxLength: 3 }));
const predicate = fc.record(
  { path: text, op: fc.constantFrom('eq', 'in', 'gt', 'regex', 'contains', 'exists', 'eqq'), value },
  { requiredKeys: ['path', 'op'] },
);
const condition = fc.oneof(predicate, fc.record({ conditions: fc.array(predicate, { maxLength: 3 }) }));
const entry = fc.record(
  {
    action: fc.constantFrom('allow', 'deny', 'require_approval', 'ask'),
    approval: fc.constant({}),
    deny_if: fc.array(condition, { maxLength: 3 }),
    require: fc.array(condition, { maxLength: 2 }),
    rate_limit: fc.constant({ max: 1, window: 60 }),
    limts: fc.constant([]),
  },
  { requiredKeys: [] },
);
const document = fc
  .record(
    {
      default: fc.constantFrom('allow', 'deny', 'Deny'),
      hide: fc.array(text, { maxLength: 4 }),
      tools: fc.dictionary(text, entry, { maxKeys: 4 }),
      all_tools: entry,
    },
    { requiredKeys: ['default'] },
  )
  .map((parts) => policy(parts));

describe('analyze', () => {
  it('offers only edits that leave valid JSON valid', () => {
    fc.assert(
      fc.property(document, fc.boolean(), fc.boolean(), (source, oneLine, core) => {
        const original = oneLine ? source.replace(/\n */g, ' ') : source;
        for (const found of analyze({ text: original, ...known, core })) {
          expect(found.span.start).toBeLessThanOrEqual(found.span.end);
          for (const fix of found.fixes)
            expect(() => JSON.parse(applyFix(original, fix)) as unknown, fix.title).not.toThrow();
        }
      }),
      { numRuns: 400 },
    );
  });

  it('never throws on a damaged document, and points into it', () => {
    const damage = fc.record({
      at: fc.nat(),
      remove: fc.nat(6),
      insert: fc.oneof(fc.constantFrom('"', '{', ']', ',', ':', '\\', '*'), fc.string({ maxLength: 3 })),
    });
    fc.assert(
      fc.property(document, fc.array(damage, { minLength: 1, maxLength: 3 }), (source, wounds) => {
        const damaged = wounds.reduce((result, { at, remove, insert }) => {
          const place = at % (result.length + 1);
          return result.slice(0, place) + insert + result.slice(place + remove);
        }, source);
        for (const found of analyze({ text: damaged, ...known })) {
          expect(found.span.end).toBeLessThanOrEqual(damaged.length);
          for (const fix of found.fixes) applyFix(damaged, fix);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('grows with the document and the list, not with their product', () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `create_thing_number_${index}`);
    const tools = Object.fromEntries(
      names.map((name) => [`${name}x`, { deny_if: [{ path: 'args.amuont', op: 'gt', value: 1 }] }]),
    );
    const begun = performance.now();
    const found = analyze({
      text: policy({ tools }),
      ...serverWith(...names.map((name) => tool(name, { amount: { type: 'number' } }))),
    });
    expect(found).toHaveLength(2_000);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
