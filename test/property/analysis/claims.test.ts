/**
 * What the analysis claims of conditions, held against the engine itself: arguments are made that fit the schema (or any at all), and the
 * decision must be the one that was claimed.
 */
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../server/src/policy/index.ts';
import { call, OWNER, policy as compiled } from '../../support/policy.ts';
import { applyFix, findings, policy, serverWith } from '../../unit/analysis/support.ts';

const number = fc.constantFrom(-1, 0, 0.5, 1, 2, 3, 4.5, 5, 1e300);
const text = fc.constantFrom('', 'a', 'ab', 'b', 'x9');
const scalar = fc.oneof(number, text, fc.boolean(), fc.constant(null));

/** Schemas of one argument with the values that people bound it by. */
const argumentSchema = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom('number', 'integer', ['integer', 'null'], ['number', 'string']),
      minimum: fc.constantFrom(0, 1, 1.5),
      maximum: fc.constantFrom(2, 4, 4.5, 1e18),
      exclusiveMinimum: fc.constantFrom(0, 1),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constant('string'),
      minLength: fc.constantFrom(1, 2),
      maxLength: fc.constantFrom(0, 2),
      pattern: fc.constant('^[a-z]*$'),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record({ enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.constantFrom(
    { type: 'boolean' },
    { type: ['boolean', 'null'] },
    {},
    { type: 'array', items: { type: 'integer', minimum: 1 } },
  ),
);
const inner = fc.record({ n: argumentSchema }).chain((properties) =>
  fc.record({
    type: fc.constantFrom('object', ['object', 'null']),
    properties: fc.constant(properties),
    required: fc.constantFrom([], ['n']),
  }),
);
const schema = fc.record({
  type: fc.constant('object'),
  properties: fc.record({ a: argumentSchema, b: argumentSchema, o: inner }),
  required: fc.subarray(['a', 'b', 'o']),
  additionalProperties: fc.constant(false),
});

const path = fc.constantFrom('args.a', 'args.a', 'args.b', 'args.o', 'args.o.n', 'args.a[*]');
const predicate = fc
  .oneof(
    fc.record({ op: fc.constantFrom('eq', 'neq'), value: scalar }),
    fc.record({ op: fc.constantFrom('in', 'not_in'), value: fc.array(scalar, { minLength: 1, maxLength: 4 }) }),
    fc.record({ op: fc.constantFrom('lt', 'lte', 'gt', 'gte'), value: number }),
    fc.record({ op: fc.constant('regex'), value: fc.constantFrom('^a', 'b$', '[0-9]') }),
    fc.record({ op: fc.constant('contains'), value: scalar }),
    fc.record({ op: fc.constant('exists'), value: fc.boolean() }),
  )
  .chain((asked) => path.map((where) => ({ path: where, ...asked })));
const condition = fc.oneof(predicate, fc.record({ conditions: fc.array(predicate, { minLength: 1, maxLength: 3 }) }));
const list = fc.constantFrom('deny_if', 'require');

/** Values near everything that schemas and conditions name. */
const POOL: readonly unknown[] = [
  ...[-5, -1, 0, 0.25, 0.5, 1, 1.25, 1.5, 2, 3, 3.5, 4, 4.5, 5, 6, 1e15],
  ...['', 'a', 'ab', 'b', 'c', 'x9', 'zz', 'a9', 'abc'],
  ...[true, false, null, [], [1], [5, 2], ['a'], [0.5, 'b'], {}, { n: 1 }],
];
const choice = fc.nat(997);
const someValue = choice.map((at) => POOL[at % POOL.length]);
const someArguments = fc.record(
  { a: someValue, b: someValue, o: fc.oneof(fc.record({ n: someValue }, { requiredKeys: [] }), someValue) },
  { requiredKeys: [] },
);

type Properties = Readonly<Record<string, object>>;
interface ObjectSchema {
  readonly properties: Properties;
  readonly required: readonly string[];
}

const ajv = new Ajv({ strict: false });

/** Objects that fit the schema, as many as its values in the pool let one make by turns. */
function fitting(schema: ObjectSchema, choices: readonly number[]): readonly object[] {
  const pools = Object.entries(schema.properties).map(([key, property]) => {
    const nested = 'properties' in property ? fitting(property as ObjectSchema, choices) : [];
    const fits = ajv.compile(property);
    const values = [...POOL, ...nested].filter((each) => fits(each));
    return { key, values: schema.required.includes(key) ? values : [undefined, ...values] };
  });
  if (pools.some(({ values }) => values.length === 0)) return [];
  return choices.map((turn) =>
    Object.fromEntries(
      pools
        .map(({ key, values }, index) => [key, values[Math.floor(turn / (index * 7 + 1)) % values.length]] as const)
        .filter(([, each]) => each !== undefined),
    ),
  );
}

function denied(text: string, given: object): boolean {
  return judge(compiled(JSON.parse(text) as object), call('t', given), OWNER).outcome === 'deny';
}

const RUNS = 1_500;

describe('what is claimed of every call that fits the schema', () => {
  test.each([
    ['always-denies', true],
    ['never-denies', false],
  ])('%s', (code, expected) => {
    let tried = 0;
    fc.assert(
      fc.property(
        schema,
        list,
        condition,
        fc.array(choice, { minLength: 8, maxLength: 8 }),
        (inputSchema, where, asked, choices) => {
          const text = policy({ tools: { t: { [where]: [asked] } } });
          const claims = findings(code, text, serverWith({ name: 't', inputSchema }));
          if (claims.length === 0) return;
          for (const each of fitting(inputSchema, choices)) {
            tried++;
            expect(denied(text, each), `${JSON.stringify(inputSchema)} ${text} ${JSON.stringify(each)}`).toBe(expected);
          }
        },
      ),
      { numRuns: RUNS },
    );
    expect(tried).toBeGreaterThan(100);
  });
});

const several = fc.record(
  {
    deny_if: fc.array(condition, { minLength: 1, maxLength: 3 }),
    require: fc.array(condition, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: [] },
);

describe('what is claimed whatever the schema', () => {
  test('contradictory conditions that deny every call do so', () => {
    let tried = 0;
    fc.assert(
      fc.property(several, fc.array(someArguments, { maxLength: 8 }), (entry, given) => {
        const text = policy({ tools: { t: entry } });
        const claims = findings('contradictory-conditions', text).filter(({ message }) =>
          message.includes('every call is denied'),
        );
        if (claims.length === 0) return;
        for (const each of given) {
          tried++;
          expect(denied(text, each), `${text} ${JSON.stringify(each)}`).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
    expect(tried).toBeGreaterThan(100);
  });

  test('a redundant condition changes no decision, also when all of them go', () => {
    let tried = 0;
    fc.assert(
      fc.property(several, fc.array(someArguments, { maxLength: 8 }), (entry, given) => {
        let text = policy({ tools: { t: entry } });
        const original = text;
        for (let turn = 0; turn < 6; turn++) {
          const [fix] = findings('redundant-condition', text)[0]?.fixes ?? [];
          if (fix === undefined) break;
          text = applyFix(text, fix);
        }
        if (text === original) return;
        for (const each of given) {
          tried++;
          expect(denied(text, each), `${original} ${text} ${JSON.stringify(each)}`).toBe(denied(original, each));
        }
      }),
      { numRuns: RUNS },
    );
    expect(tried).toBeGreaterThan(100);
  });
});
