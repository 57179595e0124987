import { describe, expect, test } from 'vitest';
import { toValue, writeJson } from '../../../../server/src/policy/index.ts';
import { json } from '../../../support/policy.ts';

describe('plain values', () => {
  test('an inexact number is written with its own digits', () => {
    const value = toValue(json('{"id":9007199254740993,"n":[0.1000000000000000055511151231257827]}'));
    expect(JSON.stringify(value)).toBe('{"id":9007199254740993,"n":[0.1000000000000000055511151231257827]}');
  });

  test('an exact number is an ordinary number', () => {
    expect(toValue(json('{"a":1.0,"b":1e2}'))).toEqual({ a: 1, b: 100 });
  });

  test('every number keeps its spelling where the source is wanted', () => {
    const text = '{"a":1.0,"b":1e2,"c":-0,"d":5}';
    expect(JSON.stringify(toValue(json(text), 'source'))).toBe(text);
    expect(toValue(json('{"d":5}'), 'source')).toEqual({ d: 5 });
  });

  test('every number is its double where no digits matter', () => {
    expect(toValue(json('{"id":9007199254740993}'), 'double')).toEqual({ id: 9007199254740992 });
  });

  test('__proto__ is an ordinary key', () => {
    const value = toValue(json('{"__proto__":{"admin":true},"constructor":1}')) as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true},"constructor":1}');
  });
});

describe('text', () => {
  test('drops white space and keeps digits, order and names', () => {
    expect(writeJson(json('{ "b" : [ 1.0 , 9007199254740993 , null , true ], "__proto__" : "\\u0041\\u2028" }'))).toBe(
      '{"b":[1.0,9007199254740993,null,true],"__proto__":"A\u2028"}',
    );
  });
});
