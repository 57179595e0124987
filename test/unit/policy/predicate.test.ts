import { describe, expect, test } from 'vitest';
import type { Call } from '../../../server/src/policy/index.ts';
import { call, ruleOf } from '../../support/policy.ts';

type Verdict = 'holds' | 'fails' | 'unknown';

/**
 * What the engine makes of a condition. As `deny_if` it denies when it holds or is unknown, as `require` when it fails or is unknown: both
 * together tell the three apart. Not for paths with `[*]`, which the two read differently.
 */
function verdict(condition: object, asked: Call): Verdict {
  const forbidden = ruleOf({ tools: { x: { deny_if: [condition] } } }, asked) !== 'allow';
  const missed = ruleOf({ tools: { x: { require: [condition] } } }, asked) !== 'allow';
  if (forbidden && missed) return 'unknown';
  return forbidden ? 'holds' : 'fails';
}

/** The verdict about `args.v`, whose value is given as JSON text; undefined leaves it out. */
function about(value: string | undefined, op: string, operand?: unknown): Verdict {
  const condition = { path: 'args.v', op, ...(operand !== undefined && { value: operand }) };
  return verdict(condition, call('x', value === undefined ? '{}' : `{"v":${value}}`));
}

describe('eq and neq', () => {
  test.each([
    ['1', 1, 'holds'],
    ['1.0', 1, 'holds'],
    ['1e0', 1, 'holds'],
    ['-0', 0, 'holds'],
    ['2', 1, 'fails'],
    ['"a"', 'a', 'holds'],
    ['"\\u0061"', 'a', 'holds'],
    ['"A"', 'a', 'fails'],
    ['"\u00e9"', 'e\u0301', 'fails'],
    ['true', true, 'holds'],
    ['null', null, 'holds'],
    ['0', null, 'fails'],
    ['{}', null, 'fails'],
    ['null', 1, 'fails'],
    ['[1,{"a":[]}]', [1, { a: [] }], 'holds'],
    ['[1,2]', [2, 1], 'fails'],
    ['{"a":1,"b":2}', { b: 2, a: 1 }, 'holds'],
    ['{"a":1}', { a: 1, b: 2 }, 'fails'],
    ['"[]"', [], 'fails'],
    ['1', { a: 1 }, 'fails'],
  ] as const)('%s eq %j: %s', (value, operand, expected) => {
    expect(about(value, 'eq', operand)).toBe(expected);
    expect(about(value, 'neq', operand)).toBe(expected === 'holds' ? 'fails' : 'holds');
  });

  test.each([
    ['"42"', 42],
    ['[42]', 42],
    ['{"a":42}', 42],
    ['true', 1],
    ['1', true],
    ['0', '0'],
    ['[]', ''],
  ])('%s against %j is a type mismatch and cannot be evaluated', (value, operand) => {
    expect(about(value, 'eq', operand)).toBe('unknown');
    expect(about(value, 'neq', operand)).toBe('unknown');
  });
});

describe('in and not_in', () => {
  test.each([
    ['"b"', ['a', 'b'], 'holds'],
    ['"c"', ['a', 'b'], 'fails'],
    ['1.0', [1, 'a'], 'holds'],
    ['2', [1, 'a'], 'fails'],
    ['null', ['a'], 'fails'],
    ['null', ['a', null], 'holds'],
    ['[1]', [[1], 'a'], 'holds'],
    ['5', [null], 'fails'],
    ['5', [{ a: 1 }], 'fails'],
  ] as const)('%s in %j: %s', (value, operand, expected) => {
    expect(about(value, 'in', operand)).toBe(expected);
    expect(about(value, 'not_in', operand)).toBe(expected === 'holds' ? 'fails' : 'holds');
  });

  test.each([
    ['1', ['1', '2']],
    ['["a"]', ['a']],
    ['true', [1, 'true']],
  ])('%s against %j is a type mismatch', (value, operand) => {
    expect(about(value, 'in', operand)).toBe('unknown');
    expect(about(value, 'not_in', operand)).toBe('unknown');
  });
});

