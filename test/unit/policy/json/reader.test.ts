import { describe, expect, test } from 'vitest';
import { readJson, toValue } from '../../../../server/src/policy/index.ts';

function valueOf(text: string | Uint8Array): unknown {
  const reading = readJson(text);
  return reading.ok ? toValue(reading.root) : reading.problems;
}

/** `code «underlined»: message` for each problem. */
function problems(text: string, limits = {}): readonly string[] {
  const reading = readJson(text, limits);
  return reading.ok
    ? []
    : reading.problems.map((each) => `${each.code} «${text.slice(each.start, each.end)}»: ${each.message}`);
}

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}

describe('what is JSON', () => {
  test.each(['{}', '[]', ' [1, -0.5, 1e3, 1E-2] ', '{"a":{"b":[true,false,null]}}', '"x"', '0', '\t\r\n{ "" : "" }\n'])(
    'reads %s as JSON.parse does',
    (text) => {
      expect(valueOf(text)).toEqual(JSON.parse(text));
    },
  );

  test('unescapes strings', () => {
    expect(valueOf(String.raw`"a\"\\\/\b\f\n\r\tA\u00e9\ud83d\ude00z"`)).toBe('a"\\/\b\f\n\r\tAé😀z');
  });

  test('knows where everything stands', () => {
    const reading = readJson('{ "a": [1, "é"] }');
    expect(reading).toMatchObject({ ok: true, root: { kind: 'object', start: 0, end: 17 } });
    const member = reading.ok && reading.root.kind === 'object' ? reading.root.members.get('a') : undefined;
    expect(member).toMatchObject({
      key: { start: 2, end: 5 },
      value: {
        kind: 'array',
        start: 7,
        end: 15,
        items: [
          { start: 8, end: 9 },
          { value: 'é', start: 11, end: 14 },
        ],
      },
    });
  });

  test('keeps keys in document order, whatever their names', () => {
    const reading = readJson('{"b":1,"2":1,"__proto__":1,"1":1,"constructor":1}');
    expect(reading.ok && reading.root.kind === 'object' && [...reading.root.members.keys()]).toEqual([
      'b',
      '2',
      '__proto__',
      '1',
      'constructor',
    ]);
  });
});

