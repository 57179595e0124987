import { describe, expect, test } from 'vitest';
import { parsePath } from '../../../server/src/policy/index.ts';

function stepsOf(path: string): unknown {
  const reading = parsePath(path);
  if (!reading.ok) return reading.problem.message;
  return reading.path.steps.map((step) => (step.kind === 'key' ? step.name : step.kind === 'index' ? step.index : '*'));
}

/** The part of the path that is underlined. */
function wrongPart(path: string): string | undefined {
  const reading = parsePath(path);
  return reading.ok ? undefined : path.slice(reading.problem.start, reading.problem.end);
}

describe('a path into the arguments', () => {
  test.each([
    ['args', []],
    ['args.amount', ['amount']],
    ['args._a.$b.@c.d-e.F9', ['_a', '$b', '@c', 'd-e', 'F9']],
    ['args["any key"]', ['any key']],
    ['args["a.b"]["]"]["\\""]["\\u00e9"]', ['a.b', ']', '"', 'é']],
    ['args[""]', ['']],
    ['args["*"]', ['*']],
    ['args[0][12].x', [0, 12, 'x']],
    ['args[999999999]', [999_999_999]],
    ['args.items[*].price', ['items', '*', 'price']],
    ['args.__proto__.constructor', ['__proto__', 'constructor']],
  ])('%s', (path, steps) => {
    expect(stepsOf(path)).toEqual(steps);
  });

  test.each([
    ['args.', '.'],
    ['args..a', '..a'],
    ['args.1a', '.1a'],
    ['args.a b', ' b'],
    ['args.é', '.é'],
    ['args[01]', '[01]'],
    ['args[1234567890]', '[1234567890]'],
    ['args[-1]', '[-1]'],
    ['args[ 0]', '[ 0]'],
    ["args['a']", "['a']"],
    ['args["a]', '["a]'],
    ['args["\\x"]', '["\\x"]'],
    ['args["\\ud800"]', '["\\ud800"]'],
    ['args[]', '[]'],
    ['args.a[*', '[*'],
    ['args amount', 'args amount'.slice(4)],
  ])('%s goes wrong at %s', (path, part) => {
    expect(wrongPart(path)).toBe(part);
  });

  test.each(['', 'arg', 'argsx', 'Args', 'amount', 'args-a', '$.a', ' args', 'argument.x'])(
    '%j has no known root',
    (path) => {
      expect(stepsOf(path)).toBe(
        'A path begins with "args", or is one of tool.name, tool.category, tool.risk, grant.label, client.name.',
      );
    },
  );

  test('has at most 1,024 characters and 32 steps', () => {
    expect(stepsOf(`args.${'a'.repeat(1019)}`)).toEqual(['a'.repeat(1019)]);
    expect(stepsOf(`args.${'a'.repeat(1020)}`)).toBe('A path has at most 1024 characters.');
    expect(stepsOf(`args${'[0]'.repeat(32)}`)).toHaveLength(32);
    expect(stepsOf(`args${'[0]'.repeat(33)}`)).toBe('A path has at most 32 steps.');
  });
});

describe('facts about the call', () => {
  test.each(['tool.name', 'tool.category', 'tool.risk', 'grant.label', 'client.name'])(
    '%s is a root without steps',
    (root) => {
      expect(parsePath(root)).toEqual({ ok: true, path: { root, steps: [] } });
      expect(stepsOf(`${root}.x`)).toBe(`"${root}" has no parts. Remove what follows it.`);
    },
  );

  test.each(['tool', 'tool.x', 'grant.id', 'client'])('%s is none', (root) => {
    expect(parsePath(root).ok).toBe(false);
  });
});