describe('lt, lte, gt, gte', () => {
  test.each([
    ['1', 'lt', 'holds'],
    ['2', 'lt', 'fails'],
    ['2', 'lte', 'holds'],
    ['2', 'gt', 'fails'],
    ['2', 'gte', 'holds'],
    ['3', 'gt', 'holds'],
    ['-1e2', 'lt', 'holds'],
    ['2.000000000000001', 'gt', 'holds'],
    ['9007199254740991', 'gt', 'holds'],
  ] as const)('%s %s 2: %s', (value, op, expected) => {
    expect(about(value, op, 2)).toBe(expected);
  });

  test.each([
    '"99999"',
    '[99999]',
    'null',
    'true',
    '{}',
    '9007199254740992',
    '-9007199254740992',
    '1e300',
    '2.00000000000000000001',
  ])('%s cannot be ordered', (value) => {
    for (const op of ['lt', 'lte', 'gt', 'gte']) expect(about(value, op, 2)).toBe('unknown');
  });
});

describe('regex', () => {
  test.each([
    ['"/workspace/a"', '^/workspace/', 'holds'],
    ['"x/workspace/a"', '^/workspace/', 'fails'],
    ['"abc"', 'b', 'holds'],
    ['""', '', 'holds'],
    ['"a\\nb"', '^a$', 'fails'],
    ['"a\\nb"', '(?m)^a$', 'holds'],
    ['"ABC"', '(?i)b', 'holds'],
    ['"😀"', '^.$', 'holds'],
  ] as const)('%s matches %s: %s', (value, pattern, expected) => {
    expect(about(value, 'regex', pattern)).toBe(expected);
  });

  test.each(['1', 'null', '["a"]', 'true'])('%s cannot be matched', (value) => {
    expect(about(value, 'regex', 'a')).toBe('unknown');
  });

  test('64 KiB are matched, one byte more is not', () => {
    expect(about(JSON.stringify('a'.repeat(65_536)), 'regex', '^a*$')).toBe('holds');
    expect(about(JSON.stringify('a'.repeat(65_537)), 'regex', '^a*$')).toBe('unknown');
    expect(about(JSON.stringify('é'.repeat(32_769)), 'regex', 'é')).toBe('unknown');
  });
});

describe('contains', () => {
  test.each([
    ['"abc"', 'b', 'holds'],
    ['"abc"', 'B', 'fails'],
    ['"abc"', '', 'holds'],
    ['[1,"b"]', 'b', 'holds'],
    ['[1,2.0]', 2, 'holds'],
    ['[[1]]', [1], 'holds'],
    ['[null]', null, 'holds'],
    ['["ab"]', 'b', 'fails'],
    ['[]', 1, 'fails'],
  ] as const)('%s contains %j: %s', (value, operand, expected) => {
    expect(about(value, 'contains', operand)).toBe(expected);
  });

  test.each([
    ['5', 5],
    ['null', 'a'],
    ['{"a":1}', 'a'],
    ['"5"', 5],
    ['"null"', null],
  ])('%s against %j cannot be evaluated', (value, operand) => {
    expect(about(value, 'contains', operand)).toBe('unknown');
  });
});

describe('exists', () => {
  test.each([
    ['1', undefined, 'holds'],
    ['null', undefined, 'holds'],
    [undefined, undefined, 'fails'],
    ['1', false, 'fails'],
    [undefined, false, 'holds'],
    ['9007199254740993', true, 'holds'],
    ['[9007199254740993]', false, 'fails'],
  ] as const)('%s exists %s: %s', (value, operand, expected) => {
    expect(about(value, 'exists', operand)).toBe(expected);
  });
});