describe('what is not JSON', () => {
  test.each([
    ['{"a":1,}', 'json-syntax «,»: Remove this comma: JSON allows none after the last item.'],
    ['[1,]', 'json-syntax «,»: Remove this comma: JSON allows none after the last item.'],
    ['{"a" 1}', 'json-syntax «1»: "1" is no JSON number. Write it like 12, -0.5 or 1e3.'],
    ['[1 2]', 'json-syntax «2»: "2" is no JSON number. Write it like 12, -0.5 or 1e3.'],
    ['{a:1}', 'json-syntax «a»: Expected a key in double quotes, found "a".'],
    ['{"a":1', 'json-syntax «»: The document ends too early: a comma or "}" is missing here.'],
    ['', 'json-syntax «»: The document ends too early: a value is missing here.'],
    ['{} {}', 'json-syntax «{»: Expected the end of the document, found "{".'],
    ['// no', 'json-syntax «// no»: JSON has no comments. Remove this one, or use "description".'],
    ['[/* no */]', 'json-syntax «/*»: JSON has no comments. Remove this one, or use "description".'],
    ["['a']", "json-syntax «'a'»: JSON strings stand in double quotes. Replace the single quotes."],
    ['[,1]', 'json-syntax «,»: Nothing stands before this comma. Remove it, or write the missing item.'],
    ['["a', 'json-syntax «"a»: This string is not closed. Add the closing quote.'],
    ['["a\n"]', 'json-syntax «"a»: This string is not closed. Add the closing quote.'],
    ['["a\tb"]', 'json-syntax «\t»: A control character stands in this string. Write it as \\u0009.'],
    ['[True]', 'json-syntax «True»: Expected a value, found "True".'],
    ['[nullx]', 'json-syntax «nullx»: Expected a value, found "nullx".'],
  ])('%j', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  test.each(['[01]', '[+1]', '[.5]', '[1.]', '[1e]', '[-]', '[0x1]', '[1.2.3]', '[1e5e5]', '[NaN]', '[Infinity]'])(
    '%s: numbers have one form',
    (text) => {
      expect(problems(text)).toHaveLength(1);
      expect(() => JSON.parse(text) as unknown).toThrow();
    },
  );

  test.each([String.raw`"\x41"`, String.raw`"\u12"`, String.raw`"\u{41}"`, String.raw`"\ "`])(
    '%s: no such escape',
    (text) => {
      expect(problems(text)[0]).toContain('JSON has no such escape.');
    },
  );
});

describe('stricter than JSON.parse', () => {
  test('a key that stands twice is a problem at the second, also when it is spelt with an escape', () => {
    const text = String.raw`{"a":1,"b":2,"\u0061":3}`;
    const reading = readJson(text);
    expect(reading).toEqual({
      ok: false,
      problems: [
        {
          code: 'json-duplicate-key',
          message: 'The key "a" stands twice in this object. Keep one of the two.',
          start: 13,
          end: 21,
          related: { start: 1, end: 4 },
        },
      ],
    });
  });

  test('every duplicate is listed, in every object', () => {
    expect(problems('{"a":1,"a":2,"x":{"b":1,"b":2},"a":3}')).toHaveLength(3);
  });

  test.each([String.raw`"\ud800"`, String.raw`"\udc00\ud800"`, '"\ud800"', String.raw`{"\ud83d":1}`])(
    'half of a surrogate pair is a problem: %j',
    (text) => {
      expect(problems(text)).toEqual([expect.stringContaining('json-surrogate')]);
    },
  );

  test('a pair of which one half is escaped is a whole character', () => {
    expect(valueOf('"\ud83d\\ude00"')).toBe('😀');
  });

  test('a number that overflows is a problem', () => {
    expect(problems('[1e400, -1e400]')).toEqual([
      'json-number-overflow «1e400»: This number is too large for JSON readers. Write a smaller one.',
      'json-number-overflow «-1e400»: This number is too large for JSON readers. Write a smaller one.',
    ]);
  });

  test('bytes must be UTF-8', () => {
    expect(valueOf(bytes(0x22, 0xff, 0x22))).toMatchObject([{ code: 'json-encoding' }]);
    expect(valueOf(bytes(0x22, 0xed, 0xa0, 0x80, 0x22))).toMatchObject([{ code: 'json-encoding' }]);
    expect(valueOf(bytes(0x22, 0xc3, 0xa9, 0x22))).toBe('é');
  });

  test('a byte order mark is refused, in bytes and in text', () => {
    expect(valueOf(bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toMatchObject([{ code: 'json-encoding' }]);
    expect(valueOf('\ufeff{}')).toMatchObject([{ code: 'json-encoding' }]);
  });

  test('64 levels are read, 65 are not', () => {
    expect(readJson('['.repeat(64) + ']'.repeat(64)).ok).toBe(true);
    expect(problems('['.repeat(65) + ']'.repeat(65))).toEqual([
      'json-too-deep «[»: Arrays and objects are nested more than 64 levels deep. Flatten the document.',
    ]);
    expect(readJson('{"a":'.repeat(64) + '1' + '}'.repeat(64)).ok).toBe(true);
    expect(readJson('[[]]', { maxDepth: 1 }).ok).toBe(false);
  });

  test('a million brackets cannot overflow the stack, whatever limit is asked for', () => {
    expect(problems('['.repeat(1_000_000), { maxDepth: 10_000_000 })).toEqual([
      expect.stringContaining('json-too-deep'),
    ]);
  });

  test('4 MiB are read, one byte more is not; a string is measured as its UTF-8', () => {
    const limit = 4 * 1024 * 1024;
    expect(readJson(`"${'x'.repeat(limit - 2)}"`).ok).toBe(true);
    expect(readJson(`"${'x'.repeat(limit - 1)}"`)).toMatchObject({ problems: [{ code: 'json-too-large' }] });
    expect(readJson('"é"', { maxBytes: 4 }).ok).toBe(true);
    expect(readJson('"é"', { maxBytes: 3 })).toMatchObject({ problems: [{ code: 'json-too-large' }] });
    expect(readJson('"😀"', { maxBytes: 6 }).ok).toBe(true);
    expect(readJson(new Uint8Array(limit + 1))).toMatchObject({ problems: [{ code: 'json-too-large' }] });
  });

  test('a flood of problems is cut short', () => {
    expect(problems(`[${'1e999,'.repeat(10_000)}1]`)).toHaveLength(101);
  });
});

describe('time is linear in the text', () => {
  test.each([
    ['digits', (n: number) => `[0.${'1'.repeat(n)}]`],
    ['escapes', (n: number) => `"${'\\u0041'.repeat(n / 6)}"`],
    ['keys', (n: number) => `{${Array.from({ length: n / 10 }, (_, i) => `"${i}":1`).join(',')}}`],
    ['white space', (n: number) => ' '.repeat(n) + '1'],
  ])('%s', (_, text) => {
    const started = performance.now();
    expect(readJson(text(1_000_000)).ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
