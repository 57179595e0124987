import { describe, expect, test } from 'vitest';
import { oversizeAnswer } from '../../../server/src/mcp/oversize.ts';
import { parseMessage, withPlainNumbers } from '../../../server/src/mcp/parse.ts';
import { cleanerFor, printable } from '../../../server/src/mcp/untrusted.ts';

const written = (text: string): string => {
  const reading = parseMessage(text);
  return reading.ok ? reading.messages.map((message) => JSON.stringify(message)).join() : reading.problem;
};

describe('number text survives', () => {
  test.each([
    '1.000000000000000005',
    '12345678901234567890',
    '1e400',
    '-0',
    '1.0',
    '1E5',
    '0.1',
    '100',
    '9007199254740993',
  ])('%s', (number) => {
    const text = `{"jsonrpc":"2.0","id":1,"result":{"n":${number},"list":[${number}, ${number}],"text":"${number}"}}`;
    expect(written(text)).toBe(text.replace(', ', ','));
  });

  test('until doubles are asked for', () => {
    const reading = parseMessage('{"jsonrpc":"2.0","method":"m","params":{"n":1.0}}');
    const [message] = reading.ok ? reading.messages : [];
    expect(withPlainNumbers(message)).toEqual({ jsonrpc: '2.0', method: 'm', params: { n: 1 } });
  });
});

describe('messages', () => {
  test.each([
    ['{"jsonrpc":"2.0","id":"a","method":"ping"}', undefined],
    ['{"jsonrpc":"2.0","method":"n","params":{"__proto__":{"x":1}}}', undefined],
    ['{"jsonrpc":"2.0","id":1.0,"result":{}}', '{"jsonrpc":"2.0","id":1,"result":{}}'],
    [
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"m"}}',
      '{"jsonrpc":"2.0","error":{"code":-32700,"message":"m"}}',
    ],
    ['{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"m","data":[1.0]}}', undefined],
    ['{"jsonrpc":"2.0","id":1,"result":{},"extra":1}', '{"jsonrpc":"2.0","id":1,"result":{}}'],
    [
      '[{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","method":"b"}]',
      '{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","method":"b"}',
    ],
  ])('%s', (text, expected) => {
    expect(written(text)).toBe(expected ?? text);
  });

  test.each([
    '{"id":1,"result":{}}',
    '{"jsonrpc":"1.0","id":1,"result":{}}',
    '{"jsonrpc":"2.0","id":1}',
    '{"jsonrpc":"2.0","id":1,"result":[]}',
    '{"jsonrpc":"2.0","result":{}}',
    '{"jsonrpc":"2.0","id":{},"result":{}}',
    '{"jsonrpc":"2.0","id":1.5,"result":{}}',
    '{"jsonrpc":"2.0","id":12345678901234567890,"method":"m"}',
    '{"jsonrpc":"2.0","id":null,"method":"m"}',
    '{"jsonrpc":"2.0","id":1,"method":7}',
    '{"jsonrpc":"2.0","method":"m","params":[1]}',
    '{"jsonrpc":"2.0","id":1,"error":{"code":"x","message":"m"}}',
    '{"jsonrpc":"2.0","id":1,"error":"m"}',
    '[{"jsonrpc":"2.0","method":"a"},7]',
    'null',
    '7',
  ])('not one: %s', (text) => {
    expect(written(text)).toBe('it is not a JSON-RPC 2.0 message');
  });

  test('not JSON', () => {
    expect(written('Listening on port 80')).toBe('it is not JSON');
  });
});

describe('a message that is nested too deeply', () => {
  const nested = (levels: number): string => '{"a":['.repeat(levels / 2) + ']}'.repeat(levels / 2);
  const refusal = (id: string): string =>
    `{"jsonrpc":"2.0","id":${id},"error":{"code":-32000,"message":"The server's answer was dropped: it is nested deeper than 512 levels."}}`;

  test.each([
    ['{"jsonrpc":"2.0","id":5,"result":$}', refusal('5')],
    ['{"result":{"id":9,"x":$},"id":"a","text":"\\\\\\"{[","jsonrpc":"2.0"}', refusal('"a"')],
    ['[{"jsonrpc":"2.0","id":1,"result":$},{"jsonrpc":"2.0","method":"m"}]', refusal('1')],
    ['{"jsonrpc":"2.0","method":"m","params":$}', 'it is nested deeper than 512 levels'],
    ['{"jsonrpc":"2.0","id":5,"method":"m","params":$}', 'it is nested deeper than 512 levels'],
  ])('%s', (text, expected) => {
    expect(written(text.replace('$', nested(514)))).toBe(expected);
    expect(written(text.replace('$', nested(20_000)))).toBe(expected);
  });

  test('512 levels are not too many, and brackets in strings are none', () => {
    const text = `{"jsonrpc":"2.0","id":5,"result":{"a":${nested(510)},"b":"${'['.repeat(1_000)}\\\\"}}`;
    expect(written(text)).toBe(text);
  });

  test.each([']'.repeat(600) + '['.repeat(2_000), '"' + '['.repeat(600), '['.repeat(5_000_000)])(
    'no JSON at all',
    (text) => {
      expect(parseMessage(text).ok).toBe(false);
    },
  );
});

describe('a message that was too large is answered by its id', () => {
  test.each([
    ['{"jsonrpc":"2.0","id":5,"result":{"id":9', 'xxx"}]}}', 5],
    ['{"result":{"id":9,"content":[', '"}]},"jsonrpc":"2.0","id":"a-1"}', 'a-1'],
    ['{"result":{"id":9', 'no id here"}}', undefined],
    ['{"method":"sampling/createMessage","id":3', '"}}', undefined],
  ])('%s … %s', (head, tail, id) => {
    expect(oversizeAnswer(head, tail, 100)?.id).toBe(id);
  });
});

describe('text of a server, for people', () => {
  test('one line, no secrets, not too long', () => {
    const clean = cleanerFor(
      { kind: 'http', url: 'u', headers: { A: 'Bearer tok-123456' }, secrets: ['hunter22', 'eu'] },
      60,
    );
    expect(clean('tok-123456 Bearer hunter22\n eu \u202e\u001b[0m')).toBe(
      '••• Bearer •••\\u{a} eu \\u{202e}\\u{1b}[0m',
    );
    expect(clean('x'.repeat(100))).toBe(`${'x'.repeat(60)}…`);
  });

  test('letters of all languages stay', () => {
    expect(printable('žluťoučký 猫 🐈')).toBe('žluťoučký 猫 🐈');
  });
});