describe('exact numbers', () => {
  test.each(['9007199254740993', '[9007199254740993]', '{"a":{"b":0.1000000000000000055511151231257827}}'])(
    'every operator but exists on %s cannot be evaluated',
    (value) => {
      const operands = { eq: null, neq: [1], in: [null, []], not_in: [{}], regex: 'a', contains: 1, lt: 1, gte: 1 };
      for (const [op, operand] of Object.entries(operands)) expect(about(value, op, operand), op).toBe('unknown');
    },
  );

  test('of another argument do not matter', () => {
    expect(verdict({ path: 'args.v', op: 'eq', value: 1 }, call('x', '{"v":1,"w":9007199254740993}'))).toBe('holds');
  });
});

describe('absent paths', () => {
  test('every operator but exists does not hold, also neq and not_in', () => {
    const operands = { eq: 1, neq: 1, in: [1], not_in: [1], lt: 1, lte: 1, gt: 1, gte: 1, regex: '', contains: '' };
    for (const [op, operand] of Object.entries(operands)) expect(about(undefined, op, operand), op).toBe('fails');
  });

  test('without arguments every args path is absent', () => {
    expect(verdict({ path: 'args', op: 'exists' }, call('x'))).toBe('fails');
    expect(verdict({ path: 'args.a', op: 'exists', value: false }, call('x'))).toBe('holds');
    expect(verdict({ path: 'args', op: 'exists' }, call('x', {}))).toBe('holds');
  });
});

describe('steps', () => {
  const at = (path: string, args: string): Verdict => verdict({ path, op: 'exists' }, call('x', args));

  test.each([
    ['args.a.b', '{"a":{"b":0}}', 'holds'],
    ['args.a.b', '{"a":{}}', 'fails'],
    ['args.a.b', '{}', 'fails'],
    ['args.a.b', '{"a":null}', 'fails'],
    ['args.a.b.c.d', '{"a":null}', 'fails'],
    ['args.a[1]', '{"a":[0,0]}', 'holds'],
    ['args.a[1]', '{"a":[0]}', 'fails'],
    ['args.a[0]', '{"a":null}', 'fails'],
    ['args["a b"]', '{"a b":1}', 'holds'],
    ['args.length', '{}', 'fails'],
    ['args.a.length', '{"a":{}}', 'fails'],
  ] as const)('%s in %s: exists %s', (path, args, expected) => {
    expect(at(path, args)).toBe(expected);
  });

  test.each([
    ['args.a.b', '{"a":"text"}'],
    ['args.a.b', '{"a":[{"b":1}]}'],
    ['args.a.length', '{"a":[1]}'],
    ['args.a["0"]', '{"a":[1]}'],
    ['args.a[0]', '{"a":{"0":1}}'],
    ['args.a[0]', '{"a":"text"}'],
    ['args.a[*]', '{"a":"text"}'],
    ['args.a[*]', '{"a":{}}'],
    ['args.a.b', '{"a":false}'],
    ['args[0]', '{"0":1}'],
  ])('%s in %s leads into another kind of value: cannot be evaluated, also under exists', (path, args) => {
    expect(at(path, args)).toBe('unknown');
    expect(verdict({ path, op: 'exists', value: false }, call('x', args))).toBe('unknown');
    expect(verdict({ path, op: 'eq', value: 1 }, call('x', args))).toBe('unknown');
  });
});

describe('facts about the call', () => {
  test.each([
    ['tool.name', 'x'],
    ['tool.category', 'Financial'],
    ['tool.risk', 'high'],
    ['grant.label', 'local'],
    ['client.name', 'vscode'],
  ])('%s', (path, value) => {
    const asked = call('x', {}, { category: 'Financial', risk: 'high' });
    expect(verdict({ path, op: 'eq', value }, asked)).toBe('holds');
    expect(verdict({ path, op: 'eq', value: 'other' }, asked)).toBe('fails');
  });

  test.each(['tool.category', 'tool.risk', 'client.name'])('%s without a value cannot be evaluated', (path) => {
    const asked = call('x', {}, { caller: { grantId: 'g', grantLabel: 'local', session: 's' } });
    expect(verdict({ path, op: 'eq', value: 'x' }, asked)).toBe('unknown');
    expect(verdict({ path, op: 'exists', value: false }, asked)).toBe('unknown');
  });
});

describe('groups', () => {
  const predicate = (path: string): object => ({ path: `args.${path}`, op: 'gt', value: 1 });
  const group = (...paths: string[]): object => ({ conditions: paths.map(predicate) });
  const args = '{"yes":2,"no":0,"odd":"2"}';

  test.each([
    [['yes', 'yes'], 'holds'],
    [['yes', 'no'], 'fails'],
    [['yes', 'odd'], 'unknown'],
    [['odd', 'no'], 'fails'],
    [['no', 'odd'], 'fails'],
    [['odd', 'absent'], 'fails'],
    [[], 'holds'],
  ] as const)('%j: %s', (paths, expected) => {
    expect(verdict(group(...paths), call('x', args))).toBe(expected);
  });
});

describe('every element: [*]', () => {
  const denied = (
    key: 'deny_if' | 'require',
    args: string,
    path = 'args.n[*]',
    condition: object = { op: 'gt', value: 10 },
  ): boolean => ruleOf({ tools: { x: { [key]: [{ path, ...condition }] } } }, call('x', args)) !== 'allow';

  test.each([
    ['{"n":[1,11]}', true],
    ['{"n":[1,2]}', false],
    ['{"n":[]}', false],
    ['{"n":null}', false],
    ['{}', false],
    ['{"n":[1,"2"]}', true],
    ['{"n":7}', true],
  ])('deny_if denies when any element makes it hold: %s → %s', (args, expected) => {
    expect(denied('deny_if', args)).toBe(expected);
  });

  test.each([
    ['{"n":[11,12]}', false],
    ['{"n":[11,1]}', true],
    ['{"n":[]}', false],
    ['{"n":null}', true],
    ['{}', true],
    ['{"n":[11,"12"]}', true],
  ])('require holds when every element does: %s is denied → %s', (args, expected) => {
    expect(denied('require', args)).toBe(expected);
  });

  test('one element that cannot be evaluated makes the predicate so, whatever the others do', () => {
    const group = { conditions: [{ path: 'args.n[*]', op: 'gt', value: 10 }] };
    for (const args of ['{"n":[11,"x"]}', '{"n":["x",1]}', '{"n":[{"a":1}]}']) {
      expect(ruleOf({ tools: { x: { deny_if: [group] } } }, call('x', args))).not.toBe('allow');
    }
  });

  test('an absent array is one absent value', () => {
    expect(denied('deny_if', '{}', 'args.n[*].a', { op: 'exists', value: false })).toBe(true);
    expect(denied('require', '{}', 'args.n[*].a', { op: 'exists', value: false })).toBe(false);
    expect(denied('deny_if', '{"n":[]}', 'args.n[*].a', { op: 'exists', value: false })).toBe(false);
  });

  test('steps go on behind it, and it may stand more than once', () => {
    expect(denied('deny_if', '{"n":[{"p":1},{"p":11}]}', 'args.n[*].p')).toBe(true);
    expect(denied('deny_if', '{"n":[[1,2],[3,11]]}', 'args.n[*][*]')).toBe(true);
    expect(denied('deny_if', '{"n":[[1,2],[]]}', 'args.n[*][*]')).toBe(false);
    expect(denied('require', '{"n":[[11],null]}', 'args.n[*][*]')).toBe(true);
    expect(denied('deny_if', '{"n":[[1],2]}', 'args.n[*][*]')).toBe(true);
  });

  test('each predicate of a group ranges on its own', () => {
    const group = {
      conditions: [
        { path: 'args.n[*].to', op: 'eq', value: 'out' },
        { path: 'args.n[*].sum', op: 'gt', value: 10 },
      ],
    };
    const args = '{"n":[{"to":"out","sum":1},{"to":"in","sum":11}]}';
    expect(ruleOf({ tools: { x: { deny_if: [group] } } }, call('x', args))).toBe('/tools/x/deny_if/args.n[*].to-eq');
  });
});
